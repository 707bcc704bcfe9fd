package dev.dockwire.capture.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the time of a frame is written, in UTC, by the number of {@code -t}. */
public final class Timestamps {

  /** The forms; the ordinal is the number of {@code -t}. */
  public enum Form {
    TIME_OF_DAY,
    NONE,
    EPOCH,
    SINCE_PREVIOUS,
    DATE,
    SINCE_FIRST
  }

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final Form form;
  private final boolean nanoseconds;
  private final DateTimeFormatter timeOfDay;
  private final DateTimeFormatter date;
  private long reference = Long.MIN_VALUE;

  /**
   * @param nanoseconds whether times have nine digits instead of six
   */
  public Timestamps(Form form, boolean nanoseconds) {
    this.form = form;
    this.nanoseconds = nanoseconds;
    this.timeOfDay = formatter("HH:mm:ss.");
    this.date = formatter("yyyy-MM-dd HH:mm:ss.");
  }

  private DateTimeFormatter formatter(String pattern) {
    String digits = nanoseconds ? "SSSSSSSSS" : "SSSSSS";
    return DateTimeFormatter.ofPattern(pattern + digits, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** Appends a time, in nanoseconds since the Unix epoch, and a blank behind it. */
  public void append(StringBuilder text, long epochNanos) {
    switch (form) {
      case TIME_OF_DAY -> timeOfDay.formatTo(instant(epochNanos), text);
      case NONE -> {
        return;
      }
      case EPOCH -> text.append(decimal(epochNanos));
      case DATE -> date.formatTo(instant(epochNanos), text);
      case SINCE_PREVIOUS -> {
        appendDistance(text, epochNanos);
        reference = epochNanos;
      }
      case SINCE_FIRST -> appendDistance(text, epochNanos);
    }
    text.append(' ');
  }

  private void appendDistance(StringBuilder text, long epochNanos) {
    if (reference == Long.MIN_VALUE) {
      reference = epochNanos;
    }
    long distance = epochNanos - reference;
    text.append(distance < 0 ? '-' : ' ');
    timeOfDay.formatTo(instant(Math.abs(distance)), text);
  }

  private String decimal(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
    long rest = Math.floorMod(epochNanos, NANOS_PER_SECOND);
    return nanoseconds
        ? String.format(Locale.ROOT, "%d.%09d", seconds, rest)
        : String.format(Locale.ROOT, "%d.%06d", seconds, rest / NANOS_PER_MICRO);
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
  }
}
