package dev.dockwire.host;

/** A system call failed; programs print its text and go on or end. */
public final class SystemCallException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Errno errno;

  public SystemCallException(Errno errno) {
    super(errno.text(), null, false, false);
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }
}
