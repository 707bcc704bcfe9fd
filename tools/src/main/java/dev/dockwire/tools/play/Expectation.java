package dev.dockwire.tools.play;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Expected output lines: {@code ...} alone stands for any lines, {@code [..]} within a line for any
 * text; blanks at the end of a line do not matter.
 */
record Expectation(List<String> lines) {

  static final String ANY_LINES = "...";
  static final String ANY_TEXT = "[..]";

  boolean matches(List<String> actual) {
    return matches(0, actual, 0, false);
  }

  /** Whether output that is not complete yet holds all that is expected. */
  boolean isMetBy(List<String> actual) {
    return matches(0, actual, 0, true);
  }

  private boolean matches(int nextLine, List<String> actual, int nextActual, boolean prefix) {
    if (nextLine == lines.size()) {
      return prefix || nextActual == actual.size();
    }
    if (isAnyLines(lines.get(nextLine))) {
      for (int skipped = nextActual; skipped <= actual.size(); skipped++) {
        if (matches(nextLine + 1, actual, skipped, prefix)) {
          return true;
        }
      }
      return false;
    }
    return nextActual < actual.size()
        && lineMatches(lines.get(nextLine), actual.get(nextActual))
        && matches(nextLine + 1, actual, nextActual + 1, prefix);
  }

  private static boolean isAnyLines(String line) {
    return line.strip().equals(ANY_LINES);
  }

  private static boolean lineMatches(String expected, String actual) {
    String text = expected.stripTrailing();
    if (!text.contains(ANY_TEXT)) {
      return text.equals(actual.stripTrailing());
    }
    StringBuilder pattern = new StringBuilder();
    for (String part : text.split(Pattern.quote(ANY_TEXT), -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return actual.stripTrailing().matches(pattern.toString());
  }

  /** What is missing ({@code -}) and what came instead ({@code +}), between lines that agree. */
  List<String> difference(List<String> actual) {
    int[][] common = commonLines(actual);
    List<String> difference = new ArrayList<>();
    int line = 0;
    int other = 0;
    while (line < lines.size() || other < actual.size()) {
      if (line < lines.size()
          && other < actual.size()
          && lineMatches(lines.get(line), actual.get(other))) {
        difference.add("  " + actual.get(other++));
        line++;
      } else if (other < actual.size()
          && (line == lines.size() || common[line][other + 1] > common[line + 1][other])) {
        difference.add("+ " + actual.get(other++));
      } else {
        difference.add("- " + lines.get(line++));
      }
    }
    return difference;
  }

  /** The length of the longest common subsequence from each pair of lines on. */
  private int[][] commonLines(List<String> actual) {
    int[][] common = new int[lines.size() + 1][actual.size() + 1];
    for (int line = lines.size() - 1; line >= 0; line--) {
      for (int other = actual.size() - 1; other >= 0; other--) {
        common[line][other] =
            lineMatches(lines.get(line), actual.get(other))
                ? common[line + 1][other + 1] + 1
                : Math.max(common[line + 1][other], common[line][other + 1]);
      }
    }
    return common;
  }
}
