package dev.dockwire.program.http.client;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The line by which curl 7.88 shows how far a transfer is, to the letter. */
final class ProgressMeter {

  static final String HEADER =
      "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
          + "                                 Dload  Upload   Total   Spent    Left  Speed\n";

  private static final String UNKNOWN = "--:--:--";

  private ProgressMeter() {}

  /**
   * One line, which begins with a carriage return.
   *
   * @param total bytes expected; 0 if unknown
   */
  static String line(long total, long received, long sent, long sentTotal, long spentNanos) {
    long micros = Math.max(1, TimeUnit.NANOSECONDS.toMicros(spentNanos));
    long down = received * 1_000_000 / micros;
    long up = sent * 1_000_000 / micros;
    long current = spentNanos < 1_000_000 ? received * 1_000 : down;
    long spentSeconds = TimeUnit.NANOSECONDS.toSeconds(spentNanos);
    return String.format(
        Locale.ROOT,
        "\r%3d %s  %3d %s  %3d %s  %s  %s %s %s %s %s",
        percent(received + sent, total + sentTotal),
        size(total + sentTotal),
        percent(received, total),
        size(received),
        percent(sent, sentTotal),
        size(sent),
        size(down),
        size(up),
        total > 0 && down > 0 && total / down > 0 ? time(total / down) : UNKNOWN,
        spentSeconds > 0 ? time(spentSeconds) : UNKNOWN,
        total > received && down > 0 && (total - received) / down > 0
            ? time((total - received) / down)
            : UNKNOWN,
        size(current));
  }

  private static long percent(long part, long whole) {
    return whole <= 0 ? 0 : part * 100 / whole;
  }

  /** A count of bytes in five columns. */
  static String size(long bytes) {
    long kibi = bytes >> 10;
    long mebi = bytes >> 20;
    if (bytes < 100_000) {
      return String.format(Locale.ROOT, "%5d", bytes);
    }
    if (kibi < 10_000) {
      return String.format(Locale.ROOT, "%4dk", kibi);
    }
    if (mebi < 100) {
      return String.format(Locale.ROOT, "%2d.%dM", mebi, (bytes % (1 << 20)) / ((1 << 20) / 10));
    }
    return mebi < 10_000
        ? String.format(Locale.ROOT, "%4dM", mebi)
        : String.format(Locale.ROOT, "%4dG", bytes >> 30);
  }

  /** Seconds in eight columns. */
  private static String time(long seconds) {
    long hours = seconds / 3_600;
    return hours <= 99
        ? String.format(Locale.ROOT, "%2d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%3dd %02dh", hours / 24, hours % 24);
  }
}
