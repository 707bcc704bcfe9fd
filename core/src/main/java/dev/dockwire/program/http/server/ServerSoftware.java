package dev.dockwire.program.http.server;

import dev.dockwire.program.http.Request;
import java.util.Optional;

/** What one server does in its own way: answers, heads, logs, limits. */
interface ServerSoftware {

  /** The answer to a request, refused ones included. */
  Response answer(Request request);

  /** The answer to a client that took too long for its request; silence if there is none. */
  Optional<Response> timeout();

  /**
   * Writes the head of an answer.
   *
   * @param left how many more requests the connection will take; 0 if it is closed after this
   */
  void writeHead(Text head, Request request, Response response, int left);

  /**
   * Writes the line for the access log.
   *
   * @param client its address
   * @param length how many bytes of the body were sent
   */
  void writeAccess(Text line, String client, Request request, int status, int length);

  /** The line for the error log. */
  String errorLine(String text, Request request, HttpConnection connection);

  /** How many requests a connection takes. */
  int maxRequests();

  /** How long a connection may rest between two requests. */
  long idleNanos();

  /** How long a client may take for a request, from its first byte or the connection's. */
  long requestNanos();
}
