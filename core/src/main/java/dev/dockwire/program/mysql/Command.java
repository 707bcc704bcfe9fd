package dev.dockwire.program.mysql;

/** The first octet of what a client sends once it is logged in. */
public final class Command {

  public static final int QUIT = 0x01;
  public static final int INIT_DB = 0x02;
  public static final int QUERY = 0x03;
  public static final int STATISTICS = 0x09;
  public static final int PING = 0x0e;
  public static final int STMT_PREPARE = 0x16;
  public static final int SET_OPTION = 0x1b;
  public static final int RESET_CONNECTION = 0x1f;

  private Command() {}
}
