package dev.dockwire.program.tc;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number at the start of a word, and what follows it, as C's {@code strtod} finds them; with the
 * conversions of a C program on a 64-bit machine.
 */
record CNumber(double value, String rest) {

  private static final Pattern NUMBER =
      Pattern.compile(
          "\\s*([+-]?)(0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)(?:p[+-]?\\d+)?"
              + "|(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?|inf(?:inity)?|nan)",
          Pattern.CASE_INSENSITIVE);
  private static final double TWO_TO_63 = 0x1p63;

  static Optional<CNumber> parse(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    double value = magnitude(matcher.group(2).toLowerCase(Locale.ROOT));
    return Optional.of(
        new CNumber(matcher.group(1).equals("-") ? -value : value, text.substring(matcher.end())));
  }

  private static double magnitude(String digits) {
    if (digits.startsWith("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (digits.equals("nan")) {
      return Double.NaN;
    }
    boolean hexadecimal = digits.startsWith("0x");
    return Double.parseDouble(hexadecimal && !digits.contains("p") ? digits + "p0" : digits);
  }

  /** A whole word that is an integer, as {@code strtol} reads it: decimal, 0x or octal. */
  static OptionalLong integer(String text) {
    try {
      return OptionalLong.of(Long.decode(text));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  /** The integer part; what does not fit 64 bits becomes the least of them. */
  static long truncate(double value) {
    return value > -TWO_TO_63 && value < TWO_TO_63 ? (long) value : Long.MIN_VALUE;
  }

  /** As {@code printf} writes it with {@code %.<digits>g}. */
  static String general(double value, int digits) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    if (rounded.signum() == 0) {
      return "0";
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return rounded.stripTrailingZeros().toPlainString();
    }
    String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    String padding = Math.abs(exponent) < 10 ? "0" : "";
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + padding + Math.abs(exponent);
  }
}
