package dev.dockwire.host;

import dev.dockwire.bridge.BridgePort;
import dev.dockwire.bridge.HostEnd;
import dev.dockwire.link.Nic;
import dev.dockwire.link.Qdisc;
import dev.dockwire.stack.StackInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A network interface as {@code ip link} lists it: one of the host's stack, or its end of a wire
 * from one of its bridges to another host.
 *
 * @param index its number on its host
 * @param own the stack's interface
 * @param end the end of a wire, if it is no interface of the stack
 */
public record NetDevice(int index, Nic nic, Optional<StackInterface> own, Optional<HostEnd> end) {

  /** All of a host's, in the order of their numbers. */
  public static List<NetDevice> of(Host host) {
    List<NetDevice> devices = new ArrayList<>();
    for (StackInterface each : host.stack().interfaces()) {
      devices.add(new NetDevice(each.index(), each.nic(), Optional.of(each), Optional.empty()));
    }
    for (HostEnd each : host.wireEnds()) {
      devices.add(new NetDevice(each.index(), each.nic(), Optional.empty(), Optional.of(each)));
    }
    devices.sort(Comparator.comparingInt(NetDevice::index));
    return devices;
  }

  public static Optional<NetDevice> find(Host host, String name) {
    return of(host).stream().filter(each -> each.name().equals(name)).findFirst();
  }

  public String name() {
    return nic.name();
  }

  public boolean isLoopback() {
    return own.isPresent() && own.get().isLoopback();
  }

  /** What stands between it and its wire; null if nothing does. */
  public Qdisc qdisc() {
    return nic.qdisc();
  }

  /** Puts something between it and its wire, or takes it away; null for nothing. */
  public void qdisc(Qdisc qdisc) {
    if (end.isPresent()) {
      end.get().qdisc(qdisc);
    } else {
      nic.qdisc(qdisc);
    }
  }

  /** The name of the bridge that it is a port of. */
  public Optional<String> master() {
    return end.map(each -> each.port().bridge().name());
  }

  /** The number that the far end of its wire has on another host. */
  public Optional<Integer> farIndex() {
    if (end.isPresent()) {
      return end.map(HostEnd::farIndex);
    }
    return nic.peer() instanceof BridgePort port
        ? port.hostEnd().map(HostEnd::index)
        : Optional.empty();
  }
}
