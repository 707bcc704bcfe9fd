package dev.dockwire.program.mysql.client;

import dev.dockwire.program.mysql.ServerError;

/** Says that the server refused, or that there is none to speak with. */
final class ClientException extends Exception {

  static final int LOST = 2013;
  static final int GONE_AWAY = 2006;

  private static final long serialVersionUID = 1;

  private final transient ServerError error;

  ClientException(ServerError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  ClientException(int code, String message) {
    this(new ServerError(code, "HY000", message));
  }

  ServerError error() {
    return error;
  }

  /** Whether the connection is of no more use. */
  boolean isLost() {
    return error.code() == LOST || error.code() == GONE_AWAY;
  }
}
