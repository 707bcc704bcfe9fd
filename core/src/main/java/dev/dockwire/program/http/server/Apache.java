package dev.dockwire.program.http.server;

import dev.dockwire.host.FileNode;
import dev.dockwire.program.http.HttpDate;
import dev.dockwire.program.http.Request;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The ways of Apache httpd 2.4 with the configuration of its Docker image: pages, heads, logs. A
 * POST for a file is answered as a GET, as there. Ranges are not served; TRACE is off.
 */
final class Apache implements ServerSoftware {

  static final String VERSION = "Apache/2.4.62 (Unix)";

  private static final String ERROR_TYPE = "text/html; charset=iso-8859-1";
  private static final String LISTING_TYPE = "text/html;charset=ISO-8859-1";
  private static final String METHODS = "Allow: HEAD,GET,POST,OPTIONS";
  private static final DateTimeFormatter ERROR_TIME =
      ServerTime.format("EEE MMM dd HH:mm:ss.SSSSSS yyyy");

  private final DocumentTree documents;
  private final ServerTime time;

  Apache(DocumentTree documents, ServerTime time) {
    this.documents = documents;
    this.time = time;
  }

  @Override
  public Response answer(Request request) {
    if (request.refusal() != 0) {
      return error(request.refusal(), request);
    }
    if (request.target().equals("*") && request.method().equals("OPTIONS")) {
      return Response.page(200, "text/html", "").withField(METHODS);
    }
    Optional<String> path = TargetPath.of(request.target());
    if (path.isEmpty()) {
      return error(400, request);
    }
    return switch (request.method()) {
      case "GET", "HEAD", "POST" -> find(path.get(), request);
      case "OPTIONS" -> Response.page(200, "text/html", "").withField(METHODS);
      case "PUT", "DELETE", "PATCH", "TRACE", "CONNECT" -> error(405, request).withField(METHODS);
      default -> error(501, request).withField(METHODS);
    };
  }

  private Response find(String path, Request request) {
    if (path.contains("/.ht")) {
      return error(403, request)
          .withErrorLog(
              "[authz_core:error] AH01630: client denied by server configuration: "
                  + documents.filePath(path));
    }
    FileNode node = documents.find(path).orElse(null);
    if (node instanceof FileNode.Directory directory) {
      return path.endsWith("/") ? index(path, directory, request) : slash(path, request);
    }
    return path.endsWith("/")
        ? error(404, request)
        : documents
            .document(path)
            .map(document -> file(document, request))
            .orElseGet(() -> error(404, request));
  }

  private Response index(String path, FileNode.Directory directory, Request request) {
    return documents
        .document(path + "index.html")
        .map(document -> file(document, request))
        .orElseGet(() -> Response.page(200, LISTING_TYPE, listing(path, directory)));
  }

