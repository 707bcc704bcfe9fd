package dev.dockwire.program.http.server;

import dev.dockwire.host.FileNode;
import dev.dockwire.program.http.HttpDate;
import dev.dockwire.program.http.Request;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The ways of nginx with the configuration of its Docker image: pages, heads, logs. Ranges are not
 * served.
 */
final class Nginx implements ServerSoftware {

  static final String VERSION = "nginx/1.29.0";

  private static final List<String> INDEXES = List.of("index.html", "index.htm");
  private static final DateTimeFormatter ERROR_TIME = ServerTime.format("yyyy/MM/dd HH:mm:ss");

  private final DocumentTree documents;
  private final ServerTime time;

  Nginx(DocumentTree documents, ServerTime time) {
    this.documents = documents;
    this.time = time;
  }

  @Override
  public Response answer(Request request) {
    if (request.refusal() != 0) {
      return error(request.refusal());
    }
    Optional<String> path = TargetPath.of(request.target());
    if (path.isEmpty()) {
      return error(400);
    }
    return switch (request.method()) {
      case "GET", "HEAD" -> find(path.get(), request);
      default -> error(405);
    };
  }

  private Response find(String path, Request request) {
    FileNode node = documents.find(path).orElse(null);
    if (node instanceof FileNode.Directory) {
      return path.endsWith("/") ? index(path, request) : slash(path, request);
    }
    if (path.endsWith("/") || node == null) {
      return missing(path, node == null ? "2: No such file or directory" : "20: Not a directory");
    }
    return documents
        .document(path)
        .map(document -> file(document, request))
        .orElseGet(() -> error(403));
  }

  private Response index(String path, Request request) {
    for (String name : INDEXES) {
      Optional<Document> document = documents.document(path + name);
      if (document.isPresent()) {
        return file(document.get(), request);
      }
    }
    return error(403)
        .withErrorLog("directory index of \"" + documents.filePath(path) + "\" is forbidden");
  }

  private Response missing(String path, String why) {
    return error(404)
        .withErrorLog("open() \"" + documents.filePath(path) + "\" failed (" + why + ")");
  }

  private static Response slash(String path, Request request) {
    String location =
        "http://"
            + request.field("Host").orElse("localhost")
            + path
            + "/"
            + TargetPath.query(request.target());
    return error(301).withField("Location: " + location);
  }

  private static Response file(Document document, Request request) {
    String tag =
        "\""
            + Long.toHexString(document.modified().getEpochSecond())
            + "-"
            + Integer.toHexString(document.content().length)
            + "\"";
    String modified = "Last-Modified: " + HttpDate.format(document.modified()) + "\r\n";
    String fields = "ETag: " + tag + "\r\n";
    return Precondition.isUnchanged(request, tag, document.modified())
        ? Response.notModified(modified, fields)
        : Response.file(
            document,
            Optional.of(document.type().orElse("application/octet-stream")),
            modified,
            fields + "Accept-Ranges: bytes\r\n");
  }

  private static Response error(int status) {
    String title = status + " " + reason(status);
    return Response.page(
        status,
        "text/html",
        "<html>\r\n<head><title>"
            + title
            + "</title></head>\r\n<body>\r\n<center><h1>"
            + title
            + "</h1></center>\r\n<hr><center>"
            + VERSION
            + "</center>\r\n</body>\r\n</html>\r\n");
  }

  private static String reason(int status) {
    return switch (status) {
      case 405 -> "Not Allowed";
      case 414 -> "Request-URI Too Large";
      default -> Reason.of(status);
    };
  }

  @Override
  public Optional<Response> timeout() {
    return Optional.empty();
  }

  @Override
  public void writeHead(Text head, Request request, Response response, int left) {
    head.put("HTTP/1.1 ").put(response.status()).put(" ").put(reason(response.status()));
    head.put("\r\nServer: ").put(VERSION).put("\r\nDate: ").put(time.date()).put("\r\n");
    response.type().ifPresent(type -> head.put("Content-Type: ").put(type).put("\r\n"));
    if (!response.bodiless()) {
      head.put("Content-Length: ").put(response.body().length).put("\r\n");
    }
    head.put(response.fields());
    head.put(left == 0 ? "Connection: close\r\n" : "Connection: keep-alive\r\n");
    head.put(response.moreFields()).put("\r\n");
  }

  @Override
  public void writeAccess(Text line, String client, Request request, int status, int length) {
    line.put(client).put(" - - [").put(time.common()).put("] \"");
    LogEscapes.put(line, request.line());
    line.put("\" ").put(status).put(" ").put(length).put(" \"");
    LogEscapes.put(line, request.field("Referer").orElse("-"));
    line.put("\" \"");
    LogEscapes.put(line, request.field("User-Agent").orElse("-"));
    line.put("\" \"");
    LogEscapes.put(line, request.field("X-Forwarded-For").orElse("-"));
    line.put("\"\n");
  }

  @Override
  public String errorLine(String text, Request request, HttpConnection connection) {
    return line(
        time,
        "error",
        "*"
            + connection.number()
            + " "
            + text
            + ", client: "
            + connection.client()
            + ", server: localhost, request: \""
            + request.line()
            + "\""
            + request.field("Host").map(host -> ", host: \"" + host + "\"").orElse(""));
  }

  /** A line about the server itself. */
  static String notice(ServerTime time, String text) {
    return line(time, "notice", text);
  }

  private static String line(ServerTime time, String level, String text) {
    return ERROR_TIME.format(time.instant())
        + " ["
        + level
        + "] 1#1: "
        + LogEscapes.withoutControls(text)
        + "\n";
  }

  @Override
  public int maxRequests() {
    return 1_000;
  }

  @Override
  public long idleNanos() {
    return TimeUnit.SECONDS.toNanos(65);
  }

  @Override
  public long requestNanos() {
    return TimeUnit.SECONDS.toNanos(60);
  }
}
