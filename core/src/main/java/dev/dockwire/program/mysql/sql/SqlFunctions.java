package dev.dockwire.program.mysql.sql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Functions that H2 calls by name. The emulator's clock and chance reach them as what is bound
 * while a statement runs.
 */
public final class SqlFunctions {

  /** What is bound. */
  record World(Instant now, RandomGenerator random) {}

  static final ScopedValue<World> WORLD = ScopedValue.newInstance();

  /** MySQL's letters after a percent sign, and what the JDK calls the same. */
  private static final String FORMAT_LETTERS =
      "Y yyyy y yy m MM c M d dd e d H HH k H h hh I hh i mm s ss S ss"
          + " p a M MMMM b MMM W EEEE a EEE j DDD f SSSSSS T HH:mm:ss";

  private SqlFunctions() {}

  public static LocalDateTime now() {
    return LocalDateTime.ofEpochSecond(WORLD.get().now().getEpochSecond(), 0, ZoneOffset.UTC);
  }

  public static double rand() {
    return WORLD.get().random().nextDouble();
  }

  public static String uuid() {
    RandomGenerator random = WORLD.get().random();
    return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63)
        .toString();
  }

  public static LocalDateTime fromUnixTime(long seconds) {
    return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
  }

  /** {@code REPEAT}: NULL where the text would be longer than a packet, as in MySQL. */
  public static String repeat(String text, long count) {
    if (text == null || count <= 0) {
      return text == null ? null : "";
    }
    return count > Variables.MAX_ALLOWED_PACKET / Math.max(1, text.length())
        ? null
        : text.repeat((int) count);
  }

  /** {@code LPAD}. */
  public static String leftPad(String text, long length, String filler) {
    String padding = padding(text, length, filler);
    return padding == null
        ? null
        : padding.isEmpty() ? text.substring(0, (int) length) : padding + text;
  }

  /** {@code RPAD}. */
  public static String rightPad(String text, long length, String filler) {
    String padding = padding(text, length, filler);
    return padding == null
        ? null
        : padding.isEmpty() ? text.substring(0, (int) length) : text + padding;
  }

  /** What is missing; null if that cannot be. */
  private static String padding(String text, long length, String filler) {
    if (text == null || filler == null || length < 0 || length > Variables.MAX_ALLOWED_PACKET) {
      return null;
    }
    int missing = (int) Math.max(0, length - text.length());
    if (missing > 0 && filler.isEmpty()) {
      return null;
    }
    return missing == 0 ? "" : filler.repeat(missing / filler.length() + 1).substring(0, missing);
  }

  /** {@code DATE_FORMAT}: the common letters; others stand for themselves. */
  public static String dateFormat(LocalDateTime time, String format) {
    if (time == null || format == null) {
      return null;
    }
    String[] letters = FORMAT_LETTERS.split(" ");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        text.append(c);
        continue;
      }
      String letter = format.substring(++i, i + 1);
      String pattern = null;
      for (int known = 0; known < letters.length; known += 2) {
        if (letters[known].equals(letter)) {
          pattern = letters[known + 1];
        }
      }
      text.append(
          pattern == null
              ? letter
              : time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
    }
    return text.toString();
  }
}
