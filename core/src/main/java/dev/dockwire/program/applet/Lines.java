package dev.dockwire.program.applet;

import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads an input line by line, each as soon as it is there. */
final class Lines {

  private final Process self;
  private final Input input;
  private final byte[] buffer = new byte[4096];
  private String pending = "";
  private boolean ended;

  Lines(Process self, Input input) {
    this.self = self;
    this.input = input;
  }

  /** The next line with the newline that ends it; the last one may lack it. Nothing at the end. */
  Optional<String> next() {
    StringBuilder line = new StringBuilder();
    while (true) {
      int end = pending.indexOf('\n');
      if (end >= 0) {
        line.append(pending, 0, end + 1);
        pending = pending.substring(end + 1);
        return Optional.of(line.toString());
      }
      line.append(pending);
      pending = "";
      if (ended) {
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
      }
      int count = input.read(self, buffer, 0, buffer.length);
      ended = count < 0;
      if (count > 0) {
        pending = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
      }
    }
  }

  /** A line without its newline. */
  static String chomp(String line) {
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }
}
