package dev.dockwire.program.mysql.sql;

/** Says that a statement has to wait until another session's transaction has ended. */
public final class LockedException extends Exception {

  private static final long serialVersionUID = 1;

  LockedException() {
    super("locked", null, false, false);
  }
}
