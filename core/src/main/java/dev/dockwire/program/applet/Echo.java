package dev.dockwire.program.applet;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import java.util.List;

/** {@code echo [-neE] [ARG]...}. */
public final class Echo implements Program {

  @Override
  public int run(Process self) {
    self.print(text(self.arguments().subList(1, self.arguments().size())));
    return 0;
  }

  /** What echo prints, given its arguments. */
  public static String text(List<String> arguments) {
    boolean newline = true;
    boolean escapes = false;
    int first = 0;
    while (first < arguments.size() && arguments.get(first).matches("-[neE]+")) {
      for (char letter : arguments.get(first).substring(1).toCharArray()) {
        newline &= letter != 'n';
        escapes = letter == 'e' || escapes && letter != 'E';
      }
      first++;
    }
    String text = String.join(" ", arguments.subList(first, arguments.size()));
    if (escapes) {
      Escapes escaped = Escapes.expand(text, true);
      return escaped.text() + (newline && !escaped.cut() ? "\n" : "");
    }
    return text + (newline ? "\n" : "");
  }
}
