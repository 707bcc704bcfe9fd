package dev.dockwire.program.shell;

/** Evaluates {@code $((expression))}: C's operators on 64-bit integers, variables, assignment. */
final class Arithmetic {

  private static final int MAX_DEPTH = 100;

  /** Binary operators by rising precedence; within a level the longer ones first. */
  private static final String[][] LEVELS = {
    {"||"},
    {"&&"},
    {"|"},
    {"^"},
    {"&"},
    {"==", "!="},
    {"<=", ">=", "<", ">"},
    {"<<", ">>"},
    {"+", "-"},
    {"*", "/", "%"}
  };

  private final String text;
  private final Variables variables;
  private int position;
  private int depth;

  Arithmetic(String text, Variables variables) {
    this.text = text;
    this.variables = variables;
  }

  long value() {
    skipBlanks();
    if (position == text.length()) {
      return 0;
    }
    long value = conditional();
    if (position < text.length()) {
      throw syntaxError();
    }
    return value;
  }

  private long conditional() {
    if (++depth > MAX_DEPTH) {
      throw syntaxError();
    }
    long value = binary(0);
    if (accept("?")) {
      long then = conditional();
      if (!accept(":")) {
        throw syntaxError();
      }
      long otherwise = conditional();
      value = value != 0 ? then : otherwise;
    }
    depth--;
    return value;
  }

  private long binary(int level) {
    if (level == LEVELS.length) {
      return unary();
    }
    long left = binary(level + 1);
    while (true) {
      String operator = acceptOperator(level);
      if (operator.isEmpty()) {
        return left;
      }
      left = apply(operator, left, binary(level + 1));
    }
  }

  private String acceptOperator(int level) {
    for (String operator : LEVELS[level]) {
      boolean partOfLonger =
          operator.length() == 1
              && position + 1 < text.length()
              && "&|<>".indexOf(operator.charAt(0)) >= 0
              && text.charAt(position + 1) == operator.charAt(0);
      if (!partOfLonger && accept(operator)) {
        return operator;
      }
    }
    return "";
  }

  private long apply(String operator, long left, long right) {
    if (right == 0 && (operator.equals("/") || operator.equals("%"))) {
      throw new ShellException("divide by zero", 2);
    }
    return switch (operator) {
      case "||" -> left != 0 || right != 0 ? 1 : 0;
      case "&&" -> left != 0 && right != 0 ? 1 : 0;
      case "|" -> left | right;
      case "^" -> left ^ right;
      case "&" -> left & right;
      case "==" -> left == right ? 1 : 0;
      case "!=" -> left != right ? 1 : 0;
      case "<=" -> left <= right ? 1 : 0;
      case ">=" -> left >= right ? 1 : 0;
      case "<" -> left < right ? 1 : 0;
      case ">" -> left > right ? 1 : 0;
      case "<<" -> left << right;
      case ">>" -> left >> right;
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      default -> left % right;
    };
  }

  private long unary() {
    if (++depth > MAX_DEPTH) {
      throw syntaxError();
    }
    long value;
    if (accept("-")) {
      value = -unary();
    } else if (accept("+")) {
      value = unary();
    } else if (accept("!")) {
      value = unary() == 0 ? 1 : 0;
    } else if (accept("~")) {
      value = ~unary();
    } else {
      value = primary();
    }
    depth--;
    return value;
  }

  private long primary() {
    if (accept("(")) {
      long value = conditional();
      if (!accept(")")) {
        throw syntaxError();
      }
      return value;
    }
    int start = position;
    while (position < text.length() && Variables.isNamePart(text.charAt(position))) {
      position++;
    }
    String word = text.substring(start, position);
    skipBlanks();
    if (!Variables.isName(word)) {
      return number(word);
    }
    if (text.startsWith("=", position) && !text.startsWith("==", position)) {
      accept("=");
      long value = conditional();
      variables.set(word, Long.toString(value));
      return value;
    }
    String value = variables.get(word).orElse("").strip();
    return value.isEmpty() ? 0 : number(value);
  }

  private long number(String word) {
    try {
      return Long.decode(word);
    } catch (NumberFormatException notANumber) {
      throw syntaxError();
    }
  }

  private static ShellException syntaxError() {
    return new ShellException("arithmetic syntax error", 2);
  }

  private boolean accept(String operator) {
    if (!text.startsWith(operator, position)) {
      return false;
    }
    position += operator.length();
    skipBlanks();
    return true;
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }
}
