package dev.dockwire.program.shell;

/**
 * Shell patterns: {@code *}, {@code ?}, {@code [...]}, and a backslash before what is meant
 * literally. Expansion keeps quoted characters apart from others by such backslashes.
 */
final class Pattern {

  private Pattern() {}

  /** Puts a backslash before every character that has a meaning in a pattern. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if ("*?[\\".indexOf(text.charAt(i)) >= 0) {
        escaped.append('\\');
      }
      escaped.append(text.charAt(i));
    }
    return escaped.toString();
  }

  static String unescape(String pattern) {
    StringBuilder text = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
        i++;
      }
      text.append(pattern.charAt(i));
    }
    return text.toString();
  }

  /** Whether anything in it stands for more than itself. */
  static boolean isPattern(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || c == '[') {
        return true;
      }
    }
    return false;
  }

  /** Matches the whole text; a mismatch goes back to the latest star only, never further. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      int next = p < pattern.length() ? matchOne(pattern, p, text.charAt(t)) : -1;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (next > 0) {
        p = next;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on if its element at {@code p} is met by {@code c}; -1 if it is not. */
  private static int matchOne(String pattern, int p, char c) {
    return switch (pattern.charAt(p)) {
      case '?' -> p + 1;
      case '\\' -> {
        int literal = Math.min(p + 1, pattern.length() - 1);
        yield pattern.charAt(literal) == c ? literal + 1 : -1;
      }
      case '[' -> matchBracket(pattern, p, c);
      default -> pattern.charAt(p) == c ? p + 1 : -1;
    };
  }

  private static int matchBracket(String pattern, int start, char c) {
    int p = start + 1;
    boolean negated = p < pattern.length() && "!^".indexOf(pattern.charAt(p)) >= 0;
    p += negated ? 1 : 0;
    boolean found = false;
    for (int first = p; p < pattern.length() && (pattern.charAt(p) != ']' || p == first); p++) {
      p += pattern.charAt(p) == '\\' && p + 1 < pattern.length() ? 1 : 0;
      char low = pattern.charAt(p);
      char high = low;
      if (p + 2 < pattern.length()
          && pattern.charAt(p + 1) == '-'
          && pattern.charAt(p + 2) != ']') {
        p += 2;
        high = pattern.charAt(p);
      }
      found |= low <= c && c <= high;
    }
    if (p >= pattern.length()) {
      // Without its end it is no bracket expression.
      return c == '[' ? start + 1 : -1;
    }
    return found != negated ? p + 1 : -1;
  }
}
