package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.World;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.Route;

/**
 * The machine that Docker runs on: an ordinary virtual host with {@code lo}, and {@code eth0} at
 * 10.0.2.15 on a wire to the uplink gateway 10.0.2.2, and one interface on each bridge.
 */
public final class DockerHost {

  private static final Ipv4Prefix ADDRESS = Ipv4Prefix.parse("10.0.2.15/24");
  private static final MacAddress MAC = MacAddress.parse("08:00:27:d1:e8:e8");
  private static final Ipv4Prefix GATEWAY = Ipv4Prefix.parse("10.0.2.2/24");
  private static final MacAddress GATEWAY_MAC = MacAddress.parse("52:54:00:12:35:02");
  private static final Ipv4Prefix ANYWHERE = Ipv4Prefix.parse("0.0.0.0/0");
  private static final Ipv4Prefix LOOPBACK = Ipv4Prefix.parse("127.0.0.1/8");
  private static final int UPLINK_TX_QUEUE_LENGTH = 1_000;

  private final Host host;

  DockerHost(World world, FileTree files) {
    host = new Host(world, "docker", "docker", newStack(world, "docker"), files);
    files.write("/etc/hostname", "docker\n");
    files.write("/etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\tdocker\n");
    files.write("/etc/resolv.conf", "nameserver 10.0.2.3\n");
    joinUplink(world);
    host.stack().forwarding(true);
  }

  /** A stack with its loopback interface. */
  static HostStack newStack(World world, String name) {
    HostStack stack = new HostStack(name, world.timers(), world.seed().generator("stack/" + name));
    Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, world.loopback());
    lo.label(name + "/lo");
    lo.txQueueLength(1_000);
    lo.connect(lo);
    stack.attach(lo).address(LOOPBACK, world.now());
    return stack;
  }

  private void joinUplink(World world) {
    int mtu = world.fabric().shape().mtu();
    Nic eth0 = new Nic("eth0", MAC, mtu, world.fabric());
    Nic gateway = new Nic("gateway", GATEWAY_MAC, mtu, world.fabric());
    eth0.txQueueLength(UPLINK_TX_QUEUE_LENGTH);
    eth0.connect(gateway);
    gateway.connect(eth0);
    StackInterface uplink = host.stack().attach(eth0);
    uplink.address(ADDRESS, world.now());
    host.stack().routes().add(new Route(ANYWHERE, GATEWAY.address(), uplink, ADDRESS.address(), 0));
    newStack(world, "gateway").attach(gateway).address(GATEWAY, world.now());
  }

  public Host host() {
    return host;
  }

  /** Its address on the uplink, with the length of the subnet's prefix. */
  Ipv4Prefix uplinkAddress() {
    return ADDRESS;
  }

  public Ipv4Address address() {
    return ADDRESS.address();
  }
}
