package dev.dockwire.program.network;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.program.applet.Privilege;
import dev.dockwire.program.applet.Usage;
import dev.dockwire.stack.ip.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code route}: shows the routing table, adds to it and removes from it. */
public final class RouteApplet implements Program {

  private static final Usage USAGE =
      new Usage(
          "route",
          """
          route [-ne] [-A inet[6]] [{add|del} [-net|-host] TARGET [netmask MASK]
          \t[gw GATEWAY] [metric N] [mss BYTES] [window BYTES] [reject] [IFACE]]

          Show or edit kernel routing tables

          \t-n\tDon't resolve names
          \t-e\tDisplay other/more information
          \t-A inet[6]\tSelect address family
          """);

  @Override
  public int run(Process self) {
    List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
    if (words.equals(List.of("--help"))) {
      USAGE.show(self, 0);
    }
    boolean numeric = false;
    while (!words.isEmpty() && words.getFirst().matches("-[ne]+")) {
      numeric |= words.removeFirst().contains("n");
    }
    if (words.isEmpty()) {
      show(self, numeric);
      return 0;
    }
    String action = words.removeFirst();
    if (words.isEmpty() || !(action.equals("add") || action.equals("del"))) {
      USAGE.show(self, 1);
    }
    new Change(self, action, words).carryOut();
    return 0;
  }

  private static void show(Process self, boolean numeric) {
    show(self, numeric, false);
  }

  /**
   * Prints the table.
   *
   * @param asNetstat whether with the columns of {@code netstat -r} behind the flags
   */
  public static void show(Process self, boolean numeric, boolean asNetstat) {
    self.print(
        "Kernel IP routing table\n"
            + "Destination     Gateway         Genmask         "
            + (asNetstat ? "Flags   MSS Window  irtt Iface\n" : "Flags Metric Ref    Use Iface\n"));
    for (Route route : RouteOrder.shown(self.host().stack().routes().routes())) {
      Ipv4Prefix destination = route.destination();
      String flags =
          "U" + (route.isConnected() ? "" : "G") + (destination.length() == 32 ? "H" : "");
      String name = route.via().name();
      self.print(
          String.format(
                  Locale.ROOT,
                  "%-15.15s %-15.15s %-16s%-6s",
                  !numeric && destination.length() == 0 ? "default" : destination.address(),
                  !numeric && route.isConnected() ? "*" : route.gateway(),
                  Ipv4Address.toString(destination.mask()),
                  flags)
              + (asNetstat
                  ? String.format(Locale.ROOT, "%5d %-5d %6d %s\n", 0, 0, 0, name)
                  : String.format(Locale.ROOT, "%-6d %-2d %7d %s\n", route.metric(), 0, 0, name)));
    }
  }

  /** One {@code add} or {@code del}. */
  private static final class Change {

    private final Process self;
    private final boolean adding;
    private Ipv4Prefix destination = Route.DEFAULT;
    private Optional<Ipv4Address> gateway = Optional.empty();
    private Optional<String> device = Optional.empty();
    private int metric;

    Change(Process self, String action, List<String> words) {
      this.self = self;
      adding = action.equals("add");
      boolean network = words.getFirst().equals("-net");
      if (network || words.getFirst().equals("-host")) {
        words.removeFirst();
      }
      if (words.isEmpty()) {
        USAGE.show(self, 1);
      }
      String target = words.removeFirst();
      Optional<Ipv4Address> mask = Optional.empty();
      while (!words.isEmpty()) {
        String word = words.removeFirst();
        switch (word) {
          case "netmask" -> mask = Optional.of(address(next(words)));
          case "gw" -> gateway = Optional.of(address(next(words)));
          case "metric" -> metric = Integer.parseInt("0" + next(words).replaceAll("[^0-9]", ""));
          case "dev" -> device = Optional.of(next(words));
          default -> device = Optional.of(word);
        }
      }
      if (!target.equals("default")) {
        destination = destination(target, mask, network);
      }
    }

    private String next(List<String> words) {
      if (words.isEmpty()) {
        USAGE.show(self, 1);
      }
      return words.removeFirst();
    }

    private Ipv4Address address(String text) {
      Optional<Ipv4Address> address = Resolver.resolve(self, text);
      if (address.isEmpty()) {
        USAGE.fail(self, "bad address '" + text + "'");
      }
      return address.orElseThrow();
    }

    private Ipv4Prefix destination(String target, Optional<Ipv4Address> mask, boolean network) {
      if (target.contains("/")) {
        try {
          return Ipv4Prefix.parse(target).network();
        } catch (IllegalArgumentException invalid) {
          USAGE.fail(self, "bad address '" + target + "'");
        }
      }
      Ipv4Address address = address(target);
      int length = mask.map(each -> Integer.bitCount(each.value())).orElse(network ? 24 : 32);
      Ipv4Prefix prefix = new Ipv4Prefix(address, length);
      boolean contiguous = mask.map(each -> each.value() == prefix.mask()).orElse(true);
      if (!contiguous || !prefix.network().equals(prefix)) {
        USAGE.fail(self, "netmask and route address conflict");
      }
      return prefix;
    }

    void carryOut() {
      Privilege.require(self, USAGE, adding ? "SIOCADDRT" : "SIOCDELRT");
      RouteChange change =
          new RouteChange(self.host().stack(), destination, gateway, device, metric);
      Optional<String> error = adding ? change.add() : change.delete();
      error.ifPresent(text -> USAGE.fail(self, (adding ? "SIOCADDRT: " : "SIOCDELRT: ") + text));
    }
  }
}
