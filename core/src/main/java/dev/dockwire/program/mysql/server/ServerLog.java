package dev.dockwire.program.mysql.server;

import dev.dockwire.host.Process;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the server says on standard error, in the form of MySQL 8.0. */
final class ServerLog {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Process self;

  ServerLog(Process self) {
    this.self = self;
  }

  void system(String code, String text) {
    print("System", code, text);
  }

  void error(String code, String text) {
    print("ERROR", code, text);
  }

  private void print(String level, String code, String text) {
    long nanos = self.world().epochNanos();
    Instant now = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    self.printError(TIME.format(now) + " 0 [" + level + "] [" + code + "] [Server] " + text + "\n");
  }
}
