package dev.dockwire.program.http.client;

import java.util.Locale;

/** The bar that BusyBox's wget ends a download with. */
final class WgetProgress {

  private static final String BAR = "*".repeat(32);

  private WgetProgress() {}

  static String finished(String name, long bytes) {
    String shown = name.length() > 20 ? name.substring(0, 20) : name;
    return String.format(
        Locale.ROOT, "%-20s 100%% |%s| %s  0:00:00 ETA\n", shown, BAR, size(bytes));
  }

  /** A count of bytes in five columns. */
  private static String size(long bytes) {
    return bytes < 100_000
        ? String.format(Locale.ROOT, "%5d", bytes)
        : bytes < 100_000L << 10
            ? String.format(Locale.ROOT, "%4dk", bytes >> 10)
            : String.format(Locale.ROOT, "%4dM", bytes >> 20);
  }
}
