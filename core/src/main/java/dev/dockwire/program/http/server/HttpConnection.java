package dev.dockwire.program.http.server;

import dev.dockwire.program.http.Request;
import dev.dockwire.program.http.RequestParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a server: requests come in as bytes, answers go out in the same order. While an
 * answer does not fit the socket's buffer no further request is read, so a client that does not
 * read costs no more than one answer.
 *
 * <p>On the stack's thread throughout.
 */
final class HttpConnection {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** How long the last answer may take to be read before the connection is given up. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Where a connection's bytes go. */
  interface Peer {

    /**
     * Takes bytes to send, as many as there is room for.
     *
     * @return how many it has taken; after less than all, {@link HttpConnection#writable} is called
     *     when there is room again
     */
    int send(byte[] bytes, int offset, int length);

    /** Ends the stream to the client when all that was taken has been sent. */
    void shutdownOutput();

    /** Gives the connection up. */
    void close();
  }

  private final WebServer server;
  private final Peer peer;
  private final String client;
  private final int clientPort;
  private final int number;
  private final RequestParser parser = new RequestParser();
  private final ArrayDeque<byte[]> unsent = new ArrayDeque<>(0);
  private int unsentOffset;
  private int served;
  private boolean closing;
  private boolean lingering;
  private boolean clientEnded;
  private long deadline;

  /**
   * @param client the client's address
   * @param number of the connection, the server's first being 1
   */
  HttpConnection(WebServer server, Peer peer, String client, int clientPort, int number) {
    this.server = server;
    this.peer = peer;
    this.client = client;
    this.clientPort = clientPort;
    this.number = number;
    waitAtMost(server.software().requestNanos());
  }

  /** Whether bytes that have come may be given to {@link #receive} now. */
  boolean isReady() {
    return !closing && unsent.isEmpty() && !server.log().isFull();
  }

  /**
   * Takes bytes, and answers the requests that they complete. After the last answer they are lost.
   */
  void receive(byte[] bytes, int offset, int length) {
    if (closing) {
      return;
    }
    boolean rested = !parser.isInside();
    parser.receive(bytes, offset, length);
    serve();
    if (closing) {
      return;
    }
    if (!parser.isInside()) {
      waitAtMost(server.software().idleNanos());
    } else if (rested) {
      waitAtMost(server.software().requestNanos());
    }
  }

  private void waitAtMost(long nanos) {
    deadline = server.now() + nanos;
    server.watchFrom(deadline);
  }

  private void serve() {
    while (isReady()) {
      Optional<Request> request = parser.next();
      if (request.isEmpty()) {
        if (parser.takeContinue()) {
          send(CONTINUE, 0, CONTINUE.length);
        }
        break;
      }
      answer(request.get());
    }
    parser.retain();
    server.log().wake();
  }

  private void answer(Request request) {
    served++;
    Response response = server.answer(request);
    boolean last = !request.keepsAlive() || response.status() == 400;
    int left = last ? 0 : server.software().maxRequests() - served;
    closing = left == 0;
    respond(request, response, left);
  }

  private void respond(Request request, Response response, int left) {
    Text out = server.scratch().clear();
    server.software().writeHead(out, request, response, left);
    byte[] body = response.body();
    int bodyLength = request.isHead() || response.bodiless() ? 0 : body.length;
    boolean together = bodyLength <= WebServer.SMALL_BODY;
    if (together) {
      out.put(body, 0, bodyLength);
    }
    send(out.bytes(), 0, out.length());
    if (!together) {
      sendLater(body);
    }
    server.logRequest(this, request, response, bodyLength);
    closeIfDone();
  }

  /** Sends bytes that the caller will reuse. */
  private void send(byte[] bytes, int offset, int length) {
    int taken = unsent.isEmpty() ? peer.send(bytes, offset, length) : 0;
    if (taken < length) {
      byte[] rest = new byte[length - taken];
      System.arraycopy(bytes, offset + taken, rest, 0, rest.length);
      unsent.add(rest);
    }
  }

  /** Sends bytes that nobody will change. */
  private void sendLater(byte[] bytes) {
    unsent.add(bytes);
    drain();
  }

  private void drain() {
    while (!unsent.isEmpty()) {
      byte[] first = unsent.getFirst();
      unsentOffset += peer.send(first, unsentOffset, first.length - unsentOffset);
      if (unsentOffset < first.length) {
        return;
      }
      unsent.removeFirst();
      unsentOffset = 0;
    }
  }

  /** There is room again for what could not be sent. */
  void writable() {
    int before = unsentOffset;
    int pieces = unsent.size();
    drain();
    if (unsentOffset != before || unsent.size() != pieces) {
      waitAtMost(server.software().requestNanos());
    }
    resume();
  }

  /** What kept the connection from being served is gone. */
  void resume() {
    closeIfDone();
    serve();
  }

  /** Closes after the last answer, but not before the client has had the time to read it. */
  private void closeIfDone() {
    if (!closing || !unsent.isEmpty()) {
      return;
    }
    if (clientEnded) {
      giveUp();
    } else if (!lingering) {
      lingering = true;
      peer.shutdownOutput();
      waitAtMost(LINGER_NANOS);
    }
  }

  private void giveUp() {
    closing = true;
    unsent.clear();
    server.remove(this);
    peer.close();
  }

  /** The client will send nothing more. */
  void ended() {
    clientEnded = true;
    closing = true;
    closeIfDone();
  }

  /** The connection is broken. */
  void broken() {
    closing = true;
    unsent.clear();
    server.remove(this);
  }

  /** Looks whether the client has been silent for too long. */
  void expire() {
    if (server.now() - deadline < 0) {
      return;
    }
    Optional<Response> late = server.software().timeout();
    if (parser.isInside() && unsent.isEmpty() && !closing && late.isPresent()) {
      closing = true;
      respond(Request.timedOut(), late.get(), 0);
    } else {
      giveUp();
    }
  }

  /** When {@link #expire} is to be called, in monotonic nanoseconds. */
  long deadline() {
    return deadline;
  }

  String client() {
    return client;
  }

  int clientPort() {
    return clientPort;
  }

  int number() {
    return number;
  }
}
