package dev.dockwire.tools.template;

/** The Go type of a function's parameter; decides which arguments fit and what a constant means. */
enum Parameter {
  /** Anything; what comes out of an interface arrives as what is inside. */
  ANY("interface {}"),
  /** Anything, as it is. */
  VALUE("reflect.Value"),
  STRING("string"),
  INT("int"),
  STRINGS("[]string");

  final String type;

  Parameter(String type) {
    this.type = type;
  }

  boolean takesAnything() {
    return this == ANY || this == VALUE;
  }

  boolean takesNil() {
    return takesAnything() || this == STRINGS;
  }

  /** The argument as the function receives it; the exception's message is not yet located. */
  Value convert(Value argument) {
    if (argument.isNone()) {
      if (!takesNil()) {
        throw new TemplateException("invalid value; expected " + type);
      }
      return this == STRINGS ? Value.of(new GoNil(type)) : argument;
    }
    if (this == VALUE) {
      return argument;
    }
    Value inside = argument.unboxed();
    if (this == ANY || inside.type().equals(type)) {
      return inside;
    }
    String got = inside.isNone() ? argument.type() : inside.type();
    throw new TemplateException("wrong type for value; expected " + type + "; got " + got);
  }

  /** A constant or nil written as the argument. */
  Value constant(Node.Operand operand) {
    return switch (operand) {
      case Node.Nil _ when takesNil() -> convert(Value.NONE);
      case Node.Nil _ -> throw new TemplateException("cannot assign nil to " + type);
      case Node.Quoted quoted when takesAnything() || this == STRING -> Value.of(quoted.text());
      case Node.Bool bool when takesAnything() -> Value.of(bool.value());
      case Node.Number number when takesAnything() -> ideal(number);
      case Node.Number number when this == INT && number.integer() != null ->
          Value.of(number.integer());
      default -> throw new TemplateException(mismatch(operand));
    };
  }

  private String mismatch(Node.Operand operand) {
    return switch (this) {
      case STRING -> "expected string; found " + operand.source();
      case INT -> "expected integer; found " + operand.source();
      default -> "can't handle " + operand.source() + " for arg of type " + type;
    };
  }

  /** The value of a number where nothing says which type is wanted. */
  private static Value ideal(Node.Number number) {
    if (number.isWrittenAsReal()) {
      return Value.of(number.real());
    }
    if (number.integer() == null) {
      throw new TemplateException(number.source() + " overflows int");
    }
    return Value.of(number.integer());
  }
}
