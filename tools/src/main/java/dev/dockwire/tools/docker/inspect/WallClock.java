package dev.dockwire.tools.docker.inspect;

import dev.dockwire.host.World;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Monotonic times of a world as Docker writes dates, always in UTC. */
public final class WallClock {

  /** What Go writes for a time that was never set. */
  public static final String NEVER = "0001-01-01T00:00:00Z";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long epochNanos;

  public WallClock(World world) {
    epochNanos = world.loop().clock().epochNanos();
  }

  /** In nanoseconds since the Unix epoch. */
  public long epochNanos(long now) {
    return epochNanos + now;
  }

  /** As in JSON, RFC 3339: {@code 2018-10-22T05:22:06.68394493Z}. */
  public String rfc3339(long now) {
    LocalDateTime date = date(now);
    return DATE.format(date) + "T" + TIME.format(date) + fraction(date) + "Z";
  }

  /** As Go prints a time: {@code 2018-10-22 05:22:06.68394493 +0000 UTC}. */
  public String goText(long now) {
    LocalDateTime date = date(now);
    return DATE.format(date) + " " + TIME.format(date) + fraction(date) + " +0000 UTC";
  }

  /** As Go prints a time of whole seconds. */
  public String goTextInSeconds(long now) {
    LocalDateTime date = date(now);
    return DATE.format(date) + " " + TIME.format(date) + " +0000 UTC";
  }

  private LocalDateTime date(long now) {
    long nanos = epochNanos + now;
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** Without the zeros at its end, and without the point if nothing is left. */
  private static String fraction(LocalDateTime date) {
    return date.getNano() == 0
        ? ""
        : "." + String.format(Locale.ROOT, "%09d", date.getNano()).replaceFirst("0+$", "");
  }
}
