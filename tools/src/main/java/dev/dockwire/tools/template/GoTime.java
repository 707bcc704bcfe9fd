package dev.dockwire.tools.template;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A Go time.Time in UTC: RFC 3339 in JSON, {@code 2024-01-01 00:00:00.5 +0000 UTC} when printed.
 */
public record GoTime(Instant instant) {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  String printed() {
    return SECONDS.format(instant) + fraction() + " +0000 UTC";
  }

  String json() {
    return SECONDS.format(instant).replace(' ', 'T') + fraction() + "Z";
  }

  private String fraction() {
    int nanos = instant.getNano();
    return nanos == 0 ? "" : String.format(Locale.ROOT, ".%09d", nanos).replaceFirst("0+$", "");
  }
}
