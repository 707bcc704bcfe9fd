package dev.dockwire.program.applet;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.Process;
import dev.dockwire.link.Nic;
import dev.dockwire.program.tc.Tc;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.arp.Neighbour;
import dev.dockwire.stack.arp.NeighbourState;
import dev.dockwire.stack.ip.Route;
import java.util.Optional;

/** What {@code ip} prints, blanks at line ends included. */
final class IpShow {

  private final Process self;
  private final HostStack stack;

  IpShow(Process self) {
    this.self = self;
    this.stack = self.host().stack();
  }

  void addresses(Optional<StackInterface> only, boolean withoutLinks) {
    for (StackInterface each : stack.interfaces()) {
      if (only.isPresent() && only.get() != each || withoutLinks && each.address().isEmpty()) {
        continue;
      }
      self.print(linkLine(each) + (withoutLinks ? "" : hardwareLine(each)));
      each.address().ifPresent(address -> self.print(addressLines(each, address)));
    }
  }

  void links(Optional<StackInterface> only) {
    for (StackInterface each : stack.interfaces()) {
      if (only.isEmpty() || only.get() == each) {
        self.print(linkLine(each) + hardwareLine(each));
      }
    }
  }

  private static String linkLine(StackInterface shown) {
    Nic nic = shown.nic();
    boolean running = shown.isUp() && nic.hasCarrier();
    String flags =
        (shown.isUp() && !running ? "NO-CARRIER," : "")
            + (shown.isLoopback() ? "LOOPBACK" : "BROADCAST,MULTICAST")
            + (shown.isUp() ? ",UP" : "")
            + (running ? ",LOWER_UP" : "");
    String state = shown.isLoopback() && shown.isUp() ? "UNKNOWN" : running ? "UP" : "DOWN";
    return shown.index()
        + ": "
        + shown.name()
        + ": <"
        + flags
        + "> mtu "
        + nic.mtu()
        + " qdisc "
        + Tc.kindOf(shown)
        + " state "
        + state
        + " "
        + (nic.txQueueLength() > 0 ? "qlen " + nic.txQueueLength() : "")
        + "\n";
  }

  private static String hardwareLine(StackInterface shown) {
    return shown.isLoopback()
        ? "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"
        : "    link/ether " + shown.nic().mac() + " brd ff:ff:ff:ff:ff:ff\n";
  }

  private static String addressLines(StackInterface shown, Ipv4Prefix address) {
    boolean broadcast = !shown.isLoopback() && address.length() < 31;
    return "    inet "
        + address
        + (broadcast ? " brd " + address.broadcast() : "")
        + (shown.isLoopback() ? " scope host " : " scope global ")
        + shown.name()
        + "\n       valid_lft forever preferred_lft forever\n";
  }

  void routes(Optional<StackInterface> only) {
    for (Route route : RouteOrder.shown(stack.routes().routes())) {
      if (only.isEmpty() || only.get() == route.via()) {
        Ipv4Prefix destination = route.destination();
        String network =
            destination.length() == 0
                ? "default"
                : destination.length() == 32
                    ? destination.address().toString()
                    : destination.toString();
        self.print(
            network
                + (route.isConnected() ? "" : " via " + route.gateway())
                + (only.isPresent() ? "" : " dev " + route.via().name())
                + (route.isConnected() ? " scope link  src " + route.source() : "")
                + (route.metric() > 0 ? "  metric " + route.metric() : "")
                + " \n");
      }
    }
  }

  /** {@code ip route get}: the way that a packet would take. */
  void routeTo(Ipv4Address destination) {
    boolean local = stack.isLocal(destination.value());
    Route route = local ? stack.loopbackRoute() : stack.routes().lookup(destination.value());
    if (!route.exists()) {
      self.printError("ip: RTNETLINK answers: Network is unreachable\n");
      self.exit(2);
    }
    self.print(
        (local ? "local " : "")
            + destination
            + (route.isConnected() ? "" : " via " + route.gateway())
            + " dev "
            + route.via().name()
            + "  src "
            + (local ? destination : route.source())
            + " \n");
  }

  void neighbours(Optional<StackInterface> only) {
    for (Neighbour each : stack.neighbours().entries(self.now())) {
      if (only.isEmpty() || only.get() == each.via()) {
        self.print(
            each.address()
                + (only.isPresent() ? "" : " dev " + each.via().name())
                + (each.state().isUsable() ? " lladdr " + each.mac() : " ")
                + usage(each.state())
                + each.state()
                + "\n");
      }
    }
  }

  /** The kernel's counts of use, which the stack does not keep: those of an entry just resolved. */
  private static String usage(NeighbourState state) {
    return switch (state) {
      case PERMANENT -> " ";
      case INCOMPLETE, FAILED -> " used 0/0/0 probes 3 ";
      default -> " used 0/0/0 probes 1 ";
    };
  }
}
