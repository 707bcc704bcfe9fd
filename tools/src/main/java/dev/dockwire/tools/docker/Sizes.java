package dev.dockwire.tools.docker;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Sizes in docker's words: {@code 5.58MB}. */
final class Sizes {

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

  private Sizes() {}

  /** Three digits that count, and a decimal unit. */
  static String decimal(long bytes) {
    BigDecimal size = BigDecimal.valueOf(bytes);
    int unit = 0;
    while (size.compareTo(THOUSAND) >= 0 && unit < UNITS.size() - 1) {
      size = size.divide(THOUSAND);
      unit++;
    }
    return size.round(new MathContext(3)).stripTrailingZeros().toPlainString() + UNITS.get(unit);
  }
}
