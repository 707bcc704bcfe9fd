package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client can cost is limited, and ends with the client. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ApiLimitsTest {

  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long NEVER = TimeUnit.HOURS.toNanos(1);
  private static final long MUCH = 64L << 20;

  @Test
  void oneConnectionTooManyIsToldSoAndEnds() throws Exception {
    try (ApiFixture api = new ApiFixture(new ApiLimits(3, NEVER, NEVER, MUCH))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(api.connect());
        assertThat(clients.get(i).get("/_ping").status()).isEqualTo(200);
      }
      try (RawClient refused = api.connect()) {
        assertThat(refused.answer().status()).isEqualTo(503);
        assertThat(refused.hasEnded()).isTrue();
      }
      clients.removeFirst().close();
      api.awaitTrue(() -> api.server.connections() == 2);
      clients.add(api.connect());
      for (RawClient client : clients) {
        assertThat(client.get("/_ping").status()).isEqualTo(200);
        client.close();
      }
    }
  }

  @Test
  void aHeadThatDoesNotGetDoneIsGivenUp() throws Exception {
    try (ApiFixture api = new ApiFixture(new ApiLimits(9, SOON, NEVER, MUCH));
        RawClient client = api.connect()) {
      assertThat(client.send("GET /_ping HTTP/1.1\r\nHo").answer().status()).isEqualTo(408);
      assertThat(client.hasEnded()).isTrue();
    }
  }

  @Test
  void aBodyThatDoesNotGetDoneIsGivenUp() throws Exception {
    try (ApiFixture api = new ApiFixture(new ApiLimits(9, NEVER, SOON, MUCH));
        RawClient client = api.connect()) {
      client.send("POST /_ping HTTP/1.1\r\nHost: d\r\nContent-Length: 5\r\n\r\nhell");
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.hasEnded()).isTrue();
      assertThat(api.call(api.server::bodyBytes)).isZero();
    }
  }

  @Test
  void aSilentConnectionEndsButNotWhileItIsAnswered() throws Exception {
    try (ApiFixture api = new ApiFixture(new ApiLimits(9, NEVER, SOON, MUCH));
        RawClient silent = api.connect();
        RawClient follower = api.connect()) {
      follower.send("GET /events HTTP/1.1\r\nHost: d\r\n\r\n");
      assertThat(follower.head()).startsWith("http/1.1 200 ");
      assertThat(silent.hasEnded()).isTrue();
      create(api, "cc", "true");
      assertThat(follower.chunk()).contains("\"Action\":\"create\"");
    }
  }

  private static void create(ApiFixture api, String name, String command) throws IOException {
    try (RawClient client = api.connect()) {
      RawClient.Answer answer =
          client.post(
              "/containers/create?name=" + name,
              "{\"Image\":\"alpine\",\"Cmd\":[\"sh\",\"-c\",\"" + command + "\"]}");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(client.post("/containers/" + name + "/start", "").status()).isEqualTo(204);
    }
  }

  @Test
  void allBodiesTogetherHaveOneLimit() throws Exception {
    try (ApiFixture api = new ApiFixture(new ApiLimits(9, NEVER, NEVER, 1 << 20));
        RawClient one = api.connect();
        RawClient other = api.connect()) {
      String request = "POST /_ping HTTP/1.1\r\nHost: d\r\nContent-Length: 700000\r\n\r\n";
      one.send(request + "x".repeat(699_999));
      api.awaitTrue(() -> api.server.bodyBytes() == 699_999);
      assertThat(other.send(request + "x".repeat(600_000)).answer().status()).isEqualTo(503);
      assertThat(one.send("x").answer().status()).isEqualTo(404);
      api.awaitTrue(() -> api.server.bodyBytes() == 0);
    }
  }

  @Test
  void answersAreNotMadeAheadOfAClientThatDoesNotRead() throws Exception {
    try (ApiFixture api = new ApiFixture();
        RawClient client = api.connect()) {
      String request = "GET /info HTTP/1.1\r\nHost: d\r\n\r\n";
      client.send(request.repeat(1_000));
      try (RawClient other = api.connect()) {
        assertThat(other.get("/_ping").status()).isEqualTo(200);
      }
      for (int i = 0; i < 1_000; i++) {
        assertThat(client.answer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aReaderOfEventsThatDoesNotReadIsDropped() throws Exception {
    try (ApiFixture api = new ApiFixture();
        RawClient reader = api.connect();
        RawClient client = api.connect()) {
      reader.send("GET /events HTTP/1.1\r\nHost: d\r\n\r\n");
      assertThat(reader.head()).startsWith("http/1.1 200 ");
      int networks = 0;
      while (api.call(api.server::slowClients) == 0 && networks < 10_000) {
        assertThat(client.post("/networks/create", "{\"Name\":\"n\"}").status()).isEqualTo(201);
        assertThat(client.request("DELETE", "/networks/n", "").status()).isEqualTo(204);
        networks++;
      }
      assertThat(api.call(api.server::slowClients)).isEqualTo(1);
      api.awaitTrue(() -> api.server.connections() == 1 && api.server.answering() == 0);
    }
  }

  /** A thousand are remembered: of those, the ones that run cannot be forgotten. */
  @Test
  void aFurtherProgramCanBeStartedHoweverManyRun() throws Exception {
    try (ApiFixture api = new ApiFixture();
        RawClient client = api.connect()) {
      create(api, "c0", "sleep 1000");
      create(api, "c1", "sleep 1000");
      for (int i = 0; i < 1_002; i++) {
        String program = "{\"Cmd\":[\"sleep\",\"1000\"]}";
        String made = client.post("/containers/c" + i % 2 + "/exec", program).body();
        String id = made.substring(7, 71);
        assertThat(client.post("/exec/" + id + "/start", "{\"Detach\":true}").status())
            .as("program %d", i)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void readersThatDoNotReadHoldLittleAndNobodyElseUp() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      create(api, "cc", "seq 1 500000; sleep 1000");
      List<RawClient> readers = new ArrayList<>();
      for (String target : List.of("/events", "/containers/cc/logs?stdout=1&follow=1")) {
        RawClient reader = api.connect();
        readers.add(reader.send("GET " + target + " HTTP/1.1\r\nHost: d\r\n\r\n"));
        assertThat(reader.head()).startsWith("http/1.1 200 ");
      }
      try (RawClient client = api.connect()) {
        for (int i = 0; i < 1_500; i++) {
          assertThat(client.post("/networks/create", "{\"Name\":\"n\"}").status()).isEqualTo(201);
          assertThat(client.request("DELETE", "/networks/n", "").status()).isEqualTo(204);
        }
        assertThat(client.get("/containers/json").body()).contains("\"/cc\"");
      }
      for (RawClient reader : readers) {
        reader.close();
      }
      api.awaitTrue(() -> api.server.connections() == 0 && api.server.answering() == 0);
    }
  }

  /** As dockerd has it: what it shows waits for its reader, and so does it, but nobody else. */
  @Test
  void aContainerWaitsForAnAttachedReaderThatDoesNotReadAndCanBeKilled() throws Exception {
    try (ApiFixture api = new ApiFixture();
        RawClient reader = api.connect();
        RawClient client = api.connect()) {
      create(api, "cc", "sleep 0.1; seq 1000000000000 0 1000000000000");
      reader.send(
          "POST /containers/cc/attach?stream=1&stdout=1 HTTP/1.1\r\nHost: d\r\n"
              + "Upgrade: tcp\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n");
      assertThat(reader.head()).startsWith("http/1.1 101 ");
      assertThat(reader.readByte()).isEqualTo(Frames.STDOUT);
      for (int i = 0; i < 1_000; i++) {
        assertThat(client.get("/_ping").status()).isEqualTo(200);
      }
      assertThat(client.post("/containers/cc/kill", "").status()).isEqualTo(204);
      api.awaitTrue(() -> !api.engine.container("cc").isRunning());

      long shown = 1;
      while (reader.readByte() >= 0) {
        shown++;
      }
      assertThat(shown).as("what the kernel and the daemon hold").isLessThan(2 << 20);
      api.awaitTrue(() -> api.server.answering() == 0);
    }
  }
}
