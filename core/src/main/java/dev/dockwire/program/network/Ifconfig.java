package dev.dockwire.program.network;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.Process;
import dev.dockwire.host.Program;
import dev.dockwire.link.NicCounters;
import dev.dockwire.program.applet.Privilege;
import dev.dockwire.program.applet.Usage;
import dev.dockwire.stack.StackInterface;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code ifconfig}: shows interfaces with their counters, and sets addresses and states. */
public final class Ifconfig implements Program {

  private static final Usage USAGE =
      new Usage(
          "ifconfig",
          """
          ifconfig [-a] [IFACE] [ADDRESS]

          Configure a network interface

          \t[add ADDRESS[/PREFIXLEN]]
          \t[del ADDRESS[/PREFIXLEN]]
          \t[[-]broadcast [ADDRESS]] [[-]pointopoint [ADDRESS]]
          \t[netmask ADDRESS] [dstaddr ADDRESS]
          \t[outfill NN] [keepalive NN]
          \t[hw ether|infiniband ADDRESS] [metric NN] [mtu NN]
          \t[[-]trailers] [[-]arp] [[-]allmulti]
          \t[multicast] [[-]promisc] [txqueuelen NN] [[-]dynamic]
          \t[mem_start NN] [io_addr NN] [irq NN]
          \t[up|down] ...
          """);

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  @Override
  public int run(Process self) {
    List<String> words = self.arguments().subList(1, self.arguments().size());
    if (words.equals(List.of("--help"))) {
      USAGE.show(self, 0);
    }
    boolean all = !words.isEmpty() && words.getFirst().equals("-a");
    if (all) {
      words = words.subList(1, words.size());
    }
    if (words.isEmpty()) {
      // BusyBox sorts by name.
      self.host().stack().interfaces().stream()
          .filter(each -> all || each.isUp())
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .forEach(each -> self.print(shown(each)));
      return 0;
    }
    Optional<StackInterface> found = self.host().stack().findInterface(words.getFirst());
    if (words.size() == 1) {
      if (found.isEmpty()) {
        USAGE.fail(
            self, words.getFirst() + ": error fetching interface information: Device not found");
      }
      found.ifPresent(each -> self.print(shown(each)));
      return 0;
    }
    if (found.isEmpty()) {
      USAGE.fail(self, "SIOCGIFFLAGS: No such device");
    }
    configure(self, found.orElseThrow(), words.subList(1, words.size()));
    return 0;
  }

  private static void configure(Process self, StackInterface target, List<String> words) {
    boolean onlyFlags = words.getFirst().matches("up|down");
    Privilege.require(self, USAGE, onlyFlags ? "SIOCSIFFLAGS" : "SIOCSIFADDR");
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Optional<String> next =
          i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty();
      switch (word) {
        case "up" -> target.up(true, self.now());
        case "down" -> target.up(false, self.now());
        case "netmask" -> {
          int mask = address(self, next).value();
          Ipv4Address own = target.address().map(Ipv4Prefix::address).orElse(Ipv4Address.ANY);
          target.address(new Ipv4Prefix(own, length(self, mask)), self.now());
          i++;
        }
        case "txqueuelen" -> {
          target.nic().txQueueLength(number(self, next));
          i++;
        }
        // What follows from address and netmask, or has no meaning here.
        case "broadcast", "metric" -> i++;
        case "arp", "multicast", "-promisc", "-allmulti", "dynamic", "-trailers" -> {}
        default -> setAddress(self, target, word);
      }
    }
  }

  private static void setAddress(Process self, StackInterface target, String word) {
    if (word.contains("/")) {
      try {
        target.address(Ipv4Prefix.parse(word), self.now());
      } catch (IllegalArgumentException invalid) {
        USAGE.fail(self, "bad address '" + word + "'");
      }
    } else {
      Ipv4Address address = address(self, Optional.of(word));
      target.address(new Ipv4Prefix(address, classLength(address)), self.now());
    }
    target.up(true, self.now());
    target.announce(self.now());
  }

  /** The length of the prefix that classful addressing gives an address (RFC 791, section 3.2). */
  private static int classLength(Ipv4Address address) {
    int first = address.value() >>> 24;
    return address.value() == 0 ? 0 : first < 128 ? 8 : first < 192 ? 16 : 24;
  }

  private static Ipv4Address address(Process self, Optional<String> word) {
    if (word.isEmpty()) {
      USAGE.show(self, 1);
    }
    if (!Ipv4Address.isAddress(word.orElseThrow())) {
      USAGE.fail(self, "bad address '" + word.orElseThrow() + "'");
    }
    return Ipv4Address.parse(word.orElseThrow());
  }

  private static int length(Process self, int mask) {
    int length = Integer.bitCount(mask);
    if (mask != (length == 0 ? 0 : -1 << (32 - length))) {
      USAGE.fail(self, "SIOCSIFNETMASK: Invalid argument");
    }
    return length;
  }

  private static int number(Process self, Optional<String> word) {
    if (word.isEmpty()) {
      USAGE.show(self, 1);
    }
    if (!word.orElseThrow().matches("[0-9]{1,6}")) {
      USAGE.fail(self, "invalid number '" + word.orElseThrow() + "'");
    }
    return Integer.parseInt(word.orElseThrow());
  }

  private static String shown(StackInterface shown) {
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "%-9s Link encap:", shown.name()));
    if (shown.isLoopback()) {
      text.append("Local Loopback  \n");
    } else {
      String mac = shown.nic().mac().toString().toUpperCase(Locale.ROOT);
      text.append("Ethernet  HWaddr ").append(mac).append("  \n");
    }
    shown.address().ifPresent(address -> text.append(addressLine(address, shown.isLoopback())));
    line(text, flags(shown) + "  MTU:" + shown.nic().mtu() + "  Metric:1");
    NicCounters counters = shown.nic().counters();
    line(
        text,
        String.format(
            Locale.ROOT,
            "RX packets:%d errors:0 dropped:%d overruns:0 frame:0",
            counters.rxPackets(),
            counters.rxDropped()));
    line(
        text,
        String.format(
            Locale.ROOT,
            "TX packets:%d errors:0 dropped:%d overruns:0 carrier:0",
            counters.txPackets(),
            counters.txDropped()));
    line(text, "collisions:0 txqueuelen:" + shown.nic().txQueueLength() + " ");
    line(text, "RX bytes:" + bytes(counters.rxBytes()) + "  TX bytes:" + bytes(counters.txBytes()));
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append("          ").append(line).append('\n');
  }

  private static String addressLine(Ipv4Prefix address, boolean loopback) {
    return "          inet addr:"
        + address.address()
        + (loopback ? "" : "  Bcast:" + address.broadcast())
        + "  Mask:"
        + Ipv4Address.toString(address.mask())
        + "\n";
  }

  private static String flags(StackInterface shown) {
    boolean running = shown.isUp() && shown.nic().hasCarrier();
    return (shown.isUp() ? "UP " : "")
        + (shown.isLoopback() ? "LOOPBACK" : "BROADCAST")
        + (running ? " RUNNING" : "")
        + (shown.isLoopback() ? "" : " MULTICAST");
  }

  /** A count and, in brackets, the same with one decimal in the largest fitting unit. */
  private static String bytes(long count) {
    int unit = 0;
    long tenths = count * 10;
    while (tenths >= 10_240 && unit < UNITS.length - 1) {
      tenths /= 1_024;
      unit++;
    }
    return count + " (" + tenths / 10 + "." + tenths % 10 + " " + UNITS[unit] + ")";
  }
}
