package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the end of an attached client's input means: StdinOnce says. */
@Timeout(30)
class AttachInputTest {

  private static final String ATTACH =
      "POST /containers/c1/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: d\r\n"
          + "Upgrade: tcp\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n";

  private ApiFixture api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiFixture();
  }

  @AfterEach
  void end() throws IOException {
    api.close();
  }

  @Test
  void withStdinOnceTheProgramMeetsTheEnd() throws IOException {
    make(true);
    try (RawClient first = attach()) {
      first.send("one\n").shutdownOutput();
      assertThat(output(first)).isEqualTo("one\n");
    }
  }

  @Test
  void withoutItAnotherClientGoesOn() throws IOException {
    make(false);
    try (RawClient first = attach();
        RawClient second = attach()) {
      first.send("one\n").shutdownOutput();
      assertThat(read(second, 4)).isEqualTo("one\n");
      second.send("two\n");
      assertThat(output(second)).isEqualTo("two\n");
      assertThat(output(first)).isEqualTo("one\ntwo\n");
    }
  }

  private void make(boolean once) throws IOException {
    try (RawClient client = api.connect()) {
      client.post(
          "/containers/create?name=c1",
          "{\"Image\":\"alpine\",\"Cmd\":[\"head\",\"-n2\"],\"OpenStdin\":true,\"StdinOnce\":"
              + once
              + ",\"AttachStdin\":true,\"AttachStdout\":true}");
      assertThat(client.get("/containers/c1/json").body()).contains("\"StdinOnce\":" + once);
      assertThat(client.post("/containers/c1/start", "").status()).isEqualTo(204);
    }
  }

  private RawClient attach() throws IOException {
    RawClient client = api.connect();
    client.send(ATTACH);
    assertThat(client.head()).startsWith("http/1.1 101 ");
    return client;
  }

  /** All that is shown until the end, which comes with the container's. */
  private static String output(RawClient client) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int type = client.readByte(); type >= 0; type = client.readByte()) {
      text.append(payload(client));
    }
    return text.toString();
  }

  private static String read(RawClient client, int length) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      assertThat(client.readByte()).isEqualTo(Frames.STDOUT);
      text.append(payload(client));
    }
    return text.toString();
  }

  private static String payload(RawClient client) throws IOException {
    client.read(3);
    int length = 0;
    for (int i = 0; i < 4; i++) {
      length = length << 8 | client.readByte();
    }
    return client.read(length);
  }
}
