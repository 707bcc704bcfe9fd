package dev.dockwire.program.tc;

/** Why a command of tc cannot be carried out: what it prints, whole, and its exit status. */
final class TcException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  private TcException(String text, int status) {
    super(text, null, false, false);
    this.status = status;
  }

  /** The user asked for it. */
  static TcException help(String text) {
    return new TcException(text + "\n", 0);
  }

  /** The command line is wrong. */
  static TcException usage(String text) {
    return new TcException(text + "\n", 1);
  }

  /** The command line ends too soon, or names what there is not. */
  static TcException incomplete(String text) {
    return new TcException(text + "\n", 255);
  }

  /** The kernel refuses. */
  static TcException refused(String text) {
    return new TcException(text + "\n", 2);
  }

  int status() {
    return status;
  }
}
