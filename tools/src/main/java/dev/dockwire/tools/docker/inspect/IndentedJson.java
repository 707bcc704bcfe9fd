package dev.dockwire.tools.docker.inspect;

import dev.dockwire.tools.template.GoJson;
import dev.dockwire.tools.template.Template;
import java.nio.charset.StandardCharsets;

/**
 * JSON as {@code docker inspect} prints it: four blanks for each level, {@code []} and {@code {}}.
 */
public final class IndentedJson {

  private IndentedJson() {}

  /** A value on one line, as the engine sends it. */
  public static String compact(Object value) {
    GoJson json = new GoJson().write(value);
    return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
  }

  /** A value of the kinds that {@link Template} takes, without a line end. */
  public static String of(Object value) {
    String compact = compact(value);
    StringBuilder text = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < compact.length(); i++) {
      char c = compact.charAt(i);
      if (quoted) {
        text.append(c);
        if (c == '\\') {
          text.append(compact.charAt(++i));
        }
        quoted = c != '"';
        continue;
      }
      switch (c) {
        case '{', '[' -> {
          text.append(c);
          char next = compact.charAt(i + 1);
          if (next == '}' || next == ']') {
            text.append(next);
            i++;
          } else {
            newLine(text, ++depth);
          }
        }
        case '}', ']' -> newLine(text, --depth).append(c);
        case ',' -> newLine(text.append(c), depth);
        case ':' -> text.append(": ");
        default -> {
          text.append(c);
          quoted = c == '"';
        }
      }
    }
    return text.toString();
  }

  private static StringBuilder newLine(StringBuilder text, int depth) {
    return text.append('\n').append("    ".repeat(depth));
  }
}
