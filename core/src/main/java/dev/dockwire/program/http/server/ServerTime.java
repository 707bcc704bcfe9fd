package dev.dockwire.program.http.server;

import dev.dockwire.program.http.HttpDate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The wall clock as heads and logs show it: each text is made once a second. */
final class ServerTime {

  private static final DateTimeFormatter COMMON = format("dd/MMM/yyyy:HH:mm:ss '+0000'");

  private final LongSupplier epochNanos;
  private long second = Long.MIN_VALUE;
  private byte[] date;
  private byte[] common;

  /**
   * @param epochNanos the time now, in nanoseconds since the Unix epoch
   */
  ServerTime(LongSupplier epochNanos) {
    this.epochNanos = epochNanos;
  }

  static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** As the field {@code Date} has it. */
  byte[] date() {
    refresh();
    return date;
  }

  /** As the Common Log Format has it. */
  byte[] common() {
    refresh();
    return common;
  }

  Instant instant() {
    long nanos = epochNanos.getAsLong();
    return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
  }

  private void refresh() {
    long now = epochNanos.getAsLong() / 1_000_000_000;
    if (now != second) {
      second = now;
      Instant instant = Instant.ofEpochSecond(now);
      date = HttpDate.format(instant).getBytes(StandardCharsets.US_ASCII);
      common = COMMON.format(instant).getBytes(StandardCharsets.US_ASCII);
    }
  }
}
