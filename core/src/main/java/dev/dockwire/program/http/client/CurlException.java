package dev.dockwire.program.http.client;

/** A transfer of curl's that has failed: curl's exit status and message. */
final class CurlException extends RuntimeException {

  static final int UNSUPPORTED_PROTOCOL = 1;
  static final int USAGE = 2;
  static final int BAD_URL = 3;
  static final int UNKNOWN_HOST = 6;
  static final int CANNOT_CONNECT = 7;
  static final int STRANGE_REPLY = 8;
  static final int PARTIAL_FILE = 18;
  static final int HTTP_ERROR = 22;
  static final int CANNOT_WRITE = 23;
  static final int TIMED_OUT = 28;
  static final int TOO_MANY_REDIRECTS = 47;
  static final int EMPTY_REPLY = 52;
  static final int CANNOT_SEND = 55;
  static final int CANNOT_RECEIVE = 56;

  private static final long serialVersionUID = 1;

  private final int status;

  CurlException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
