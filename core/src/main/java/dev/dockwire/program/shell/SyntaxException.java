package dev.dockwire.program.shell;

/** A script is not in the shell's grammar. */
final class SyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean incomplete;

  private SyntaxException(String message, boolean incomplete) {
    super("syntax error: " + message, null, false, false);
    this.incomplete = incomplete;
  }

  static SyntaxException of(String message) {
    return new SyntaxException(message, false);
  }

  /** More lines might still make it a script. */
  static SyntaxException incomplete(String message) {
    return new SyntaxException(message, true);
  }

  boolean isIncomplete() {
    return incomplete;
  }
}
