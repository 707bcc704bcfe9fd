package dev.dockwire.program.http;

import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;

/**
 * A request that a server has read to its end, or why it could not. Field values are as they came,
 * one character a byte.
 */
public final class Request {

  /** Verdicts about a request: two that are no status, and statuses to refuse it with. */
  static final int INCOMPLETE = -1;

  static final int ACCEPTED = 0;
  static final int BAD = 400;
  static final int BODY_TOO_LARGE = 413;
  static final int TARGET_TOO_LONG = 414;
  static final int EXPECTATION_UNKNOWN = 417;
  static final int HEAD_TOO_LARGE = 431;
  static final int VERSION_UNKNOWN = 505;

  private final int refusal;
  private final String line;
  private final HttpRequest message;

  private Request(int refusal, String line, HttpRequest message) {
    this.refusal = refusal;
    this.line = line;
    this.message = message;
  }

  static Request of(HttpRequest message) {
    return new Request(ACCEPTED, null, message);
  }

  /**
   * @param line the request line as far as it has been read
   */
  static Request refused(int status, String line) {
    return new Request(status, line, null);
  }

  /** Stands for a request that did not come in time. */
  public static Request timedOut() {
    return new Request(408, "-", null);
  }

  /** The status to refuse it with, after which the connection is closed; 0 if it is well-formed. */
  public int refusal() {
    return refusal;
  }

  /** The request line, as logs show it. */
  public String line() {
    return message == null
        ? line
        : message.method().name()
            + " "
            + message.uri()
            + (message.protocolVersion().minorVersion() == 1 ? " HTTP/1.1" : " HTTP/1.0");
  }

  /** The method; empty for a refused request. */
  public String method() {
    return message == null ? "" : message.method().name();
  }

  /** Whether the answer depends on nothing but the target. */
  public boolean isPlainGet() {
    return message != null
        && message.method().name().equals("GET")
        && !message.headers().contains("If-None-Match")
        && !message.headers().contains("If-Modified-Since");
  }

  public boolean isHead() {
    return method().equals("HEAD");
  }

  /** The target as it came; not for a refused request. */
  public String target() {
    return message.uri();
  }

  /** The value of a field, if the request has it; the first if it has several. */
  public Optional<String> field(String name) {
    return message == null ? Optional.empty() : Optional.ofNullable(message.headers().get(name));
  }

  /** Whether the client can be answered on this connection again. */
  public boolean keepsAlive() {
    if (message == null) {
      return false;
    }
    String connection = message.headers().get("Connection");
    if (message.protocolVersion().minorVersion() == 0) {
      return connection != null && connection.equalsIgnoreCase("keep-alive");
    }
    return connection == null || !connection.equalsIgnoreCase("close");
  }

  /** Whether the client has said in words that it would like to keep the connection. */
  public boolean asksToKeepAlive() {
    return message != null && "keep-alive".equalsIgnoreCase(message.headers().get("Connection"));
  }
}
