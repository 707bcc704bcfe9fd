package dev.dockwire.program.mysql;

/** Says that something was refused, with what the other side is or was told. */
public final class MysqlException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient ServerError error;

  public MysqlException(ServerError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  public MysqlException(int code, String sqlState, String message) {
    this(new ServerError(code, sqlState, message));
  }

  public ServerError error() {
    return error;
  }
}
