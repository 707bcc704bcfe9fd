package dev.dockwire.tools.docker.filter;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --since}, {@code --until} and the filter {@code until} take: how long ago ({@code
 * 1h30m}), seconds since the Unix epoch, or a date and time, in UTC unless it says its zone.
 */
public final class Timestamps {

  private static final Pattern DURATION =
      Pattern.compile("([-+]?)((?:[0-9]+(?:\\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+)");
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");
  private static final Pattern DATE =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}(?::[0-9]{2}){0,2})(\\.[0-9]{1,9})?)?"
              + "(Z|[-+][0-9]{2}:[0-9]{2})?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");
  private static final BigDecimal LATEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", TimeUnit.SECONDS.toNanos(1),
          "m", TimeUnit.MINUTES.toNanos(1),
          "h", TimeUnit.HOURS.toNanos(1));

  private Timestamps() {}

  /**
   * Understands a time; one later than nanoseconds can count is the latest that they can.
   *
   * @param epochNanos the present, in nanoseconds since the Unix epoch, like the result
   * @throws IllegalArgumentException in Docker's words if it is none
   */
  public static long parse(String text, long epochNanos) {
    Matcher duration = DURATION.matcher(text);
    if (duration.matches()) {
      BigDecimal ago = nanos(duration.group(2));
      BigDecimal now = BigDecimal.valueOf(epochNanos);
      return limited(duration.group(1).equals("-") ? now.add(ago) : now.subtract(ago));
    }
    if (SECONDS.matcher(text).matches()) {
      return limited(new BigDecimal(text).movePointRight(9));
    }
    Matcher date = DATE.matcher(text);
    if (date.matches()) {
      try {
        return epochNanos(date);
      } catch (DateTimeException _) {
        // As 2026-13-01: no date, though it looks like one.
      }
    }
    throw new IllegalArgumentException(
        "failed to parse value as time or duration: \"" + text + "\"");
  }

  private static BigDecimal nanos(String duration) {
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(duration);
    while (part.find()) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.get(part.group(2)));
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    return sum;
  }

  private static long limited(BigDecimal nanos) {
    return nanos.min(LATEST).max(LATEST.negate()).longValue();
  }

  private static long epochNanos(Matcher date) {
    String time = date.group(2) == null ? "00" : date.group(2);
    String whole = time + ":00:00".substring(time.length() - 2);
    String fraction = date.group(3) == null ? "" : date.group(3);
    String zone = date.group(4) == null ? "Z" : date.group(4);
    OffsetDateTime parsed = OffsetDateTime.parse(date.group(1) + "T" + whole + fraction + zone);
    return limited(
        BigDecimal.valueOf(parsed.toEpochSecond())
            .movePointRight(9)
            .add(BigDecimal.valueOf(parsed.getNano())));
  }
}
