package dev.dockwire.tools.template;

import java.util.ArrayList;
import java.util.List;

/** Package fmt: how values print by themselves, side by side, and under a format. */
final class GoFormat {

  /** Wider than this is refused, as by Go itself. */
  private static final int WIDEST = 1_000_000;

  private GoFormat() {}

  /** The value of an action as the template writes it. */
  static String print(Value value) {
    return value.isNone() ? "<no value>" : Directive.PLAIN.format(indirect(value));
  }

  /** A pointer to a struct prints as the struct. */
  private static Value indirect(Value value) {
    return value.data() instanceof GoStruct struct && struct.isPointer()
        ? Value.of(new GoStruct(struct.type().substring(1), struct.fields()))
        : value;
  }

  /** Side by side, with a blank between two that are both no strings. */
  static String sprint(List<Value> values) {
    StringBuilder out = new StringBuilder();
    boolean afterString = true;
    for (Value value : values) {
      boolean string = value.isString();
      out.append(!string && !afterString ? " " : "").append(Directive.PLAIN.format(value));
      afterString = string;
    }
    return out.toString();
  }

  static String sprintln(List<Value> values) {
    return String.join(" ", values.stream().map(Directive.PLAIN::format).toList()) + "\n";
  }

  static String sprintf(String format, List<Value> arguments) {
    StringBuilder out = new StringBuilder();
    int used = 0;
    int at = 0;
    while (true) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        out.append(format, at, format.length());
        break;
      }
      out.append(format, at, percent);
      int flags = skip(format, percent + 1, "+-# 0");
      int width = skip(format, flags, "0123456789");
      boolean point = format.startsWith(".", width);
      int precision = point ? skip(format, width + 1, "0123456789") : width;
      int wide = number(format.substring(flags, width), Directive.UNSET);
      int precise = point ? number(format.substring(width + 1, precision), 0) : Directive.UNSET;
      if (precision == format.length() || wide > WIDEST || precise > WIDEST) {
        out.append("%!(NOVERB)");
        break;
      }
      int verb = format.codePointAt(precision);
      at = precision + Character.charCount(verb);
      if (verb == '%') {
        out.append('%');
      } else if (used == arguments.size()) {
        out.append("%!").appendCodePoint(verb).append("(MISSING)");
      } else {
        String flag = format.substring(percent + 1, flags);
        out.append(new Directive(verb, flag, wide, precise).format(arguments.get(used++)));
      }
    }
    if (used < arguments.size()) {
      out.append(extra(arguments.subList(used, arguments.size())));
    }
    return out.toString();
  }

  private static String extra(List<Value> arguments) {
    List<String> shown = new ArrayList<>();
    for (Value argument : arguments) {
      String type = argument.isNone() ? "" : argument.type() + "=";
      shown.add(type + Directive.PLAIN.format(argument));
    }
    return "%!(EXTRA " + String.join(", ", shown) + ")";
  }

  private static int skip(String text, int from, String accepted) {
    int at = from;
    while (at < text.length() && accepted.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int number(String digits, int missing) {
    if (digits.isEmpty()) {
      return missing;
    }
    return digits.length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }
}