  private static String listing(String path, FileNode.Directory directory) {
    String title = escape(path.equals("/") ? path : path.substring(0, path.length() - 1));
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">\n<html>\n <head>\n");
    page.append("  <title>Index of ").append(title).append("</title>\n </head>\n <body>\n");
    page.append("<h1>Index of ").append(title).append("</h1>\n<ul>");
    if (!path.equals("/")) {
      String parent = path.substring(0, path.lastIndexOf('/', path.length() - 2) + 1);
      page.append("<li><a href=\"")
          .append(escape(parent))
          .append("\"> Parent Directory</a></li>\n");
    }
    directory
        .children()
        .forEach(
            (name, child) -> {
              if (!name.startsWith(".ht")) {
                String shown = escape(name + (child instanceof FileNode.Directory ? "/" : ""));
                page.append("<li><a href=\"").append(shown).append("\"> ").append(shown);
                page.append("</a></li>\n");
              }
            });
    return page.append("</ul>\n</body></html>\n").toString();
  }

  private static Response slash(String path, Request request) {
    String location =
        request.field("Host").map(host -> "http://" + host).orElse("")
            + path
            + "/"
            + TargetPath.query(request.target());
    String page =
        page(
            "301 Moved Permanently",
            "Moved Permanently",
            "<p>The document has moved <a href=\"" + escape(location) + "\">here</a>.</p>\n");
    return Response.page(301, ERROR_TYPE, page).withField("Location: " + location);
  }

  private static Response file(Document document, Request request) {
    long micros = TimeUnit.SECONDS.toMicros(document.modified().getEpochSecond());
    String tag =
        "\""
            + Integer.toHexString(document.content().length)
            + "-"
            + Long.toHexString(micros)
            + "\"";
    String fields =
        "Last-Modified: "
            + HttpDate.format(document.modified())
            + "\r\nETag: "
            + tag
            + "\r\nAccept-Ranges: bytes\r\n";
    return Precondition.isUnchanged(request, tag, document.modified())
        ? Response.notModified(fields, "")
        : Response.file(document, document.type(), fields, "");
  }

  private static Response error(int status, Request request) {
    String text =
        switch (status) {
          case 400 ->
              "<p>Your browser sent a request that this server could not understand.<br />\n</p>\n";
          case 403 -> "<p>You don't have permission to access this resource.</p>\n";
          case 404 -> "<p>The requested URL was not found on this server.</p>\n";
          case 405 ->
              "<p>The requested method "
                  + escape(request.method())
                  + " is not allowed for this URL.</p>\n";
          case 408 -> "<p>Server timeout waiting for the HTTP request from the client.</p>\n";
          case 413 ->
              "The requested resource does not allow request data with "
                  + "this request, or the amount of data provided in\n"
                  + "the request exceeds the capacity limit.\n";
          case 414 ->
              "<p>The requested URL's length exceeds the capacity\n"
                  + "limit for this server.<br />\n"
                  + "</p>\n";
          case 417 ->
              "<p>The expectation given in the Expect request-header\n"
                  + "field could not be met by this server.</p>\n";
          case 431 ->
              "<p>The server refused this request because\n"
                  + "the request header fields are too large.</p>\n";
          case 501 ->
              "<p>" + escape(request.method()) + " not supported for current URL.<br />\n</p>\n";
          default ->
              "<p>The server encountered an internal error or\n"
                  + "misconfiguration and was unable to complete\nyour request.</p>\n";
        };
    String reason = Reason.of(status);
    return Response.page(status, ERROR_TYPE, page(status + " " + reason, reason, text));
  }

  private static String page(String title, String heading, String text) {
    return "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>"
        + title
        + "</title>\n</head><body>\n<h1>"
        + heading
        + "</h1>\n"
        + text
        + "</body></html>\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public Optional<Response> timeout() {
    return Optional.of(error(408, Request.timedOut()));
  }

  @Override
  public void writeHead(Text head, Request request, Response response, int left) {
    head.put("HTTP/1.1 ").put(response.status()).put(" ").put(Reason.of(response.status()));
    head.put("\r\nDate: ").put(time.date()).put("\r\nServer: ").put(VERSION).put("\r\n");
    head.put(response.fields());
    if (!response.bodiless()) {
      head.put("Content-Length: ").put(response.body().length).put("\r\n");
    }
    if (left == 0) {
      head.put("Connection: close\r\n");
    } else if (request.asksToKeepAlive()) {
      head.put("Keep-Alive: timeout=5, max=").put(left).put("\r\nConnection: Keep-Alive\r\n");
    }
    response.type().ifPresent(type -> head.put("Content-Type: ").put(type).put("\r\n"));
    head.put("\r\n");
  }

  @Override
  public void writeAccess(Text line, String client, Request request, int status, int length) {
    line.put(client).put(" - - [").put(time.common()).put("] \"");
    LogEscapes.put(line, request.line());
    line.put("\" ").put(status).put(" ");
    if (length == 0) {
      line.put("-\n");
    } else {
      line.put(length).put("\n");
    }
  }

  /** {@inheritDoc} The text begins with the module and level in brackets. */
  @Override
  public String errorLine(String text, Request request, HttpConnection connection) {
    int end = text.indexOf(']') + 1;
    return "["
        + ERROR_TIME.format(time.instant())
        + "] "
        + text.substring(0, end)
        + " [pid 1:tid 1] [client "
        + connection.client()
        + ":"
        + connection.clientPort()
        + "]"
        + LogEscapes.withoutControls(text.substring(end))
        + "\n";
  }

  /** A line about the server itself. */
  static String notice(ServerTime time, String module, String text) {
    return "["
        + ERROR_TIME.format(time.instant())
        + "] ["
        + module
        + ":notice] [pid 1:tid 1] "
        + text
        + "\n";
  }

  @Override
  public int maxRequests() {
    return 100;
  }

  @Override
  public long idleNanos() {
    return TimeUnit.SECONDS.toNanos(5);
  }

  @Override
  public long requestNanos() {
    return TimeUnit.SECONDS.toNanos(20);
  }
}
