package dev.dockwire.stack.tcp.script;

import java.util.ArrayList;
import java.util.List;

/**
 * A scenario as it is written: what it shows, and its lines, those of a loop nested in the line
 * that begins it.
 */
record Script(String title, List<Line> lines) {

  /**
   * One line, without its comment.
   *
   * @param inner the lines between its braces; empty if it has none
   */
  record Line(String file, int number, String text, List<Line> inner) {

    boolean isLoop() {
      return text.endsWith("{");
    }

    Line withText(String other) {
      return new Line(file, number, other, inner);
    }
  }

  /** Reads lines of a file; its first comment is the title. */
  static Script parse(String file, List<String> text) {
    StringBuilder title = new StringBuilder();
    int first = 0;
    while (first < text.size() && text.get(first).startsWith("#")) {
      title.append(title.isEmpty() ? "" : " ").append(text.get(first).substring(1).strip());
      first++;
    }
    if (title.isEmpty()) {
      throw new ScenarioFailure(
          new Line(file, 1, "", List.of()), "the first line must be a comment: the title", "");
    }
    List<Line> lines = new ArrayList<>();
    int end = parse(file, text, first, lines);
    if (end < text.size()) {
      throw new ScenarioFailure(new Line(file, end + 1, "}", List.of()), "closes nothing", "");
    }
    return new Script(title.toString(), lines);
  }

  /** Returns the index of the brace that ends these lines, or of the end of the file. */
  private static int parse(String file, List<String> text, int first, List<Line> into) {
    int i = first;
    while (i < text.size()) {
      String line = withoutComment(text.get(i)).strip();
      if (line.equals("}")) {
        return i;
      }
      if (line.endsWith("{")) {
        List<Line> inner = new ArrayList<>();
        int end = parse(file, text, i + 1, inner);
        Line loop = new Line(file, i + 1, line, inner);
        if (end == text.size()) {
          throw new ScenarioFailure(loop, "is never closed", "");
        }
        into.add(loop);
        i = end;
      } else if (!line.isEmpty()) {
        into.add(new Line(file, i + 1, line, List.of()));
      }
      i++;
    }
    return i;
  }

  private static String withoutComment(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '"') {
        quoted = !quoted;
      } else if (line.charAt(i) == '#' && !quoted) {
        return line.substring(0, i);
      }
    }
    return line;
  }
}
