package dev.dockwire.program.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What nginx answers and writes to its log. */
class NginxTest {

  private final TestServer server = new TestServer(Nginx::new);

  private String exchange(String request) {
    TestServer.Client client = server.connect();
    client.send(request);
    return client.received().replaceFirst("Date: .* GMT", "Date: D");
  }

  @Test
  void servesAFile() {
    assertThat(exchange("GET / HTTP/1.1\r\nHost: web\r\n\r\n"))
        .isEqualTo(
            """
            HTTP/1.1 200 OK\r
            Server: nginx/1.29.0\r
            Date: D\r
            Content-Type: text/html\r
            Content-Length: 45\r
            Last-Modified: Mon, 11 Jun 2007 18:53:14 GMT\r
            Connection: keep-alive\r
            ETag: "466d9a1a-2d"\r
            Accept-Ranges: bytes\r
            \r
            <html><body><h1>It works!</h1></body></html>
            """);
  }

  @Test
  void saysWhatItCannotDo() {
    assertThat(exchange("GET /nope HTTP/1.1\r\nHost: web\r\n\r\n"))
        .isEqualTo(
            """
            HTTP/1.1 404 Not Found\r
            Server: nginx/1.29.0\r
            Date: D\r
            Content-Type: text/html\r
            Content-Length: 153\r
            Connection: keep-alive\r
            \r
            <html>\r
            <head><title>404 Not Found</title></head>\r
            <body>\r
            <center><h1>404 Not Found</h1></center>\r
            <hr><center>nginx/1.29.0</center>\r
            </body>\r
            </html>\r
            """);
    assertThat(exchange("POST / HTTP/1.1\r\nHost: web\r\n\r\n"))
        .startsWith("HTTP/1.1 405 Not Allowed\r\n")
        .contains("Content-Length: 157\r\n");
    assertThat(exchange("GET /sub/ HTTP/1.1\r\nHost: web\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(exchange("GET /sub HTTP/1.1\r\nHost: web\r\n\r\n"))
        .startsWith("HTTP/1.1 301 Moved Permanently\r\n")
        .contains("Location: http://web/sub/\r\n");
  }

  @Test
  void logsInItsCombinedFormat() {
    exchange("GET /x HTTP/1.1\r\nHost: web\r\nUser-Agent: curl/7.88.1\r\n\r\n");
    assertThat(server.accessLog().replaceAll("\\[.*?\\] ", ""))
        .isEqualTo("172.17.0.3 - - \"GET /x HTTP/1.1\" 404 153 \"-\" \"curl/7.88.1\" \"-\"\n");
  }
}
