package dev.dockwire.program.shell;

import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines and never more than them, byte by byte: what follows belongs to the commands that the
 * shell starts.
 */
final class LineReader {

  /** How reading a line came out. */
  enum Outcome {
    LINE,
    DISTURBED,
    END
  }

  private final Process self;
  private final Input input;
  private final byte[] oneByte = new byte[1];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineReader(Process self, Input input) {
    this.self = self;
    this.input = input;
  }

  /**
   * Reads on until a line is whole, a signal comes, or the input ends.
   *
   * @return LINE also for a last line that does not end in a newline
   */
  Outcome read() {
    while (true) {
      int count = input.read(self, oneByte, 0, 1);
      if (count == 0) {
        return Outcome.DISTURBED;
      }
      if (count < 0) {
        return line.size() > 0 ? Outcome.LINE : Outcome.END;
      }
      line.write(oneByte[0]);
      if (oneByte[0] == '\n') {
        return Outcome.LINE;
      }
    }
  }

  /** Takes what has been read of the line, its newline included. */
  String take() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    return text;
  }

  /**
   * Reads everything up to the end.
   *
   * @throws ShellException if that is more than {@code limit} bytes
   */
  byte[] readAll(int limit) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    int count;
    while ((count = input.read(self, buffer, 0, buffer.length)) >= 0) {
      if (all.size() + count > limit) {
        throw ShellException.outOfMemory();
      }
      all.write(buffer, 0, count);
    }
    return all.toByteArray();
  }
}
