package dev.dockwire.program.tc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Times, rates, sizes and percentages as tc reads and writes them. */
final class Units {

  private static final double MICROS_PER_SECOND = 1_000_000;
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double MAX_PERCENT = 0xffff_ffffL;
  private static final int BITS = 8;
  private static final double KIBI = 1_024;

  private static final Map<String, Double> MICROS =
      Map.ofEntries(
          Map.entry("", 1.0),
          Map.entry("s", MICROS_PER_SECOND),
          Map.entry("sec", MICROS_PER_SECOND),
          Map.entry("secs", MICROS_PER_SECOND),
          Map.entry("ms", MICROS_PER_MILLI),
          Map.entry("msec", MICROS_PER_MILLI),
          Map.entry("msecs", MICROS_PER_MILLI),
          Map.entry("us", 1.0),
          Map.entry("usec", 1.0),
          Map.entry("usecs", 1.0));

  private static final Map<String, Double> BYTES =
      Map.ofEntries(
          Map.entry("", 1.0),
          Map.entry("b", 1.0),
          Map.entry("k", KIBI),
          Map.entry("kb", KIBI),
          Map.entry("kbit", KIBI / BITS),
          Map.entry("m", KIBI * KIBI),
          Map.entry("mb", KIBI * KIBI),
          Map.entry("mbit", KIBI * KIBI / BITS),
          Map.entry("g", KIBI * KIBI * KIBI),
          Map.entry("gb", KIBI * KIBI * KIBI),
          Map.entry("gbit", KIBI * KIBI * KIBI / BITS));

  private static final String THOUSANDS = "kmgt";
  private static final String[] RATES = {"", "K", "M", "G", "T"};

  private Units() {}

  /** Microseconds in 32 bits without a sign; a number without a unit is microseconds. */
  static OptionalLong micros(String text) {
    OptionalDouble micros = scaled(text, MICROS);
    return micros.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(CNumber.truncate(micros.getAsDouble()) & 0xffff_ffffL);
  }

  /** Octets that fit 32 bits; a number without a unit is octets. */
  static OptionalLong size(String text) {
    OptionalDouble size = scaled(text, BYTES);
    if (size.isEmpty()) {
      return OptionalLong.empty();
    }
    long octets = CNumber.truncate(size.getAsDouble());
    return octets >>> Integer.SIZE == 0 ? OptionalLong.of(octets) : OptionalLong.empty();
  }

  private static OptionalDouble scaled(String text, Map<String, Double> units) {
    Optional<CNumber> number = CNumber.parse(text);
    Double unit = number.map(each -> units.get(each.rest().toLowerCase(Locale.ROOT))).orElse(null);
    return unit == null ? OptionalDouble.empty() : OptionalDouble.of(number.get().value() * unit);
  }

  /** Octets per second; a number without a unit is bits per second, {@code bps} octets. */
  static OptionalLong rate(String text) {
    Optional<CNumber> number = CNumber.parse(text);
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    String unit = number.get().rest().toLowerCase(Locale.ROOT);
    double octets = number.get().value();
    if (unit.endsWith("bps")) {
      unit = unit.substring(0, unit.length() - 3);
    } else if (unit.isEmpty() || unit.endsWith("bit")) {
      octets /= BITS;
      unit = unit.isEmpty() ? unit : unit.substring(0, unit.length() - 3);
    } else {
      return OptionalLong.empty();
    }
    boolean binary = unit.endsWith("i");
    String prefix = binary ? unit.substring(0, unit.length() - 1) : unit;
    int power = prefix.length() == 1 ? THOUSANDS.indexOf(prefix) + 1 : 0;
    if (power == 0 && !unit.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(CNumber.truncate(octets * Math.pow(binary ? KIBI : 1_000, power)));
  }

  /** A probability from 0 to 1, to 32 bits; the sign is optional. */
  static OptionalDouble probability(String text) {
    Optional<CNumber> number = CNumber.parse(text);
    double percent = number.map(CNumber::value).orElse(0.0);
    String rest = number.map(CNumber::rest).orElse(text);
    if (percent < 0 || percent > 100 || !rest.isEmpty() && !rest.equals("%")) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Double.isNaN(percent) ? 0 : rounded(percent / 100));
  }

  /** A probability as the kernel keeps it. */
  static double rounded(double probability) {
    return Math.rint(probability * MAX_PERCENT) / MAX_PERCENT;
  }

  static String time(long micros) {
    if (micros >= MICROS_PER_SECOND) {
      return CNumber.general(micros / MICROS_PER_SECOND, 3) + "s";
    }
    if (micros >= MICROS_PER_MILLI) {
      return CNumber.general(micros / MICROS_PER_MILLI, 3) + "ms";
    }
    return micros + "us";
  }

  static String percent(double probability) {
    return CNumber.general(probability * 100, 6) + "%";
  }

  static String size(long octets) {
    if (octets >= 1 << 20 && isNearly(octets, 1 << 20)) {
      return Math.round(octets / (KIBI * KIBI)) + "Mb";
    }
    if (octets >= 1 << 10 && isNearly(octets, 1 << 10)) {
      return Math.round(octets / KIBI) + "Kb";
    }
    return octets + "b";
  }

  /** Whether {@code octets} is a multiple of {@code unit} but for less than 1,024. */
  private static boolean isNearly(long octets, long unit) {
    long multiple = Math.round((double) octets / unit) * unit;
    return unit > KIBI ? Math.abs(multiple - octets) < KIBI : Math.abs(multiple - octets) < 16;
  }

  static String rate(long octetsPerSecond) {
    long rate = octetsPerSecond * BITS;
    int thousands = 0;
    while (thousands < RATES.length - 1
        && rate >= 1_000
        && (rate % 1_000 == 0 || rate >= 1_000_000)) {
      rate /= 1_000;
      thousands++;
    }
    return rate + RATES[thousands] + "bit";
  }
}
