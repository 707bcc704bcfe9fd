package dev.dockwire.program.http.server;

import dev.dockwire.host.World;
import dev.dockwire.program.http.Request;
import dev.dockwire.time.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the connections of a server share: its software, its log, the answers it has given before,
 * and the watch over silent clients.
 */
final class WebServer {

  /** Bodies up to this size are sent together with their heads. */
  static final int SMALL_BODY = 16 << 10;

  private static final int MAX_CONNECTIONS = 16_384;
  private static final int MAX_ANSWERS = 256;

  private final ServerSoftware software;
  private final DocumentTree documents;
  private final ServerLog log;
  private final World world;
  private final Text scratch = new Text();
  private final Set<HttpConnection> connections = new LinkedHashSet<>();
  private final Timer watch;

  /** Answers to plain GETs by target, as long as no file changes. */
  private final Map<String, Response> answers = new LinkedHashMap<>();

  private Object answersVersion;
  private int accepted;

  WebServer(ServerSoftware software, DocumentTree documents, ServerLog log, World world) {
    this.software = software;
    this.documents = documents;
    this.log = log;
    this.world = world;
    this.watch = world.timers().timer(this::expire);
  }

  /** Whether another client can be served. */
  boolean isFull() {
    return connections.size() >= MAX_CONNECTIONS;
  }

  /** Begins to serve a client. */
  HttpConnection accept(HttpConnection.Peer peer, String client, int clientPort) {
    HttpConnection connection = new HttpConnection(this, peer, client, clientPort, ++accepted);
    connections.add(connection);
    return connection;
  }

  /** Forgets a client that is served no more. */
  void remove(HttpConnection connection) {
    connections.remove(connection);
    if (connections.isEmpty()) {
      watch.cancel();
    }
  }

  /** Has the deadlines of all connections looked at, at the latest then. */
  void watchFrom(long deadline) {
    if (!watch.isArmed() || deadline < watch.deadline()) {
      watch.arm(deadline);
    }
  }

  private void expire(long now) {
    for (HttpConnection connection : List.copyOf(connections)) {
      connection.expire();
    }
    connections.forEach(connection -> watchFrom(connection.deadline()));
    log.wake();
  }

  /** The answer to a request. */
  Response answer(Request request) {
    if (!request.isPlainGet()) {
      return software.answer(request);
    }
    if (answersVersion != documents.version() || answers.size() >= MAX_ANSWERS) {
      answers.clear();
      answersVersion = documents.version();
    }
    Response known = answers.get(request.target());
    if (known == null) {
      known = software.answer(request);
      if (known.status() == 200) {
        answers.put(request.target(), known);
      }
    }
    return known;
  }

  void logRequest(HttpConnection connection, Request request, Response response, int bodyLength) {
    response.errorLog().ifPresent(text -> log.error(software.errorLine(text, request, connection)));
    software.writeAccess(log.access(), connection.client(), request, response.status(), bodyLength);
  }

  /** Writes the log, and has connections go on that waited for that; by the process's thread. */
  void flushLog() {
    boolean wasFull = log.isFull();
    log.flush();
    if (wasFull) {
      new ArrayList<>(connections).forEach(HttpConnection::resume);
    }
  }

  long now() {
    return world.now();
  }

  ServerSoftware software() {
    return software;
  }

  ServerLog log() {
    return log;
  }

  Text scratch() {
    return scratch;
  }
}
