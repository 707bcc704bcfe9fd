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

  /** The words about a qdisc are wrong. */
  static TcException wrong(String text) {
    return new TcException(text + "\n", 1);
  }

  /** What is named by {@code name} cannot be read. */
  static TcException illegal(String name) {
    return wrong("Illegal \"" + name + "\"");
  }

  /** The words about the command are wrong, or too few. */
  static TcException malformed(String text) {
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
