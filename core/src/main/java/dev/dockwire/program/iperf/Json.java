package dev.dockwire.program.iperf;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON as iperf3's own library reads and writes it: objects are maps, arrays lists, numbers {@link
 * Number}s. Only what a parameter exchange can contain is read; the rest is no JSON.
 */
final class Json {

  private static final int MAX_DEPTH = 16;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** The object that a text is; empty if it is none. */
  static Optional<Map<String, Object>> parse(String text) {
    Json reader = new Json(text);
    try {
      return Optional.of(reader.object(0));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Object value(int depth) {
    skipSpace();
    if (depth > MAX_DEPTH || at >= text.length()) {
      throw new IllegalArgumentException();
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    while (!isNext('}')) {
      skipSpace();
      String name = string();
      expect(':');
      object.put(name, value(depth + 1));
      if (!isNext(',')) {
        expect('}');
        return object;
      }
    }
    return object;
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    expect('[');
    while (!isNext(']')) {
      array.add(value(depth + 1));
      if (!isNext(',')) {
        expect(']');
        return array;
      }
    }
    return array;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      string.append(at < text.length() ? text.charAt(at++) : "");
    }
    expect('"');
    return string.toString();
  }

  private Object word() {
    int start = at;
    while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0
        || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> "";
      default -> Double.valueOf(word);
    };
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean isNext(char wanted) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!isNext(wanted)) {
      throw new IllegalArgumentException();
    }
  }

  /** A number of an object; 0 if it has none of that name. */
  static double number(Map<String, Object> object, String name) {
    return object.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  /** A text of an object; empty if it has none of that name. */
  static String text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }

  static boolean isTrue(Map<String, Object> object, String name) {
    return Boolean.TRUE.equals(object.get(name)) || number(object, name) != 0;
  }

  /** The objects in an array of an object. */
  static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
    List<Map<String, Object>> objects = new ArrayList<>();
    if (object.get(name) instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> map) {
          Map<String, Object> copy = new LinkedHashMap<>();
          map.forEach((key, value) -> copy.put(key.toString(), value));
          objects.add(copy);
        }
      }
    }
    return objects;
  }

  /** On one line, as it is sent. */
  static String compact(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<String> fields = new ArrayList<>();
        map.forEach((name, each) -> fields.add("\"" + name + "\":" + compact(each)));
        yield "{" + String.join(",", fields) + "}";
      }
      case List<?> list ->
          "[" + String.join(",", list.stream().map(each -> compact(each)).toList()) + "]";
      default -> scalar(value);
    };
  }

  /** On many lines, indented with tabs. */
  static String pretty(Object value, int depth) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<String> fields = new ArrayList<>();
        map.forEach(
            (name, each) ->
                fields.add(
                    "\t".repeat(depth + 1) + "\"" + name + "\":\t" + pretty(each, depth + 1)));
        yield "{\n" + String.join(",\n", fields) + "\n" + "\t".repeat(depth) + "}";
      }
      case List<?> list ->
          "["
              + String.join(", ", list.stream().map(each -> pretty(each, depth + 1)).toList())
              + "]";
      default -> scalar(value);
    };
  }

  private static String scalar(Object value) {
    return switch (value) {
      case Double number -> number(number);
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    };
  }

  /** With 15 digits, or 17 if those would not be the same number. */
  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "null";
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact.round(new MathContext(15));
    if (rounded.doubleValue() != value) {
      rounded = exact.round(new MathContext(17));
    }
    rounded = rounded.stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0 || exponent >= -4) {
      return rounded.toPlainString();
    }
    String digits = rounded.scaleByPowerOfTen(-exponent).toPlainString();
    return digits + "e-" + (-exponent < 10 ? "0" : "") + -exponent;
  }
}
