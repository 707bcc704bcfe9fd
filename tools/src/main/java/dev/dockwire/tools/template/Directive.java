package dev.dockwire.tools.template;

import java.util.HexFormat;
import java.util.Locale;

/**
 * One formatting directive: {@code %-8.3f}. Writes a value of any kind, with the directive applied
 * to each element of a container, and complains inside of its output, {@code %!d(string=web)}.
 *
 * <p>Limits: {@code %#v} prints as {@code %+v}; no argument numbers and no width from an argument.
 */
record Directive(int verb, String flags, int width, int precision) {

  static final int UNSET = -1;
  static final Directive PLAIN = new Directive('v', "", UNSET, UNSET);

  String format(Value value) {
    StringBuilder out = new StringBuilder();
    if (verb == 'T') {
      out.append(pad(value.isNone() ? "<nil>" : value.type()));
    } else if (value.isNone() || value.isNil()) {
      out.append(verb == 'v' ? pad("<nil>") : "%!" + Character.toString(verb) + "(<nil>)");
    } else {
      write(out, value, true);
    }
    return out.toString();
  }

  private void write(StringBuilder out, Value boxed, boolean outermost) {
    Value value = boxed.unboxed();
    switch (value.data()) {
      case null -> out.append("<nil>");
      case GoNil nil -> out.append(nil.isPointer() ? "<nil>" : nil.isMap() ? "map[]" : "[]");
      case String text -> out.append(string(text, value));
      case GoTime time -> out.append(string(time.printed(), value));
      case Boolean truth -> out.append(bool(truth, value));
      case Double real -> out.append(real(real, value));
      case Number number -> out.append(integer(number.longValue(), value));
      case GoStruct struct when struct.isPointer() && !outermost ->
          // Docker prints where the struct lies in memory, which is of no use to anyone.
          out.append("0xc000000000");
      case GoStruct struct -> struct(out, struct, outermost);
      default -> container(out, value);
    }
  }

  private void struct(StringBuilder out, GoStruct struct, boolean outermost) {
    out.append(outermost && struct.isPointer() ? "&{" : "{");
    String separator = "";
    for (var field : struct.fields().entrySet()) {
      if (field.getValue() instanceof GoMethod) {
        continue;
      }
      out.append(separator);
      if (verb == 'v' && (has('+') || has('#'))) {
        out.append(field.getKey()).append(':');
      }
      write(out, Value.ofField(field.getValue()), false);
      separator = " ";
    }
    out.append('}');
  }

  private void container(StringBuilder out, Value value) {
    String separator = "";
    out.append(value.isMap() ? "map[" : "[");
    if (value.isMap()) {
      for (var entry : value.entries().entrySet()) {
        out.append(separator).append(string(entry.getKey(), Value.of(entry.getKey())));
        out.append(':');
        write(out, entry.getValue(), false);
        separator = " ";
      }
    } else {
      for (Value element : value.elements()) {
        out.append(separator);
        write(out, element, false);
        separator = " ";
      }
    }
    out.append(']');
  }

  private String string(String text, Value value) {
    return switch (verb) {
      case 'v', 's' -> pad(cut(text));
      case 'q' -> pad(quoted(cut(text)));
      case 'x', 'X' -> pad(hexadecimal(text));
      default -> mismatch(value);
    };
  }

  private String quoted(String text) {
    boolean raw = has('#') && text.chars().noneMatch(c -> c == '`' || c < ' ' && c != '\t');
    return raw ? "`" + text + "`" : GoText.quote(text, '"', has('+'));
  }

  private String hexadecimal(String text) {
    byte[] bytes = GoText.utf8(text);
    HexFormat hex = HexFormat.of();
    String prefix = has('#') ? "0x" : "";
    if (has(' ')) {
      hex = HexFormat.ofDelimiter(" " + prefix);
    }
    int length = precision == UNSET ? bytes.length : Math.min(precision, bytes.length);
    return sized(length == 0 ? "" : prefix + hex.formatHex(bytes, 0, length));
  }

  private String bool(boolean truth, Value value) {
    return verb == 'v' || verb == 't' ? pad(Boolean.toString(truth)) : mismatch(value);
  }

  private String integer(long number, Value value) {
    return switch (verb) {
      case 'v', 'd' -> number(number, 10, "");
      case 'b' -> number(number, 2, has('#') ? "0b" : "");
      case 'o' -> number(number, 8, has('#') ? "0" : "");
      case 'O' -> number(number, 8, "0o");
      case 'x', 'X' -> sized(number(number, 16, has('#') ? "0x" : ""));
      case 'c' -> pad(Character.toString(rune(number)));
      case 'q' -> pad(GoText.quote(Character.toString(rune(number)), '\'', has('+')));
      case 'U' -> pad(String.format(Locale.ROOT, "U+%04X", number));
      default -> mismatch(value);
    };
  }

  private static int rune(long number) {
    return number >= 0 && number <= Character.MAX_CODE_POINT ? (int) number : 0xfffd;
  }

  private String number(long number, int radix, String prefix) {
    String digits = Long.toString(number, radix).replace("-", "");
    digits = prefix + "0".repeat(Math.max(0, precision - digits.length())) + digits;
    return padNumber(sign(number < 0) + digits, precision == UNSET);
  }

  private String real(double number, Value value) {
    if ("veEfFgGxX".indexOf(verb) < 0) {
      return mismatch(value);
    }
    char form = verb == 'v' ? 'g' : (char) Character.toLowerCase(verb);
    int digits = precision == UNSET && (form == 'e' || form == 'f') ? 6 : precision;
    String text = GoFloat.format(number, form, digits);
    boolean negative = text.startsWith("-");
    String magnitude = text.startsWith("+") || negative ? text.substring(1) : text;
    boolean finite = Character.isDigit(magnitude.charAt(0));
    String sign = text.startsWith("+") ? "+" : sign(negative);
    return padNumber(sign + (finite ? sized(magnitude) : magnitude), finite);
  }

  private String sign(boolean negative) {
    boolean plus = has('+') && verb != 'v';
    return negative ? "-" : plus ? "+" : has(' ') ? " " : "";
  }

  private String sized(String text) {
    return Character.isUpperCase(verb) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private String mismatch(Value value) {
    Directive plain = new Directive('v', flags, width, precision);
    return "%!" + Character.toString(verb) + "(" + value.type() + "=" + plain.format(value) + ")";
  }

  private String cut(String text) {
    return precision == UNSET ? text : GoText.firstRunes(text, precision);
  }

  private String pad(String text) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    if (has('-')) {
      return text + " ".repeat(missing);
    }
    return (has('0') ? "0" : " ").repeat(missing) + text;
  }

  /** Zeros go between the sign and the digits. */
  private String padNumber(String text, boolean mayFillWithZeros) {
    int missing = width - text.length();
    if (missing <= 0 || has('-') || !has('0')) {
      return pad(text);
    }
    if (!mayFillWithZeros) {
      return " ".repeat(missing) + text;
    }
    int sign = Character.isDigit(text.charAt(0)) ? 0 : 1;
    return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
  }

  private boolean has(char flag) {
    return flags.indexOf(flag) >= 0;
  }
}
