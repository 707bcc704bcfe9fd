package dev.dockwire.tools.docker;

/** The command line does not fit docker's grammar; the message is docker's. */
public final class UsageException extends Exception {

  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message, null, false, false);
  }
}
