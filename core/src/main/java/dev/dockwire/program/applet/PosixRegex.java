package dev.dockwire.program.applet;

/** Turns POSIX regular expressions, basic and extended, into Java's. */
final class PosixRegex {

  /** Characters that a basic expression gives their meaning by a backslash, unlike Java. */
  private static final String SWAPPED = "+?|(){}";

  private PosixRegex() {}

  static String toJava(String posix, boolean extended) {
    StringBuilder java = new StringBuilder();
    int i = 0;
    while (i < posix.length()) {
      char c = posix.charAt(i);
      if (c == '[') {
        i = bracket(posix, i, java);
        continue;
      }
      if (c == '\\' && i + 1 < posix.length()) {
        char next = posix.charAt(i + 1);
        boolean special = !extended && SWAPPED.indexOf(next) >= 0;
        java.append(special ? String.valueOf(next) : escaped(next));
        i += 2;
        continue;
      }
      boolean literal =
          c == '\\'
              || !extended && SWAPPED.indexOf(c) >= 0
              || !extended && c == '*' && atStart(posix, i);
      java.append(literal ? "\\" + c : String.valueOf(c));
      i++;
    }
    return java.toString();
  }

  private static boolean atStart(String posix, int i) {
    return i == 0 || i == 1 && posix.charAt(0) == '^' || posix.startsWith("\\(", i - 2);
  }

  /** GNU's word anchors and classes, a back reference, or a literal character. */
  private static String escaped(char c) {
    return switch (c) {
      case '<' -> "\\b(?=\\w)";
      case '>' -> "\\b(?<=\\w)";
      case 'w', 'W', 'b', 'B', 's', 'S' -> "\\" + c;
      default -> Character.isLetter(c) ? String.valueOf(c) : "\\" + c;
    };
  }

  /** Copies a bracket expression; in POSIX a backslash in it stands for itself. */
  private static int bracket(String posix, int start, StringBuilder java) {
    int i = start + 1;
    StringBuilder inside = new StringBuilder("[");
    if (i < posix.length() && posix.charAt(i) == '^') {
      inside.append('^');
      i++;
    }
    for (int first = i; i < posix.length() && (posix.charAt(i) != ']' || i == first); ) {
      int end = posix.startsWith("[:", i) ? posix.indexOf(":]", i) : -1;
      if (end > 0) {
        inside.append(named(posix.substring(i + 2, end)));
        i = end + 2;
      } else {
        char c = posix.charAt(i++);
        inside.append("[]\\&^".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c));
      }
    }
    if (i >= posix.length()) {
      java.append('[');
      return start + 1;
    }
    java.append(inside).append(']');
    return i + 1;
  }

  private static String named(String name) {
    return switch (name) {
      case "alpha" -> "\\p{Alpha}";
      case "digit" -> "\\p{Digit}";
      case "alnum" -> "\\p{Alnum}";
      case "space" -> "\\s";
      case "upper" -> "\\p{Upper}";
      case "lower" -> "\\p{Lower}";
      case "punct" -> "\\p{Punct}";
      case "xdigit" -> "\\p{XDigit}";
      case "blank" -> " \\t";
      case "print" -> "\\p{Print}";
      default -> "";
    };
  }
}
