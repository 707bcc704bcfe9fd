package dev.dockwire.capture.filter;

/** A number of 32 bits without sign that is computed for a frame. */
sealed interface Arithmetic {

  record Constant(int value) implements Arithmetic {}

  /** The frame's length on the wire. */
  record Length() implements Arithmetic {}

  /** {@code size} octets, 1, 2 or 4, at an index into a protocol's header. */
  record Load(Header header, Arithmetic index, int size) implements Arithmetic {}

  record Binary(Operator operator, Arithmetic left, Arithmetic right) implements Arithmetic {}

  /** The operators, those that bind loosest first. */
  enum Operator {
    OR("|", 0),
    XOR("^", 1),
    AND("&", 2),
    SHIFT_LEFT("<<", 3),
    SHIFT_RIGHT(">>", 3),
    PLUS("+", 4),
    MINUS("-", 4),
    TIMES("*", 5),
    DIVIDE("/", 5),
    REMAINDER("%", 5);

    static final int LEVELS = 6;

    final String symbol;
    final int level;

    Operator(String symbol, int level) {
      this.symbol = symbol;
      this.level = level;
    }

    /** Division by 0 must have been ruled out. */
    int apply(int left, int right) {
      return switch (this) {
        case OR -> left | right;
        case XOR -> left ^ right;
        case AND -> left & right;
        case SHIFT_LEFT -> right >>> 5 == 0 ? left << right : 0;
        case SHIFT_RIGHT -> right >>> 5 == 0 ? left >>> right : 0;
        case PLUS -> left + right;
        case MINUS -> left - right;
        case TIMES -> left * right;
        case DIVIDE -> Integer.divideUnsigned(left, right);
        case REMAINDER -> Integer.remainderUnsigned(left, right);
      };
    }

    boolean divides() {
      return this == DIVIDE || this == REMAINDER;
    }
  }
}
