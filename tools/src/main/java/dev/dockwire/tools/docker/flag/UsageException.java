package dev.dockwire.tools.docker.flag;

/** The command line does not fit docker's grammar; the message is docker's. */
public final class UsageException extends Exception {

  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message, null, false, false);
  }
}
