package dev.dockwire.program.network;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.host.resolver.HostsFile;
import dev.dockwire.host.resolver.Resolver;
import dev.dockwire.program.applet.Options;
import dev.dockwire.program.applet.Privilege;
import dev.dockwire.program.applet.Usage;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.arp.Neighbour;
import dev.dockwire.stack.arp.NeighbourState;
import java.util.List;
import java.util.Optional;

/** {@code arp}: shows the neighbours' link addresses, sets and deletes them. */
public final class Arp implements Program {

  private static final Usage USAGE =
      new Usage(
          "arp",
          """
          arp
          [-vn]\t[-H HWTYPE] [-i IF] -a [HOSTNAME]
          [-v]\t\t    [-i IF] -d HOSTNAME [pub]
          [-v]\t[-H HWTYPE] [-i IF] -s HOSTNAME HWADDR [temp]
          [-v]\t[-H HWTYPE] [-i IF] -s HOSTNAME HWADDR [netmask MASK] pub
          [-v]\t[-H HWTYPE] [-i IF] -Ds HOSTNAME IFACE [netmask MASK] pub

          Manipulate ARP cache

          \t-a\t\tDisplay (all) hosts
          \t-d\t\tDelete ARP entry
          \t-s\t\tSet new entry
          \t-v\t\tVerbose
          \t-n\t\tDon't resolve names
          \t-i IF\t\tNetwork interface
          \t-D\t\tRead HWADDR from IFACE
          \t-A,-p AF\tProtocol family
          \t-H HWTYPE\tHardware address type
          """);

  private static final String UNREACHABLE = "Network is unreachable";

  @Override
  public int run(Process self) {
    Options options = Options.parse(self, USAGE, "vnadsDi:A:p:H:");
    List<String> operands = options.operands();
    if (options.has('d') || options.has('s')) {
      if (operands.isEmpty()) {
        USAGE.fail(self, "need host name");
      }
      Ipv4Address address = resolve(self, operands.getFirst());
      return options.has('d')
          ? delete(self, options, address)
          : set(self, options, address, operands);
    }
    Optional<Ipv4Address> wanted = operands.stream().findFirst().map(name -> resolve(self, name));
    show(self, options, wanted);
    return 0;
  }

  private static Ipv4Address resolve(Process self, String name) {
    Optional<Ipv4Address> address = Resolver.resolve(self, name);
    if (address.isEmpty()) {
      USAGE.fail(self, name + ": Unknown host");
    }
    return address.orElseThrow();
  }

  private static void show(Process self, Options options, Optional<Ipv4Address> wanted) {
    List<Neighbour> all = self.host().stack().neighbours().entries(self.now());
    List<Neighbour> shown =
        all.stream()
            .filter(each -> options.value('i').map(each.via().name()::equals).orElse(true))
            .filter(each -> wanted.map(each.address()::equals).orElse(true))
            .toList();
    HostsFile hosts = HostsFile.parse(self.host().files().readText("/etc/hosts"));
    for (Neighbour neighbour : shown) {
      self.print(
          line(neighbour, options.has('n') ? "?" : hosts.nameOf(neighbour.address()).orElse("?")));
    }
    if (shown.isEmpty() && !all.isEmpty()) {
      self.print("No match found in " + all.size() + " entries\n");
    }
  }

  private static String line(Neighbour neighbour, String name) {
    String link = neighbour.state().isUsable() ? neighbour.mac() + " [ether] " : "<incomplete> ";
    return name
        + " ("
        + neighbour.address()
        + ") at "
        + link
        + (neighbour.state() == NeighbourState.PERMANENT ? "PERM" : "")
        + " on "
        + neighbour.via().name()
        + "\n";
  }

  private static int delete(Process self, Options options, Ipv4Address address) {
    Privilege.require(self, USAGE, "SIOCDARP(priv)");
    StackInterface via = via(self, options, address, "SIOCDARP(priv)");
    if (!self.host().stack().neighbours().delete(address, via)) {
      self.print("No ARP entry for " + address + "\n");
    }
    return 0;
  }

  private static int set(
      Process self, Options options, Ipv4Address address, List<String> operands) {
    if (operands.size() < 2) {
      USAGE.fail(self, "need hardware address");
    }
    if (!operands.get(1).matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
      USAGE.fail(self, "invalid hardware address");
    }
    Privilege.require(self, USAGE, "SIOCSARP");
    StackInterface via = via(self, options, address, "SIOCSARP");
    MacAddress mac = MacAddress.parse(operands.get(1));
    if (!self.host().stack().neighbours().pin(address, mac, via, self.now())) {
      USAGE.fail(self, "SIOCSARP: No buffer space available");
    }
    return 0;
  }

  /** The interface meant: the one given, else the one whose network the address is in. */
  private static StackInterface via(
      Process self, Options options, Ipv4Address address, String call) {
    Optional<StackInterface> via =
        self.host().stack().interfaces().stream()
            .filter(
                each ->
                    options
                        .value('i')
                        .map(each.name()::equals)
                        .orElse(each.isOnLink(address.value())))
            .findFirst();
    if (via.isEmpty()) {
      USAGE.fail(self, call + ": " + (options.has('i') ? "No such device" : UNREACHABLE));
    }
    return via.orElseThrow();
  }
}
