package dev.dockwire.program.applet;

import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.SystemCallException;
import java.util.Locale;
import java.util.Optional;

/** {@code cat}: copies as it comes, or numbers and marks lines. */
public final class Cat implements Program {

  private static final Usage USAGE =
      new Usage(
          "cat",
          """
          cat [-nbvteA] [FILE]...

          Print FILEs to stdout

          \t-n\tNumber output lines
          \t-b\tNumber nonempty lines
          \t-v\tShow nonprinting characters as ^x or M-x
          \t-t\t...and tabs as ^I
          \t-e\t...and end lines with $
          \t-A\tSame as -vte
          """);

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "nbvteAu");
    int status = 0;
    int[] number = new int[1];
    for (String operand : ByteText.orStdin(options.operands())) {
      try {
        Input input = ByteText.open(self, operand);
        if ("nbvteA".chars().anyMatch(letter -> options.has((char) letter))) {
          show(self, new Lines(self, input), options, number);
        } else {
          copy(self, input);
        }
      } catch (SystemCallException failed) {
        status = complain(self, operand, failed);
      }
    }
    return status;
  }

  private static int complain(Process self, String operand, SystemCallException failed) {
    USAGE.complain(
        self,
        switch (failed.errno()) {
          case ENOENT, ENOTDIR -> "can't open '" + operand + "': " + failed.getMessage();
          case EISDIR -> "read error: " + failed.getMessage();
          default -> failed.getMessage();
        });
    return 1;
  }

  private static void copy(Process self, Input input) {
    byte[] buffer = new byte[4096];
    for (int count = 0; count >= 0; count = input.read(self, buffer, 0, buffer.length)) {
      self.stdio().out().write(self, buffer, 0, count);
    }
  }

  private static void show(Process self, Lines lines, Options options, int[] number) {
    boolean numbering = options.has('n') || options.has('b');
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      String text = Lines.chomp(line.get());
      boolean whole = text.length() < line.get().length();
      boolean numbered = numbering && !(options.has('b') && text.isEmpty());
      String prefix = numbered ? String.format(Locale.ROOT, "%6d\t", ++number[0]) : "";
      String ending = whole ? ((options.has('e') || options.has('A')) ? "$\n" : "\n") : "";
      ByteText.print(self, prefix + visible(text, options) + ending);
    }
  }

  private static String visible(String text, Options options) {
    boolean tabs = options.has('t') || options.has('A');
    if (!tabs && !options.has('v') && !options.has('e')) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    for (char c : text.toCharArray()) {
      char low = (char) (c & 0x7f);
      shown.append(c >= 0x80 ? "M-" : "");
      if (c == '\t' && !tabs) {
        shown.append(c);
      } else if (low < ' ' || low == 0x7f) {
        shown.append('^').append((char) (low ^ 0x40));
      } else {
        shown.append(low);
      }
    }
    return shown.toString();
  }
}
