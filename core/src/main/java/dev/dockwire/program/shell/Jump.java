package dev.dockwire.program.shell;

/**
 * Leaves loops and functions from within: {@code break}, {@code continue}, {@code return}, or
 * everything when Ctrl-C is typed.
 */
final class Jump extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Where to. */
  enum Kind {
    BREAK,
    CONTINUE,
    RETURN,
    INTERRUPT
  }

  private final Kind kind;
  private final int value;

  /**
   * @param value how many loops to leave, or the status to leave with
   */
  Jump(Kind kind, int value) {
    super(null, null, false, false);
    this.kind = kind;
    this.value = value;
  }

  Kind kind() {
    return kind;
  }

  int value() {
    return value;
  }
}
