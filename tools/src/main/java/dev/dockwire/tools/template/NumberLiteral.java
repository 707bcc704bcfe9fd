package dev.dockwire.tools.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a Go number or character constant. It keeps every form the text can take: 1.0 serves where
 * an integer is wanted, and 3 where a real number is. Imaginary numbers are refused.
 */
final class NumberLiteral {

  private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);

  private static final Pattern MISPLACED_UNDERSCORE =
      Pattern.compile("(?<![0-9a-fA-FxXoObB])_|_(?![0-9a-fA-F])");

  private NumberLiteral() {}

  static Node.Number parse(int position, String text) {
    if (text.charAt(0) == '\'') {
      long rune = character(text);
      return new Node.Number(position, text, rune, (double) rune);
    }
    String digits = MISPLACED_UNDERSCORE.matcher(text).find() ? "" : text.replace("_", "");
    BigInteger integer = integer(digits);
    if (integer != null && integer.bitLength() < Long.SIZE) {
      return new Node.Number(position, text, integer.longValue(), integer.doubleValue());
    }
    if (integer != null && integer.signum() > 0 && integer.compareTo(UNSIGNED_LIMIT) < 0) {
      return new Node.Number(position, text, null, integer.doubleValue());
    }
    Double real = real(digits);
    if (real == null) {
      throw new TemplateException("illegal number syntax: " + GoText.quote(text));
    }
    if (!text.matches(".*[.eEpP].*")) {
      throw new TemplateException("integer overflow: " + GoText.quote(text));
    }
    long whole = real.longValue();
    return new Node.Number(position, text, whole == real ? whole : null, real);
  }

  private static long character(String text) {
    String rune = text.length() > 2 ? GoText.unquote(text) : "";
    if (rune.isEmpty()) {
      throw new TemplateException("invalid syntax");
    }
    if (rune.codePointCount(0, rune.length()) != 1) {
      throw new TemplateException("malformed character constant: " + text);
    }
    return rune.codePointAt(0);
  }

  private static BigInteger integer(String text) {
    String sign = text.startsWith("-") ? "-" : "";
    String digits = text.replaceFirst("^[+-]", "");
    int radix =
        switch (digits.length() > 1 ? digits.substring(0, 2).toLowerCase(Locale.ROOT) : "") {
          case "0x" -> 16;
          case "0o" -> 8;
          case "0b" -> 2;
          default -> 10;
        };
    if (radix != 10) {
      digits = digits.substring(2);
    } else if (digits.startsWith("0") && digits.length() > 1) {
      radix = 8;
    }
    try {
      return digits.matches("[0-9a-fA-F]+") ? new BigInteger(sign + digits, radix) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Double real(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? null : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
