package dev.dockwire.program;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.World;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.time.Seed;

/** Hosts on one bridge, 172.17.0.0/16, in virtual time; each hop takes 30 microseconds. */
public final class TestLan {

  private final World world = World.inVirtualTime(new Seed(1));
  private final Bridge bridge = new Bridge("docker0");

  /** A host with an eth0 on the bridge, and lo. */
  public TestHost host(String name, String address) {
    TestHost host = new TestHost(world, name);
    HostStack stack = host.host().stack();
    Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, world.loopback());
    lo.connect(lo);
    lo.txQueueLength(1_000);
    stack.attach(lo).address(Ipv4Prefix.parse("127.0.0.1/8"), world.now());
    Ipv4Address own = Ipv4Address.parse(address);
    Nic eth0 = new Nic("eth0", MacAddress.fromIpv4(own), 1_500, world.fabric());
    bridge.attach("veth" + name, eth0);
    stack.attach(eth0).address(new Ipv4Prefix(own, 16), world.now());
    host.host()
        .files()
        .write("/etc/hosts", "127.0.0.1\tlocalhost\n" + address + "\t" + name + "\n");
    return host;
  }

  /** Gives a host a default route. */
  public static void defaultRoute(TestHost host, String gateway) {
    HostStack stack = host.host().stack();
    stack
        .routes()
        .add(
            new Route(
                Route.DEFAULT,
                Ipv4Address.parse(gateway),
                stack.findInterface("eth0").orElseThrow(),
                new Ipv4Address(stack.findInterface("eth0").orElseThrow().addressValue()),
                0));
  }

  public World world() {
    return world;
  }
}
