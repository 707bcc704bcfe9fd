package dev.dockwire.program.tc;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times, rates and percentages as tc reads and writes them. */
final class Units {

  private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)([A-Za-z%]*)");

  private static final Map<String, Double> NANOS =
      Map.ofEntries(
          Map.entry("", 1e3),
          Map.entry("s", 1e9),
          Map.entry("sec", 1e9),
          Map.entry("secs", 1e9),
          Map.entry("ms", 1e6),
          Map.entry("msec", 1e6),
          Map.entry("msecs", 1e6),
          Map.entry("us", 1e3),
          Map.entry("usec", 1e3),
          Map.entry("usecs", 1e3),
          Map.entry("ns", 1.0),
          Map.entry("nsec", 1.0),
          Map.entry("nsecs", 1.0));

  private static final String[] TIMES = {"s", "ms", "us"};
  private static final String[] THOUSANDS = {"", "K", "M", "G", "T"};
  private static final MathContext SIX_DIGITS = new MathContext(6);
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private Units() {}

  /** Nanoseconds; a number without a unit is microseconds. */
  static OptionalLong nanos(String text) {
    return scaled(text, NANOS);
  }

  private static OptionalLong scaled(String text, Map<String, Double> units) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    Double unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    return unit == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(Double.parseDouble(matcher.group(1)) * unit));
  }

  /** Bits per second; {@code bps} is octets per second. */
  static OptionalLong rate(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    double bits = Double.parseDouble(matcher.group(1));
    if (unit.endsWith("bps")) {
      bits *= 8;
      unit = unit.substring(0, unit.length() - 3);
    } else if (unit.endsWith("bit")) {
      unit = unit.substring(0, unit.length() - 3);
    } else if (!unit.isEmpty()) {
      return OptionalLong.empty();
    }
    double thousand = unit.endsWith("i") ? 1024 : 1000;
    int power = " kmgt".indexOf(unit.isEmpty() ? ' ' : unit.charAt(0));
    boolean known = unit.length() <= 1 || unit.length() == 2 && unit.endsWith("i");
    return power < 0 || !known
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(bits * Math.pow(thousand, power)));
  }

  /** A probability from 0 to 1; the sign is optional. */
  static OptionalDouble probability(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches() || !matcher.group(2).isEmpty() && !matcher.group(2).equals("%")) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(matcher.group(1)) / 100;
    return value > 1 ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  static String time(long nanos) {
    long unit = 1_000_000_000;
    for (String name : TIMES) {
      if (nanos >= unit) {
        return rounded((double) nanos / unit, THREE_DIGITS) + name;
      }
      unit /= 1_000;
    }
    return nanos + "ns";
  }

  static String percent(double probability) {
    return rounded(probability * 100, SIX_DIGITS) + "%";
  }

  private static String rounded(double value, MathContext digits) {
    BigDecimal rounded = new BigDecimal(value).round(digits);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  static String rate(long bitsPerSecond) {
    long rate = bitsPerSecond;
    int thousands = 0;
    while (thousands < THOUSANDS.length - 1
        && rate >= 1_000
        && (rate % 1_000 == 0 || rate >= 1_000_000)) {
      rate /= 1_000;
      thousands++;
    }
    return rate + THOUSANDS[thousands] + "bit";
  }
}
