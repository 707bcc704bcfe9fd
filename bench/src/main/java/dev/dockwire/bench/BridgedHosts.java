package dev.dockwire.bench;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import java.util.ArrayList;
import java.util.List;

/** Hosts with a stack on one bridge, turned by whoever measures them. */
final class BridgedHosts {

  private final Timers timers = new Timers();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Bridge bridge = new Bridge("br0");
  private final List<Nic> nics = new ArrayList<>();

  HostStack host(String name, Ipv4Prefix address) {
    HostStack stack = new HostStack(name, timers, new Seed(1).generator(name));
    Nic nic = new Nic("eth0", MacAddress.fromIpv4(address.address()), 1_500, fabric);
    nics.add(nic);
    bridge.attach(name, nic);
    stack.attach(nic).address(address, 0);
    return stack;
  }

  Fabric fabric() {
    return fabric;
  }

  /** How many frames the hosts have sent. */
  long frames() {
    return nics.stream().mapToLong(nic -> nic.counters().txPackets()).sum();
  }

  /** One turn; returns how much there was to do. */
  int turn(long now) {
    return timers.doWork(now) + fabric.doWork(now);
  }
}
