package dev.dockwire.tools.template;

import java.util.List;

/**
 * {@code eq ne lt le gt ge}. Values compare within one basic kind only: an integer and a float are
 * as incompatible as a number and a text. Nil equals nothing but nil.
 */
final class Comparison {

  private static final String INVALID = "invalid type for comparison";
  private static final String INCOMPATIBLE = "incompatible types for comparison";

  private enum Kind {
    OTHER,
    BOOL,
    INTEGER,
    REAL,
    STRING
  }

  private Comparison() {}

  /** Whether the first argument equals one of the others. */
  static Value equal(List<Value> arguments) {
    if (arguments.size() < 2) {
      throw new TemplateException("missing argument for comparison");
    }
    Value first = arguments.getFirst().unboxed();
    for (Value other : arguments.subList(1, arguments.size())) {
      if (equal(first, other.unboxed())) {
        return Value.of(true);
      }
    }
    return Value.of(false);
  }

  static Value notEqual(List<Value> arguments) {
    return Value.of(!equal(arguments).isTrue());
  }

  static Value less(List<Value> arguments) {
    return Value.of(less(arguments.get(0).unboxed(), arguments.get(1).unboxed()));
  }

  static Value lessOrEqual(List<Value> arguments) {
    return Value.of(less(arguments).isTrue() || equal(arguments).isTrue());
  }

  static Value greater(List<Value> arguments) {
    return Value.of(!lessOrEqual(arguments).isTrue());
  }

  static Value greaterOrEqual(List<Value> arguments) {
    return Value.of(!less(arguments).isTrue());
  }

  private static boolean equal(Value a, Value b) {
    if (kind(a) != kind(b)) {
      if (a.isNone() || b.isNone()) {
        return false;
      }
      throw new TemplateException(INCOMPATIBLE);
    }
    return switch (kind(a)) {
      case INTEGER -> a.integer() == b.integer();
      case REAL -> ((Double) a.data()).doubleValue() == (Double) b.data();
      case BOOL, STRING -> a.data().equals(b.data());
      case OTHER -> equalOthers(a, b);
    };
  }

  private static boolean equalOthers(Value a, Value b) {
    boolean aIsNil = a.isNone() || a.data() instanceof GoNil;
    boolean bIsNil = b.isNone() || b.data() instanceof GoNil;
    if (aIsNil || bIsNil) {
      return aIsNil && bIsNil;
    }
    if (a.isMap() != b.isMap() || a.isList() != b.isList()) {
      throw new TemplateException(
          "non-comparable types "
              + (GoFormat.print(a) + ": " + a.type() + ", ")
              + (b.type() + ": " + GoFormat.print(b)));
    }
    if (!(b.data() instanceof GoStruct)) {
      throw new TemplateException("non-comparable type " + GoFormat.print(b) + ": " + b.type());
    }
    return a.equals(b);
  }

  private static boolean less(Value a, Value b) {
    if (kind(a) == Kind.OTHER || kind(b) == Kind.OTHER) {
      throw new TemplateException(INVALID);
    }
    if (kind(a) != kind(b)) {
      throw new TemplateException(INCOMPATIBLE);
    }
    return switch (kind(a)) {
      case INTEGER -> a.integer() < b.integer();
      case REAL -> (Double) a.data() < (Double) b.data();
      case STRING -> a.string().compareTo(b.string()) < 0;
      default -> throw new TemplateException(INVALID);
    };
  }

  private static Kind kind(Value value) {
    return switch (value.data()) {
      case Boolean _ -> Kind.BOOL;
      case Integer _, Long _ -> Kind.INTEGER;
      case Double _ -> Kind.REAL;
      case String _ -> Kind.STRING;
      case null, default -> Kind.OTHER;
    };
  }
}
