package dev.dockwire.program.network;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.NetDevice;
import dev.dockwire.host.Process;
import dev.dockwire.link.Nic;
import dev.dockwire.program.tc.Tc;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.arp.Neighbour;
import dev.dockwire.stack.arp.NeighbourState;
import dev.dockwire.stack.ip.Route;
import java.util.List;
import java.util.Optional;

/** What {@code ip} prints, blanks at line ends included. */
final class IpShow {

  private final Process self;
  private final HostStack stack;

  IpShow(Process self) {
    this.self = self;
    this.stack = self.host().stack();
  }

  void addresses(Optional<NetDevice> only, boolean withoutLinks) {
    for (NetDevice each : shown(only)) {
      Optional<Ipv4Prefix> address = each.own().flatMap(StackInterface::address);
      if (!withoutLinks || address.isPresent()) {
        self.print(linkLine(each) + (withoutLinks ? "" : hardwareLine(each)));
        address.ifPresent(present -> self.print(addressLines(each, present)));
      }
    }
  }

  void links(Optional<NetDevice> only) {
    for (NetDevice each : shown(only)) {
      self.print(linkLine(each) + hardwareLine(each));
    }
  }

  private List<NetDevice> shown(Optional<NetDevice> only) {
    return only.map(List::of).orElseGet(() -> NetDevice.of(self.host()));
  }

  private static String linkLine(NetDevice shown) {
    Nic nic = shown.nic();
    boolean running = nic.isUp() && nic.hasCarrier();
    boolean paired = shown.farIndex().isPresent();
    String flags =
        (nic.isUp() && !running ? "NO-CARRIER," : "")
            + (shown.isLoopback() ? "LOOPBACK" : "BROADCAST,MULTICAST")
            + (nic.isUp() ? ",UP" : "")
            + (running ? ",LOWER_UP" : "")
            // What BusyBox makes of a far end that it cannot look at.
            + (paired ? ",M-DOWN" : "");
    String state = shown.isLoopback() && nic.isUp() ? "UNKNOWN" : running ? "UP" : "DOWN";
    return shown.index()
        + ": "
        + shown.name()
        + shown.farIndex().map(far -> "@if" + far).orElse("")
        + ": <"
        + flags
        + "> mtu "
        + nic.mtu()
        + " qdisc "
        + Tc.kindOf(shown)
        + shown.master().map(master -> " master " + master).orElse("")
        + " state "
        + state
        + " "
        + (nic.txQueueLength() > 0 ? "qlen " + nic.txQueueLength() : "")
        + "\n";
  }

  private static String hardwareLine(NetDevice shown) {
    return shown.isLoopback()
        ? "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"
        : "    link/ether " + shown.nic().mac() + " brd ff:ff:ff:ff:ff:ff\n";
  }

  private static String addressLines(NetDevice shown, Ipv4Prefix address) {
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
