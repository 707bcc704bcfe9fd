package dev.dockwire.program.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What httpd 2.4 answers and writes to its log. */
class ApacheTest {

  private final TestServer server = new TestServer(Apache::new);

  private String get(String target) {
    return exchange("GET " + target + " HTTP/1.1\r\nHost: web\r\n\r\n");
  }

  private String exchange(String request) {
    TestServer.Client client = server.connect();
    client.send(request);
    return client.received().replaceFirst("Date: .* GMT", "Date: D");
  }

  @Test
  void itWorks() {
    assertThat(get("/"))
        .isEqualTo(
            """
            HTTP/1.1 200 OK\r
            Date: D\r
            Server: Apache/2.4.62 (Unix)\r
            Last-Modified: Mon, 11 Jun 2007 18:53:14 GMT\r
            ETag: "2d-432a5e4a73a80"\r
            Accept-Ranges: bytes\r
            Content-Length: 45\r
            Content-Type: text/html\r
            \r
            <html><body><h1>It works!</h1></body></html>
            """);
    assertThat(get("/index.html")).isEqualTo(get("/"));
  }

  @Test
  void aMissingFileIsNotFound() {
    assertThat(get("/nope"))
        .isEqualTo(
            """
            HTTP/1.1 404 Not Found\r
            Date: D\r
            Server: Apache/2.4.62 (Unix)\r
            Content-Length: 196\r
            Content-Type: text/html; charset=iso-8859-1\r
            \r
            <!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
            <html><head>
            <title>404 Not Found</title>
            </head><body>
            <h1>Not Found</h1>
            <p>The requested URL was not found on this server.</p>
            </body></html>
            """);
  }

  @Test
  void headSendsNoBodyButItsLength() {
    assertThat(exchange("HEAD / HTTP/1.1\r\nHost: web\r\n\r\n"))
        .contains("Content-Length: 45\r\n")
        .endsWith("Content-Type: text/html\r\n\r\n");
  }

  @Test
  void methodsAreAllowedAsThere() {
    assertThat(exchange("POST / HTTP/1.1\r\nHost: web\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
    assertThat(exchange("PUT / HTTP/1.1\r\nHost: web\r\n\r\n"))
        .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
        .contains("Allow: ")
        .contains("<p>The requested method PUT is not allowed for this URL.</p>");
    assertThat(exchange("BREW / HTTP/1.1\r\nHost: web\r\n\r\n")).startsWith("HTTP/1.1 501 ");
  }

  @Test
  void filesOfTheServerItselfAreForbidden() {
    assertThat(get("/.htaccess")).startsWith("HTTP/1.1 403 Forbidden\r\n").doesNotContain("secret");
    assertThat(get("/sub/.htpasswd")).startsWith("HTTP/1.1 403 ");
    assertThat(get("/%2ehtaccess")).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void directoriesAreListedBelowTheirPathWithASlash() {
    assertThat(get("/sub?x=1"))
        .startsWith("HTTP/1.1 301 Moved Permanently\r\n")
        .contains("Location: http://web/sub/?x=1\r\n");
    assertThat(get("/sub/"))
        .contains("<title>Index of /sub</title>")
        .contains("<li><a href=\"/\"> Parent Directory</a></li>\n<li><a href=\"a.txt\"> a.txt</a>");
    assertThat(get("/sub/a.txt")).contains("Content-Type: text/plain\r\n").endsWith("\r\nhello\n");
  }

  @Test
  void aChangedFileIsServedAtOnce() {
    assertThat(get("/")).contains("It works!");
    server.host.host().files().write("/htdocs/index.html", "changed\n");
    assertThat(get("/"))
        .endsWith("\r\n\r\nchanged\n")
        .contains("ETag: \"8-")
        .doesNotContain("2007");
  }

  @Test
  void whoHasTheFileIsToldSo() {
    assertThat(
            exchange("GET / HTTP/1.1\r\nHost: web\r\nIf-None-Match: \"2d-432a5e4a73a80\"\r\n\r\n"))
        .startsWith("HTTP/1.1 304 Not Modified\r\n")
        .doesNotContain("Content-Length")
        .endsWith("\r\n\r\n");
    assertThat(
            exchange(
                "GET / HTTP/1.1\r\nHost: web\r\n"
                    + "If-Modified-Since: Mon, 11 Jun 2007 18:53:13 GMT\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void aConnectionIsKeptUntilItIsAskedToClose() {
    TestServer.Client client = server.connect();
    client.send("GET / HTTP/1.1\r\nHost: web\r\nConnection: keep-alive\r\n\r\n");
    assertThat(client.received())
        .contains("Keep-Alive: timeout=5, max=99\r\nConnection: Keep-Alive\r\n");
    client.send("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n");
    assertThat(client.received()).contains("\r\nConnection: close\r\n");
    assertThat(client.ended).isTrue();
    assertThat(client.closed).isFalse();
    client.connection.ended();
    assertThat(client.closed).isTrue();

    assertThat(exchange("GET / HTTP/1.0\r\n\r\n")).contains("\r\nConnection: close\r\n");
  }

  @Test
  void requestsAreLoggedInTheCommonFormat() {
    get("/");
    get("/nope?x=\"");
    exchange("HEAD / HTTP/1.1\r\nHost: web\r\n\r\n");
    exchange("GET /\u001b[31m\r\nHost: web\r\n\r\n");

    assertThat(server.accessLog().replaceAll("\\[.*?\\] ", ""))
        .isEqualTo(
            """
            172.17.0.3 - - "GET / HTTP/1.1" 200 45
            172.17.0.3 - - "GET /nope?x=\\" HTTP/1.1" 404 196
            172.17.0.3 - - "HEAD / HTTP/1.1" 200 -
            172.17.0.3 - - "GET /\\x1b" 400 226
            """);
  }
}
