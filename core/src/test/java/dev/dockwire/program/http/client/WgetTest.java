package dev.dockwire.program.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.World;
import dev.dockwire.program.TestHost;
import dev.dockwire.time.Seed;
import org.junit.jupiter.api.Test;

/** Texts as BusyBox has printed them for the same responses. */
class WgetTest {

  private final TestHost host = new TestHost(World.inVirtualTime(new Seed(1)), "a2");
  private final CannedServer server = new CannedServer();

  private TestHost.Result wget(String arguments, String... answers) {
    server.answer(answers);
    host.host().files().write("/etc/hosts", "172.17.0.2\ta1\n");
    host.host().files().install("/usr/bin/wget", new Wget((_, _, _, _) -> server.connect()));
    return host.run("wget " + arguments);
  }

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell\n";

  @Test
  void savesAFile() {
    assertThat(wget("http://a1/ok", OK))
        .isEqualTo(
            new TestHost.Result(
                0,
                "",
                """
                Connecting to a1 (172.17.0.2:80)
                saving to 'ok'
                ok                   100% |********************************|     5  0:00:00 ETA
                'ok' saved
                """));
    assertThat(host.run("cat ok").out()).isEqualTo("hell\n");
    assertThat(server.requests())
        .isEqualTo("GET /ok HTTP/1.1\r\nHost: a1\r\nUser-Agent: Wget\r\nConnection: close\r\n\r\n");
    assertThat(wget("-q a1/ok", OK).err()).isEqualTo("wget: can't open 'ok': File exists\n");
  }

  @Test
  void writesToStandardOutput() {
    assertThat(wget("-S -O - a1:8080", OK))
        .isEqualTo(
            new TestHost.Result(
                0,
                "hell\n",
                """
                Connecting to a1:8080 (172.17.0.2:8080)
                  HTTP/1.1 200 OK
                  Content-Length: 5
                 \s
                writing to stdout
                -                    100% |********************************|     5  0:00:00 ETA
                written to stdout
                """));
    assertThat(wget("-qO- a1", OK)).isEqualTo(new TestHost.Result(0, "hell\n", ""));
  }

  @Test
  void followsARedirection() {
    String moved = "HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 3\r\n\r\nabc";
    assertThat(wget("-O- a1/x", moved, OK).out()).isEqualTo("hell\n");
    assertThat(server.requests()).contains("GET /ok HTTP/1.1\r\n");
    assertThat(wget("-q a1", moved, moved, moved, moved, moved, moved).err())
        .isEqualTo("wget: too many redirections\n");
  }

  @Test
  void onlyLooksWhetherThereIsAFile() {
    assertThat(wget("--spider a1", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n").err())
        .isEqualTo("Connecting to a1 (172.17.0.2:80)\nremote file exists\n");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(wget("-q a1", "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc"))
        .isEqualTo(
            new TestHost.Result(1, "", "wget: server returned error: HTTP/1.1 404 Not Found\n"));
    assertThat(wget("-q a1").err())
        .isEqualTo("wget: can't connect to remote host (172.17.0.2): Connection refused\n");
    assertThat(wget("-q nosuch").err()).isEqualTo("wget: bad address 'nosuch'\n");
    assertThat(wget("-q a1", "").err()).isEqualTo("wget: error getting response\n");
    assertThat(wget("-qO- a1", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell\n"))
        .isEqualTo(new TestHost.Result(1, "hell\n", "wget: connection closed prematurely\n"));
    assertThat(wget("foo://a1/").err()).isEqualTo("wget: not an http or ftp url: foo://a1/\n");
    assertThat(wget("-Z").err()).startsWith("wget: unrecognized option: Z\nBusyBox v1");
    assertThat(wget("").status()).isEqualTo(1);
  }
}
