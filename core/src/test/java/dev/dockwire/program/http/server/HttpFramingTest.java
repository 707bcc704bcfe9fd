package dev.dockwire.program.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does with requests that are hard to read, or meant to be (RFC 9112). */
class HttpFramingTest {

  private final TestServer server = new TestServer(Apache::new);

  static List<String> ambiguous() {
    List<String> requests = new ArrayList<>();
    for (String fields :
        List.of(
            "Content-Length: 3\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 3",
            "Content-Length: 3\r\nContent-Length: 3",
            "Content-Length: 3\r\nContent-Length: 4",
            "Content-Length: +5",
            "Content-Length: 5,5",
            "Content-Length: 0x5",
            "Content-Length: -1",
            "Content-Length: 100000000000000000000",
            "Content-Length: ",
            "Content-Length: 5 5",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding:\tchunked",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "X: a\nY: b",
            "X: a\r\n b",
            "X: a\r\n\tb",
            " X: a",
            "X: a\0b",
            "X : a",
            "X",
            ": a",
            "X: a\rb",
            "Host: b")) {
      requests.add("POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\nabc");
    }
    for (String line :
        List.of(
            "GET /",
            "GET / HTTP/0.9",
            "GET  / HTTP/1.1",
            "GET / HTTP/1.1 ",
            "GET\t/ HTTP/1.1",
            "GET / HTTP/1.1\r",
            "G@T / HTTP/1.1",
            "GET /a b HTTP/1.1",
            "GET / http/1.1",
            "GET / HTTP/1.10",
            "GET / HTTP/11",
            "GET",
            " GET / HTTP/1.1",
            "GET a HTTP/1.1",
            "GET * HTTP/1.1",
            "GET /%zz HTTP/1.1",
            "GET /% HTTP/1.1",
            "GET /%00 HTTP/1.1",
            "GET /../etc/passwd HTTP/1.1",
            "GET /%2e%2e/etc/passwd HTTP/1.1",
            "GET /sub/..%2f..%2fetc HTTP/1.1",
            "CONNECT a:80 HTTP/1.1")) {
      requests.add(line + "\r\nHost: a\r\n\r\n");
    }
    requests.add("GET / HTTP/1.1\r\n\r\n");
    requests.add("GET / HTTP/1.1\nHost: a\n\n");
    for (String chunks :
        List.of(
            "ffffffffffffffff\r\nabc",
            "-5\r\nabcde\r\n0\r\n\r\n",
            "5;x=\"\r\n\"\r\nabcde\r\n0\r\n\r\n",
            "5\nabcde\r\n0\r\n\r\n",
            "5\r\nabcdeX\r\n0\r\n\r\n",
            "0x5\r\nabcde\r\n0\r\n\r\n",
            "\r\nabc")) {
      requests.add("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
    }
    return requests;
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void anAmbiguousRequestIsRefusedOnceAndTheConnectionEnds(String request) {
    TestServer.Client client = server.connect();
    client.send(request).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

    String answers = client.received();
    assertThat(answers)
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .contains("Connection: close\r\n");
    assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(client.ended).isTrue();
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void theSameWhenItComesByteByByte(String request) {
    TestServer.Client client = server.connect();
    for (char next : (request + "GET / HTTP/1.1\r\nHost: a\r\n\r\n").toCharArray()) {
      client.send(Character.toString(next));
    }
    assertThat(client.received().split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(client.ended).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET //sub///..//index.html?x=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%69ndex.html HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhOsT:a\r\nX-Umlaut: \u00e9\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Transfer-Encoding: Chunked\r\n\r\n"
            + "3;x=y\r\n"
            + "abc\r\n"
            + "0\r\n"
            + "T: v\r\n\r\n",
      })
  void whatIsWellFormedIsServed(String request) {
    TestServer.Client whole = server.connect();
    whole.send(request);
    TestServer.Client bytes = server.connect();
    for (char next : request.toCharArray()) {
      bytes.send(Character.toString(next));
    }
    assertThat(whole.received())
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\n" + TestServer.PAGE)
        .isEqualTo(bytes.received());
    assertThat(whole.ended).isFalse();
    assertThat(whole.connection.isReady()).isTrue();
  }

  @Test
  void whatIsTooLargeIsRefusedWithItsOwnStatus() {
    assertThat(status("GET /" + "a".repeat(8_300) + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(414);
    assertThat(status("GET /" + "a".repeat(1_000_000))).isEqualTo(414);
    assertThat(status("GET /" + "a".repeat(8_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(404);
    assertThat(status("A".repeat(1_000))).isEqualTo(400);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(65_536))).isEqualTo(431);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(100) + "\r\n"))
        .isEqualTo(431);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(99) + "\r\n"))
        .isEqualTo(200);
    assertThat(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16777217\r\n\r\n"))
        .isEqualTo(413);
    TestServer.Client chunked = server.connect();
    chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    String chunk = "100000\r\n" + "a".repeat(1 << 20) + "\r\n";
    for (int i = 0; i < 17; i++) {
      chunked.send(chunk);
    }
    assertThat(chunked.received()).startsWith("HTTP/1.1 413 ");
  }

  private int status(String request) {
    TestServer.Client client = server.connect();
    client.send(request);
    return Integer.parseInt(client.received().substring(9, 12));
  }

  @Test
  void otherVersionsAreRefused() {
    assertThat(status("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).isEqualTo(505);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n")).isEqualTo(417);
    assertThat(status("GET / HTTP/1.0\r\n\r\n")).isEqualTo(200);
    assertThat(status("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")).isEqualTo(400);
  }

  @Test
  void aClientMayWaitForLeaveToSendItsBody() {
    TestServer.Client client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assertThat(client.received()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    assertThat(client.received()).startsWith("HTTP/1.1 200 OK\r\n");
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nab");
    client.send("c");
    assertThat(client.received()).contains("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void requestsInOneGoAreAnsweredInOrder() {
    TestServer.Client client = server.connect();
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50));

    assertThat(client.received().split("HTTP/1.1 404", -1)).hasSize(51);
    assertThat(client.ended).as("the hundredth is the last").isTrue();
    assertThat(server.accessLog().lines().toList()).hasSize(100);
  }

  @Test
  void aClientThatDoesNotReadIsNotServedOn() {
    TestServer.Client client = server.connect();
    client.room = 300;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
    assertThat(client.connection.isReady()).isFalse();
    assertThat(server.accessLog().lines().toList()).hasSizeLessThan(3);

    client.room = Integer.MAX_VALUE;
    client.connection.writable();
    assertThat(client.received().split("It works!", -1)).hasSize(4);
    assertThat(client.connection.isReady()).isTrue();
  }

  @Test
  void silentClientsAreLetGo() {
    TestServer.Client idle = server.connect();
    TestServer.Client slow = server.connect();
    TestServer.Client unborn = server.connect();
    idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    slow.send("GET / HT");
    idle.received();

    server.world.loop().runUntil(TimeUnit.SECONDS.toNanos(6));
    assertThat(List.of(idle.closed, slow.closed, unborn.closed))
        .containsExactly(true, false, false);
    assertThat(idle.received()).isEmpty();

    server.world.loop().runUntil(TimeUnit.SECONDS.toNanos(21));
    assertThat(slow.received()).startsWith("HTTP/1.1 408 Request Timeout\r\n");
    assertThat(unborn.closed).isTrue();

    server.world.loop().runUntil(TimeUnit.SECONDS.toNanos(30));
    assertThat(slow.closed).isTrue();
  }
}
