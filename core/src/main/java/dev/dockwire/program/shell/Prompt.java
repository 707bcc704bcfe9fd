package dev.dockwire.program.shell;

import dev.dockwire.host.Process;

/** What PS1 comes to: the working directory, the host name, the user and the {@code $} or #. */
final class Prompt {

  static final String DEFAULT = "\\w \\$ ";

  /** What CentOS sets for bash. */
  private static final String BASH = "[\\u@\\h \\W]\\$ ";

  private Prompt() {}

  /** The prompt of a shell that nobody has given one, by the name it was called with. */
  static String defaultOf(String shell) {
    return shell.endsWith("bash") ? BASH : DEFAULT;
  }

  static String text(String format, Process self, Variables variables) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      if (format.charAt(i) != '\\' || i + 1 == format.length()) {
        text.append(format.charAt(i));
        continue;
      }
      char letter = format.charAt(++i);
      switch (letter) {
        case 'w' -> text.append(directory(self.workingDirectory(), variables));
        case 'W' -> {
          String path = self.workingDirectory();
          text.append(path.equals("/") ? path : path.substring(path.lastIndexOf('/') + 1));
        }
        case 'h' -> text.append(self.host().hostname().replaceFirst("\\..*", ""));
        case 'H' -> text.append(self.host().hostname());
        case 'u' -> text.append(variables.get("USER").orElse("root"));
        case '$' -> text.append('#');
        case 'n' -> text.append('\n');
        case 'e' -> text.append('\033');
        case '[', ']' -> {
          // They enclose what does not move the cursor; nothing here counts columns.
        }
        default -> text.append(letter);
      }
    }
    return text.toString();
  }

  private static String directory(String path, Variables variables) {
    String home = variables.get("HOME").orElse("");
    boolean atHome = home.length() > 1 && (path.equals(home) || path.startsWith(home + "/"));
    return atHome ? "~" + path.substring(home.length()) : path;
  }
}
