package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests whose end can be understood in two ways (RFC 9112 sections 6 and 11) are refused and end
 * the connection: what follows them is never answered.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class HttpFramingTest {

  private static final String PING = "GET /_ping HTTP/1.1\r\nHost: d\r\n\r\n";

  private static ApiFixture api;

  @BeforeAll
  static void start() throws IOException {
    api = new ApiFixture();
  }

  @AfterAll
  static void stop() throws IOException {
    api.close();
  }

  private static Arguments post(int status, String name, String fieldsAndBody) {
    return Arguments.of(status, name, "POST /_ping HTTP/1.1\r\nHost: d\r\n" + fieldsAndBody);
  }

  private static Arguments line(int status, String name, String line) {
    return Arguments.of(status, name, line + "\r\nHost: d\r\n\r\n");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        post(
            400,
            "both lengths",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        post(
            400,
            "both lengths, the other order",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        post(400, "two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        post(400, "a list of lengths", "Content-Length: 5,5\r\n\r\nhello"),
        post(400, "one length twice", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
        post(400, "a length with a plus", "Content-Length: +5\r\n\r\nhello"),
        post(400, "a length in hexadecimal", "Content-Length: 0x5\r\n\r\nhello"),
        post(400, "a length below zero", "Content-Length: -1\r\n\r\n"),
        post(400, "a length past 2^63", "Content-Length: 100000000000000000000\r\n\r\n"),
        post(400, "an empty length", "Content-Length: \r\n\r\n"),
        post(400, "a length in other digits", "Content-Length: \u00b2\r\n\r\n"),
        post(400, "an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        post(400, "chunked not last", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        post(400, "a coding before", "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        post(
            400,
            "two codings",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        post(400, "a vertical tab", "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
        post(
            400,
            "a chunk past 2^63",
            "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx\r\n0\r\n\r\n"),
        post(400, "a chunk below zero", "Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n"),
        post(400, "a chunk of no number", "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n"),
        post(400, "a chunk too long", "Transfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n"),
        post(413, "a body too large", "Content-Length: 16777217\r\n\r\n"),
        post(400, "a space before the colon", "Content-Length : 5\r\n\r\nhello"),
        post(400, "a field without a colon", "Content-Length\r\n\r\n"),
        post(400, "a field without a name", ": x\r\n\r\n"),
        post(400, "a NUL in a value", "X: a\u0000b\r\n\r\n"),
        post(400, "a NUL in a name", "X\u0000Y: a\r\n\r\n"),
        post(400, "a bare CR", "X: a\rY: b\r\n\r\n"),
        post(400, "a length folded", "Content-Length: 5\r\n 5\r\n\r\nhello"),
        post(400, "a second Host", "Host: e\r\n\r\n"),
        post(417, "an expectation", "Expect: miracles\r\n\r\n"),
        post(431, "too many fields", "X: y\r\n".repeat(100) + "\r\n"),
        post(431, "a head too large", "X: " + "y".repeat(65_536) + "\r\n\r\n"),
        Arguments.of(400, "bare LF", "GET /_ping HTTP/1.1\nHost: d\n\n"),
        Arguments.of(400, "bare LF after a field", "GET /_ping HTTP/1.1\r\nHost: d\n\r\n"),
        Arguments.of(400, "no Host", "GET /_ping HTTP/1.1\r\n\r\n"),
        Arguments.of(400, "a folded first field", "GET /_ping HTTP/1.1\r\n Host: d\r\n\r\n"),
        line(400, "an absolute URI", "GET http://d/_ping HTTP/1.1"),
        line(400, "an asterisk", "OPTIONS * HTTP/1.1"),
        line(400, "an authority", "CONNECT d:80 HTTP/1.1"),
        line(400, "a NUL in the target", "GET /_ping\u0000 HTTP/1.1"),
        line(414, "a target too long", "GET /" + "a".repeat(8_192) + " HTTP/1.1"),
        line(400, "no version", "GET /_ping"),
        line(400, "a version of letters", "GET /_ping HTTP/x.y"),
        line(400, "another protocol", "GET /_ping ICY/1.1"),
        line(505, "version 1.2", "GET /_ping HTTP/1.2"),
        line(505, "version 3", "GET /_ping HTTP/3.0"),
        line(400, "a space within the target", "GET /_ping /_ping HTTP/1.1"),
        Arguments.of(505, "HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void isRefusedAndNothingAfterItIsAnswered(int status, String name, String request)
      throws IOException {
    try (RawClient client = api.connect()) {
      RawClient.Answer answer = client.send(request + PING + PING).answer();
      assertThat(answer.status()).as(name).isEqualTo(status);
      assertThat(answer.head()).contains("connection: close");
      assertThat(answer.body()).startsWith("{\"message\":\"").doesNotContain("Exception", "\\n\\t");
      assertThat(client.hasEnded()).isTrue();
    }
  }

  static Stream<Arguments> understood() {
    return Stream.of(
        line(200, "the plain one", "GET /_ping HTTP/1.1"),
        line(404, "dots in escapes", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1"),
        line(400, "a bad escape", "GET /containers/%zz/json HTTP/1.1"),
        line(400, "half an escape", "GET /containers/a%2 HTTP/1.1"),
        line(400, "a bad escape in the query", "GET /containers/json?all=%g1 HTTP/1.1"),
        line(404, "two slashes", "GET //_ping HTTP/1.1"),
        line(404, "a slash in a name", "GET /containers/..%2f..%2fx/json HTTP/1.1"),
        line(404, "a method that is none", "FOO /_ping HTTP/1.1"),
        line(400, "a version of the API too old", "GET /v1.0/_ping HTTP/1.1"),
        line(400, "a version of the API too new", "GET /v9.99/_ping HTTP/1.1"),
        post(404, "chunks", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        post(404, "chunks with a trailer", "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n"),
        post(404, "a field on two lines", "X: a\r\n b\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("understood")
  void isAnsweredAndSoIsTheNext(int status, String name, String request) throws IOException {
    try (RawClient client = api.connect()) {
      client.send(request + PING);
      assertThat(client.answer().status()).as(name).isEqualTo(status);
      assertThat(client.answer().body()).isEqualTo("OK");
    }
  }

  @Test
  void aThousandPipelinedRequestsHaveAThousandAnswersInTheirOrder() throws IOException {
    try (RawClient client = api.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        requests.append("GET /nosuch").append(i % 2 == 0 ? "" : "/../_ping");
        requests.append(" HTTP/1.1\r\nHost: d\r\nX-Number: ").append(i).append("\r\n\r\n");
        requests.append(PING);
      }
      Thread writer = Thread.ofPlatform().start(() -> sendAll(client, requests.toString()));
      for (int i = 0; i < 1_000; i++) {
        assertThat(client.answer().status()).isEqualTo(404);
        assertThat(client.answer().status()).isEqualTo(200);
      }
      join(writer);
    }
  }

  private static void sendAll(RawClient client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoExpects100GetsItBeforeTheAnswer() throws IOException {
    try (RawClient client = api.connect()) {
      client.send(
          "POST /_ping HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(100);
      assertThat(client.send("{}").answer().status()).isEqualTo(404);
      assertThat(client.send(PING).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void a100IsNotSentIntoTheAnswerBefore() throws IOException {
    try (RawClient client = api.connect()) {
      client.send("POST /containers/json HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\n");
      client.send(
          "GET /events?until=1 HTTP/1.1\r\nHost: d\r\n\r\n"
              + "POST /_ping HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\n"
              + "Content-Length: 2\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(404);
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(100);
      assertThat(client.send("{}").answer().status()).isEqualTo(404);
    }
  }

  @Test
  void aBodyTooLargeIsRefusedBeforeItIsSent() throws IOException {
    try (RawClient client = api.connect()) {
      client.send(
          "POST /_ping HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\n"
              + "Content-Length: 1073741824\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.hasEnded()).isTrue();
    }
  }

  @Test
  void aBodyOfTooManyChunksIsRefusedOnce() throws IOException {
    try (RawClient client = api.connect()) {
      client.send("POST /_ping HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
      for (int i = 0; i < 18; i++) {
        client.send(chunk);
      }
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.hasEnded()).isTrue();
    }
  }

  @Test
  void anOldClientIsAnsweredAndItsConnectionEnds() throws IOException {
    try (RawClient client = api.connect()) {
      assertThat(client.send("GET /_ping HTTP/1.0\r\n\r\n" + PING).answer().status())
          .isEqualTo(200);
      assertThat(client.hasEnded()).isTrue();
    }
  }

  @Test
  void whatFollowsAnUpgradeIsInputAndNoRequest() throws Exception {
    try (RawClient client = api.connect()) {
      String id =
          client
              .post("/containers/create", "{\"Image\":\"alpine\",\"Cmd\":[\"sleep\",\"1000\"]}")
              .body()
              .substring(7, 71);
      assertThat(client.post("/containers/" + id + "/start", "").status()).isEqualTo(204);
      String exec =
          client
              .post(
                  "/containers/" + id + "/exec",
                  "{\"AttachStdin\":true,\"AttachStdout\":true,\"Cmd\":[\"head\",\"-n\",\"1\"]}")
              .body()
              .substring(7, 71);
      client.send(
          "POST /exec/"
              + exec
              + "/start HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
              + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
              + PING);
      assertThat(client.head()).startsWith("http/1.1 101 ");
      assertThat(client.read(8)).startsWith("\u0001");
      assertThat(client.read(20)).isEqualTo("GET /_ping HTTP/1.1\r");
    }
  }

  @Test
  void aHalfClosedConnectionIsAnsweredYet() throws IOException {
    try (RawClient client = api.connect()) {
      client.send(PING + PING).shutdownOutput();
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.hasEnded()).isTrue();
    }
  }
}
