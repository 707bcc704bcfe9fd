package dev.dockwire.tools.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Floating point numbers as Go writes them. A negative precision asks for the fewest digits that
 * tell the number from its neighbours.
 */
final class GoFloat {

  static final int SHORTEST = -1;

  /** Go writes an exponent from here on, when the fewest digits are asked for. */
  private static final int SHORTEST_EXPONENT_LIMIT = 6;

  private static final double JSON_SMALLEST_PLAIN = 1e-6;
  private static final double JSON_LARGEST_PLAIN = 1e21;

  private GoFloat() {}

  /** Verb is one of {@code e f g x}. */
  static String format(double value, char verb, int precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean negative = value < 0 || 1 / value < 0;
    double magnitude = Math.abs(value);
    String digits =
        switch (verb) {
          case 'e' -> exponential(magnitude, precision);
          case 'f' -> plain(magnitude, precision);
          case 'x' -> hexadecimal(magnitude);
          default -> general(magnitude, precision);
        };
    return negative ? "-" + digits : digits;
  }

  static String json(double value) {
    double magnitude = Math.abs(value);
    boolean plain =
        magnitude == 0 || magnitude >= JSON_SMALLEST_PLAIN && magnitude < JSON_LARGEST_PLAIN;
    return plain
        ? format(value, 'f', SHORTEST)
        : format(value, 'e', SHORTEST).replaceFirst("e-0(\\d)$", "e-$1");
  }

  private static BigDecimal shortest(double value) {
    return value == 0
        ? BigDecimal.ZERO
        : new BigDecimal(Double.toString(value)).stripTrailingZeros();
  }

  private static String plain(double value, int precision) {
    return precision < 0
        ? shortest(value).toPlainString()
        : new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String exponential(double value, int precision) {
    if (precision < 0 || value == 0) {
      return exponential(shortest(value), Math.max(precision, 0));
    }
    return exponential(rounded(value, precision + 1), precision);
  }

  /** One digit, a point, at least that many more, and the exponent in two digits or more. */
  private static String exponential(BigDecimal value, int leastDecimals) {
    String digits = value.unscaledValue().toString();
    int exponent = value.signum() == 0 ? 0 : exponent(value);
    StringBuilder out = new StringBuilder(digits.substring(1));
    while (out.length() < leastDecimals) {
      out.append('0');
    }
    if (!out.isEmpty()) {
      out.insert(0, '.');
    }
    out.insert(0, digits.charAt(0));
    return out.append(
            String.format(Locale.ROOT, "e%c%02d", exponent < 0 ? '-' : '+', Math.abs(exponent)))
        .toString();
  }

  private static String general(double value, int precision) {
    BigDecimal number =
        precision < 0 || value == 0
            ? shortest(value)
            : rounded(value, Math.max(precision, 1)).stripTrailingZeros();
    int exponent = exponent(number);
    int limit = precision < 0 ? SHORTEST_EXPONENT_LIMIT : Math.max(precision, 1);
    if (value != 0 && (exponent < -4 || exponent >= limit)) {
      return exponential(number, 0);
    }
    return number.toPlainString();
  }

  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  private static String hexadecimal(double value) {
    if (value == 0) {
      return "0x0p+00";
    }
    String[] parts = Double.toHexString(value).split("p");
    int exponent = Integer.parseInt(parts[1]);
    String sign = exponent < 0 ? "-" : "+";
    return parts[0].replaceFirst("\\.0$", "")
        + String.format(Locale.ROOT, "p%s%02d", sign, Math.abs(exponent));
  }
}
