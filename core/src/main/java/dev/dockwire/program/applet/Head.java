package dev.dockwire.program.applet;

import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.SystemCallException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** {@code head}: the first lines or bytes, or all but the last ones. */
public final class Head implements Program {

  private static final Usage USAGE =
      new Usage(
          "head",
          """
          head [OPTIONS] [FILE]...

          Print first 10 lines of FILEs (or stdin).
          With more than one FILE, precede each with a filename header.

          \t-n N[bkm]\tPrint first N lines
          \t-n -N[bkm]\tPrint all except N last lines
          \t-c [-]N[bkm]\tPrint first N bytes
          \t\t\t(b:*512 k:*1024 m:*1024^2)
          \t-q\t\tNever print headers
          \t-v\t\tAlways print headers
          """);

  private static final long MAX_COUNT = 1L << 40;

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "n:c:qv0123456789");
    boolean bytes = options.has('c');
    String amount = options.value(bytes ? 'c' : 'n').orElse(oldStyle(self).orElse("10"));
    boolean allButLast = amount.startsWith("-");
    long count = count(options, allButLast ? amount.substring(1) : amount);
    List<String> operands = ByteText.orStdin(options.operands());
    boolean headed = options.has('v') || operands.size() > 1 && !options.has('q');
    int status = 0;
    boolean first = true;
    for (String operand : operands) {
      String gap = first ? "" : "\n";
      first = false;
      try {
        Input input = ByteText.open(self, operand);
        if (headed) {
          String name = operand.equals("-") ? "standard input" : operand;
          ByteText.print(self, gap + "==> " + name + " <==\n");
        }
        if (bytes) {
          printBytes(self, input, count, allButLast);
        } else {
          printLines(self, new Lines(self, input), count, allButLast);
        }
      } catch (SystemCallException failed) {
        USAGE.complain(self, operand + ": " + failed.getMessage());
        status = 1;
      }
    }
    return status;
  }

  /** {@code head -5}. */
  private static Optional<String> oldStyle(Process self) {
    return self.arguments().stream()
        .filter(word -> word.matches("-[0-9]{1,9}"))
        .map(word -> word.substring(1))
        .findFirst();
  }

  private static long count(Options options, String text) {
    int unit =
        switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
          case 'b' -> 512;
          case 'k' -> 1 << 10;
          case 'm' -> 1 << 20;
          default -> 1;
        };
    return unit
        * options.number(unit == 1 ? text : text.substring(0, text.length() - 1), MAX_COUNT);
  }

  private static void printLines(Process self, Lines lines, long count, boolean allButLast) {
    ArrayDeque<String> held = new ArrayDeque<>();
    long printed = 0;
    while (allButLast || printed < count) {
      Optional<String> line = lines.next();
      if (line.isEmpty()) {
        return;
      }
      held.add(line.get());
      if (!allButLast || held.size() > count) {
        ByteText.print(self, held.remove());
        printed++;
      }
    }
  }

  private static void printBytes(Process self, Input input, long count, boolean allButLast) {
    if (allButLast) {
      String all = ByteText.readAll(self, input);
      ByteText.print(self, all.substring(0, (int) Math.max(0, all.length() - count)));
      return;
    }
    byte[] buffer = new byte[4096];
    long left = count;
    while (left > 0) {
      int read = input.read(self, buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        return;
      }
      self.stdio().out().write(self, buffer, 0, read);
      left -= read;
    }
  }
}
