package dev.dockwire.program.netfilter;

import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.nat.Netfilter;
import dev.dockwire.nat.rule.RulePrinter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code iptables-save}: writes all rules, or those of one table, as they would be read back. */
public final class IptablesSave implements Program {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

  @Override
  public int run(Process self) {
    List<String> arguments = self.arguments();
    int table = arguments.indexOf("-t");
    Optional<String> only =
        table > 0 && table + 1 < arguments.size()
            ? Optional.of(arguments.get(table + 1))
            : Optional.empty();
    Instant now = Instant.EPOCH.plusNanos(self.world().epochNanos());
    String time = TIME.format(now.atZone(ZoneOffset.UTC));
    Netfilter.of(self.host().stack())
        .ifPresent(netfilter -> self.print(new RulePrinter(netfilter.rules()).save(only, time)));
    return 0;
  }
}
