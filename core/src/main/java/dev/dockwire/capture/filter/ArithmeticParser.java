package dev.dockwire.capture.filter;

import dev.dockwire.capture.filter.Arithmetic.Operator;
import dev.dockwire.capture.filter.Condition.Comparison;

/** Reads relations between numbers: {@code tcp[tcpflags] & (tcp-syn|tcp-fin) != 0}. */
final class ArithmeticParser {

  private static final long MAX_NUMBER = 0xffff_ffffL;

  private final Cursor cursor;

  ArithmeticParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The relation that begins here; null if something else does. */
  Condition relation() throws FilterException {
    Arithmetic left = binary(0);
    Comparison comparison = left == null ? null : comparison();
    if (comparison == null) {
      return null;
    }
    return new Condition.Relation(left, comparison, required(binary(0)));
  }

  private static Arithmetic required(Arithmetic number) throws FilterException {
    if (number == null) {
      throw FilterException.syntaxError();
    }
    return number;
  }

  private Comparison comparison() {
    if (cursor.accept("=")) {
      return Comparison.EQUAL;
    } else if (cursor.accept("!=")) {
      return Comparison.NOT_EQUAL;
    } else if (cursor.accept(">")) {
      return Comparison.GREATER;
    } else if (cursor.accept(">=")) {
      return Comparison.GREATER_OR_EQUAL;
    } else if (cursor.accept("<")) {
      return Comparison.LESS;
    } else if (cursor.accept("<=")) {
      return Comparison.LESS_OR_EQUAL;
    }
    return null;
  }

  private Arithmetic binary(int level) throws FilterException {
    if (level == Operator.LEVELS) {
      return unary();
    }
    Arithmetic left = binary(level + 1);
    while (left != null) {
      Operator operator = operator(level);
      if (operator == null) {
        return left;
      }
      Arithmetic right = binary(level + 1);
      if (right == null) {
        return null;
      }
      if (operator.divides() && right.equals(new Arithmetic.Constant(0))) {
        throw new FilterException(
            operator == Operator.DIVIDE ? "division by zero" : "modulus by zero");
      }
      left = new Arithmetic.Binary(operator, left, right);
    }
    return null;
  }

  private Operator operator(int level) {
    for (Operator operator : Operator.values()) {
      if (operator.level == level && cursor.accept(operator.symbol)) {
        return operator;
      }
    }
    return null;
  }

  private Arithmetic unary() throws FilterException {
    int signs = 0;
    while (cursor.accept("-")) {
      signs++;
    }
    Arithmetic number = operand();
    // Two more change nothing.
    for (int i = signs > 2 ? 2 - signs % 2 : signs; i > 0 && number != null; i--) {
      number = new Arithmetic.Binary(Operator.MINUS, new Arithmetic.Constant(0), number);
    }
    return number;
  }

  private Arithmetic operand() throws FilterException {
    if (cursor.accept("(")) {
      Arithmetic inner = binary(0);
      return inner != null && cursor.accept(")") ? inner : null;
    }
    if (cursor.accept("len") || cursor.accept("length")) {
      return new Arithmetic.Length();
    }
    if (cursor.isNumber()) {
      return new Arithmetic.Constant((int) cursor.number());
    }
    int start = cursor.position();
    Header header = cursor.header();
    if (header != null) {
      return cursor.accept("[") ? load(header) : null;
    }
    return start == cursor.position() ? named() : null;
  }

  private Arithmetic named() throws FilterException {
    if (cursor.atEnd()) {
      return null;
    }
    Token token = cursor.next();
    Integer number = token.kind() == Token.Kind.KEYWORD ? Keywords.number(token.text()) : null;
    return number == null ? null : new Arithmetic.Constant(number);
  }

  private Arithmetic load(Header header) throws FilterException {
    Arithmetic index = required(binary(0));
    long size = cursor.accept(":") ? cursor.number() : 1;
    cursor.expect("]");
    if (size != 1 && size != 2 && size != 4) {
      throw new FilterException("data size must be 1, 2, or 4");
    }
    return new Arithmetic.Load(header, index, (int) size);
  }

  /** A decimal, octal or hexadecimal number of 32 bits. */
  static long number(String text) throws FilterException {
    try {
      long number =
          text.startsWith("0x") || text.startsWith("0X")
              ? Long.parseLong(text, 2, text.length(), 16)
              : Long.parseLong(text, text.length() > 1 && text.startsWith("0") ? 8 : 10);
      if (number <= MAX_NUMBER) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Not even a long can hold it, or an octal number has an 8 or a 9.
    }
    throw new FilterException("number " + text + " overflows 32 bits");
  }
}
