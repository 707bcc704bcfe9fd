package dev.dockwire.stack.tcp.script;

/** What came is not what a line expects. */
final class Mismatch extends RuntimeException {

  private static final long serialVersionUID = 1;

  Mismatch(String message) {
    super(message);
  }

  static Mismatch of(String expected, String came) {
    return new Mismatch("expected " + expected + ", came " + came);
  }
}
