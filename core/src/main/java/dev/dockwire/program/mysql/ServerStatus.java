package dev.dockwire.program.mysql;

/** Flags that a server sends behind its answers. */
public final class ServerStatus {

  public static final int IN_TRANSACTION = 1;
  public static final int AUTOCOMMIT = 2;

  private ServerStatus() {}
}
