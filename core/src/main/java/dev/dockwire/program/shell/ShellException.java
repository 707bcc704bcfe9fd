package dev.dockwire.program.shell;

/** A command cannot be carried out; its message goes to standard error after the shell's name. */
final class ShellException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private boolean printed;

  ShellException(String message, int status) {
    super(message, null, false, false);
    this.status = status;
  }

  /** Something has grown past {@link Variables#MAX_LENGTH}. */
  static ShellException outOfMemory() {
    return new ShellException("out of memory", 2);
  }

  /** Says that the message needs no more printing. */
  ShellException printed() {
    printed = true;
    return this;
  }

  boolean isPrinted() {
    return printed;
  }

  int status() {
    return status;
  }
}
