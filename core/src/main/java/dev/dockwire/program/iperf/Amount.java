package dev.dockwire.program.iperf;

import java.util.Locale;

/** Amounts as iperf3 prints them: with three digits and the unit that fits. */
final class Amount {

  private static final String[] PREFIXES = {"", "K", "M", "G", "T"};

  private Amount() {}

  /** An amount of data, in units of 1,024. */
  static String bytes(double octets) {
    return text(octets, 1_024, "Bytes");
  }

  /** A rate, in units of 1,000. */
  static String rate(double bitsPerSecond) {
    return text(bitsPerSecond, 1_000, "bits/sec");
  }

  private static String text(double amount, int unit, String name) {
    double left = amount;
    int prefix = 0;
    while (left >= unit && prefix < PREFIXES.length - 1) {
      left /= unit;
      prefix++;
    }
    String format = left < 9.995 ? "%4.2f" : left < 99.95 ? "%4.1f" : "%4.0f";
    return String.format(Locale.ROOT, format, left) + " " + PREFIXES[prefix] + name;
  }

  /**
   * Reads a number that may end with K, M, G or T.
   *
   * @return negative if it is none
   */
  static long parse(String text, int unit) {
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?[kKmMgGtT]?")) {
      return -1;
    }
    String digits = text.replaceFirst("[a-zA-Z]$", "");
    String suffix = text.substring(digits.length()).toUpperCase(Locale.ROOT);
    double factor = 1;
    for (int i = 0; i < PREFIXES.length && !PREFIXES[i].equals(suffix); i++) {
      factor *= unit;
    }
    return (long) (Double.parseDouble(digits) * factor);
  }
}
