package dev.dockwire.program.http.server;

import dev.dockwire.host.Output;
import dev.dockwire.host.Process;

/**
 * What a server writes while it serves. Connections are served on the stack's thread, which cannot
 * wait for a reader of the log; so lines are kept until the process, woken by the first, writes
 * them.
 */
final class ServerLog {

  /** Past this connections are not served until the log has been written. */
  private static final int FULL = 256 << 10;

  private final Process self;
  private Text access = new Text();
  private Text accessBeingWritten = new Text();
  private final StringBuilder errors = new StringBuilder();

  ServerLog(Process self) {
    this.self = self;
  }

  /** The buffer to append a line of the access log to; {@link #wake} says that it is there. */
  Text access() {
    return access;
  }

  void error(String line) {
    errors.append(line);
  }

  void wake() {
    if (!isEmpty()) {
      self.wake();
    }
  }

  boolean isEmpty() {
    return access.length() == 0 && errors.isEmpty();
  }

  boolean isFull() {
    return access.length() + errors.length() > FULL;
  }

  /** Writes all that is there; called by the process's own thread. */
  void flush() {
    if (!errors.isEmpty()) {
      String lines = errors.toString();
      errors.setLength(0);
      self.printError(lines);
    }
    if (access.length() > 0) {
      Text lines = access;
      access = accessBeingWritten.clear();
      accessBeingWritten = lines;
      Output out = self.stdio().out();
      out.write(self, lines.bytes(), 0, lines.length());
    }
  }
}
