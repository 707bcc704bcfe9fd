package dev.dockwire.program.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.World;
import dev.dockwire.program.TestHost;
import dev.dockwire.time.Seed;
import org.junit.jupiter.api.Test;

/** Texts and exit statuses as curl 7.88 has printed them for the same responses. */
class CurlTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell\n";

  private final TestHost host = new TestHost(World.inVirtualTime(new Seed(1)), "a2");
  private final CannedServer server = new CannedServer();

  private TestHost.Result curl(String arguments, String... answers) {
    server.answer(answers);
    host.host().files().write("/etc/hosts", "172.17.0.2\ta1\n");
    host.host().files().install("/usr/bin/curl", new Curl((_, _, _, _) -> server.connect()));
    return host.run("curl " + arguments);
  }

  @Test
  void showsWhatIsSaid() {
    TestHost.Result result = curl("-sv http://a1:8097/a/../ok", OK);
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("hell\n");
    assertThat(result.err().replace("\r", ""))
        .isEqualTo(
            """
            *   Trying 172.17.0.2:8097...
            * Connected to a1 (172.17.0.2) port 8097 (#0)
            > GET /ok HTTP/1.1
            > Host: a1:8097
            > User-Agent: curl/7.88.1
            > Accept: */*
            >\s
            < HTTP/1.1 200 OK
            < Content-Length: 5
            <\s
            { [5 bytes data]
            * Connection #0 to host a1 left intact
            """);
  }

  @Test
  void followsARedirectionOnTheSameConnection() {
    String moved = "HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 3\r\n\r\nabc";
    TestHost.Result result = curl("-sL -d x=1 -w '%{num_redirects} %{num_connects}' a1", moved, OK);
    assertThat(result.out()).isEqualTo("hell\n1 1");
    assertThat(server.requests())
        .isEqualTo(
            "POST / HTTP/1.1\r\nHost: a1\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n"
                + "Content-Length: 3\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nx=1"
                + "GET /ok HTTP/1.1\r\nHost: a1\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n");
  }

  @Test
  void sendsFieldsInItsOrder() {
    curl("-s -X PUT -d abc -H 'X-A: b' -H Accept: -H 'X-E;' -A me -e ref -u a:b a1:8097/ok", OK);
    assertThat(server.requests())
        .isEqualTo(
            "PUT /ok HTTP/1.1\r\nHost: a1:8097\r\nAuthorization: Basic YTpi\r\nUser-Agent: me\r\n"
                + "Referer: ref\r\nX-A: b\r\nX-E:\r\nContent-Length: 3\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\nabc");
  }

  @Test
  void saysWhatIsWrong() {
    assertFailure(
        "a1", 7, "Failed to connect to a1 port 80 after 0 ms: Couldn't connect to server");
    assertFailure("nobody", 6, "Could not resolve host: nobody");
    assertFailure("http://a1:99999/", 3, "URL using bad/illegal format or missing URL");
    assertFailure("foo://a1/", 1, "Protocol \"foo\" not supported or disabled in libcurl");
    assertFailure("a1", 52, "Empty reply from server", "");
    assertFailure("a1", 1, "Received HTTP/0.9 when not allowed", "hello");
    assertFailure(
        "a1",
        18,
        "transfer closed with 45 bytes remaining to read",
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhell\n");
    assertFailure(
        "-f a1",
        22,
        "The requested URL returned error: 404",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(curl("-s --badcl a1").status()).isEqualTo(2);
  }

  private void assertFailure(String arguments, int status, String message, String... answers) {
    TestHost.Result result = curl("-sS " + arguments, answers);
    assertThat(result.status()).as(message).isEqualTo(status);
    assertThat(result.err()).isEqualTo("curl: (" + status + ") " + message + "\n");
  }

  @Test
  void retriesWhatMayPass() {
    String unavailable = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\n\r\nabc";
    TestHost.Result result = curl("--retry 1 a1", unavailable, OK);
    assertThat(result.out()).isEqualTo("abchell\n");
    assertThat(result.err())
        .contains("Warning: Problem : HTTP error. Will retry in 1 seconds. 1 retries left.\n");
  }
}
