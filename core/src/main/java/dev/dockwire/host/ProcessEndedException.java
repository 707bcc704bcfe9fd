package dev.dockwire.host;

/** Unwinds the stack of a process that ends before its program returns. Programs never catch it. */
final class ProcessEndedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  ProcessEndedException(int status) {
    super("exit " + status, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
