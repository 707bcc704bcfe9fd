package dev.dockwire.program.mysql;

/** Flags by which client and server agree on the form of what follows. */
public final class Capability {

  public static final int LONG_PASSWORD = 1;
  public static final int FOUND_ROWS = 1 << 1;
  public static final int LONG_FLAG = 1 << 2;
  public static final int CONNECT_WITH_DB = 1 << 3;
  public static final int IGNORE_SPACE = 1 << 8;
  public static final int PROTOCOL_41 = 1 << 9;
  public static final int INTERACTIVE = 1 << 10;
  public static final int TRANSACTIONS = 1 << 13;
  public static final int SECURE_CONNECTION = 1 << 15;
  public static final int MULTI_RESULTS = 1 << 17;
  public static final int PLUGIN_AUTH = 1 << 19;
  public static final int CONNECT_ATTRS = 1 << 20;
  public static final int PLUGIN_AUTH_LENENC = 1 << 21;
  public static final int DEPRECATE_EOF = 1 << 24;

  private Capability() {}
}
