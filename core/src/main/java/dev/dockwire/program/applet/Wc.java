package dev.dockwire.program.applet;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.SystemCallException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code wc}: counts lines, words, characters, bytes, and finds the longest line. */
public final class Wc implements Program {

  private static final Usage USAGE =
      new Usage(
          "wc",
          """
          wc [-cmlwL] [FILE]...

          Count lines, words, and bytes for FILEs (or stdin)

          \t-c\tCount bytes
          \t-m\tCount characters
          \t-l\tCount newlines
          \t-w\tCount words
          \t-L\tPrint longest line length
          """);

  /** In the order they are printed. */
  private static final String KINDS = "lwmcL";

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "cmlwL");
    String kinds =
        KINDS.chars().anyMatch(kind -> options.has((char) kind))
            ? KINDS.replaceAll("[^" + chosen(options) + "]", "")
            : "lwc";
    List<String> operands = ByteText.orStdin(options.operands());
    long[] totals = new long[kinds.length()];
    int status = 0;
    for (String operand : operands) {
      try {
        String text = ByteText.readAll(self, ByteText.open(self, operand));
        long[] counts = kinds.chars().mapToLong(kind -> count(text, (char) kind)).toArray();
        for (int i = 0; i < counts.length; i++) {
          boolean longest = kinds.charAt(i) == 'L';
          totals[i] = longest ? Math.max(totals[i], counts[i]) : totals[i] + counts[i];
        }
        print(self, counts, operands.size() > 1, options.operands().isEmpty() ? "" : operand);
      } catch (SystemCallException failed) {
        USAGE.complain(self, operand + ": " + failed.getMessage());
        status = 1;
      }
    }
    if (operands.size() > 1) {
      print(self, totals, true, "total");
    }
    return status;
  }

  private static String chosen(Options options) {
    StringBuilder chosen = new StringBuilder();
    KINDS.chars().filter(kind -> options.has((char) kind)).forEach(chosen::appendCodePoint);
    return chosen.toString();
  }

  private static long count(String text, char kind) {
    return switch (kind) {
      case 'l' -> text.chars().filter(c -> c == '\n').count();
      case 'w' -> text.isBlank() ? 0 : text.strip().split("[ \t\n\f\r\013]+").length;
      case 'c' -> text.length();
      case 'm' ->
          new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).length();
      default -> text.lines().mapToLong(String::length).max().orElse(0);
    };
  }

  /** A single count of a single file stands alone, several are in columns of nine. */
  private static void print(Process self, long[] counts, boolean columns, String name) {
    StringBuilder line = new StringBuilder();
    for (long count : counts) {
      line.append(line.isEmpty() ? "" : " ");
      line.append(
          counts.length == 1 && !columns ? Long.toString(count) : String.format("%9d", count));
    }
    self.print(line + (name.isEmpty() ? "" : " " + name) + "\n");
  }
}
