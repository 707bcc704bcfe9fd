package dev.dockwire.engine;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.dns.DnsServer;
import dev.dockwire.dns.Upstream;
import dev.dockwire.dns.Zone;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.World;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.nat.Netfilter;
import dev.dockwire.stack.Gate;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.Route;
import java.net.BindException;
import java.util.List;

/**
 * The machine that Docker runs on: an ordinary virtual host with {@code lo}, and {@code eth0} at
 * 10.0.2.15 on the uplink, and one interface on each bridge.
 *
 * <p>The uplink is a network as virtual machines have: 10.0.2.2 is the gateway, 10.0.2.3 a DNS
 * server, which knows no name, for there is no world beyond, unless somebody opens the gateway.
 */
public final class DockerHost {

  private static final Ipv4Prefix ADDRESS = Ipv4Prefix.parse("10.0.2.15/24");
  private static final MacAddress MAC = MacAddress.parse("08:00:27:d1:e8:e8");
  private static final Ipv4Prefix GATEWAY = Ipv4Prefix.parse("10.0.2.2/24");
  private static final MacAddress GATEWAY_MAC = MacAddress.parse("52:54:00:12:35:02");
  static final Ipv4Prefix NAMESERVER = Ipv4Prefix.parse("10.0.2.3/24");
  private static final MacAddress NAMESERVER_MAC = MacAddress.parse("52:54:00:12:35:03");
  private static final Ipv4Prefix ANYWHERE = Ipv4Prefix.parse("0.0.0.0/0");
  private static final Ipv4Prefix LOOPBACK = Ipv4Prefix.parse("127.0.0.1/8");
  private static final int UPLINK_TX_QUEUE_LENGTH = 1_000;

  private final Host host;
  private final Netfilter netfilter;
  private HostStack outside;
  private HostStack nameserverStack;
  private DnsServer nameserver;
  private RealPorts realPorts = RealPorts.NONE;

  DockerHost(World world, FileTree files) {
    host = new Host(world, "docker", "docker", newStack(world, "docker"), files);
    files.write("/etc/hostname", "docker\n");
    files.write("/etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\tdocker\n");
    files.write("/etc/resolv.conf", "nameserver 10.0.2.3\n");
    joinUplink(world);
    host.stack().forwarding(true);
    netfilter = new Netfilter(host.stack(), world.seed().generator("nat"));
    host.stack().packetFilter(netfilter);
  }

  /** A stack with its loopback interface. */
  static HostStack newStack(World world, String name) {
    HostStack stack = new HostStack(name, world.timers(), world.secrets("stack/" + name));
    Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, world.loopback());
    lo.label(name + "/lo");
    lo.txQueueLength(1_000);
    lo.connect(lo);
    stack.attach(lo).address(LOOPBACK, world.now());
    return stack;
  }

  private void joinUplink(World world) {
    Bridge lan = new Bridge("uplink");
    Nic eth0 = new Nic("eth0", MAC, world.fabric().shape().mtu(), world.fabric());
    eth0.txQueueLength(UPLINK_TX_QUEUE_LENGTH);
    lan.attach("docker", eth0);
    StackInterface uplink = host.stack().attach(eth0);
    uplink.address(ADDRESS, world.now());
    host.stack().routes().add(new Route(ANYWHERE, GATEWAY.address(), uplink, ADDRESS.address(), 0));
    outside = joinOutside(world, lan, "gateway", GATEWAY_MAC, GATEWAY);
    outside.gate(Gate.CLOSED);
    nameserverStack = joinOutside(world, lan, "nameserver", NAMESERVER_MAC, NAMESERVER);
    nameserver = startNameserver(nameserverStack);
  }

  /** A host of the uplink; it knows of no network behind the Docker host. */
  private static HostStack joinOutside(
      World world, Bridge lan, String name, MacAddress mac, Ipv4Prefix address) {
    Nic nic = new Nic("eth0", mac, world.fabric().shape().mtu(), world.fabric());
    nic.label(name);
    lan.attach(name, nic);
    HostStack stack = newStack(world, name);
    stack.attach(nic).address(address, world.now());
    return stack;
  }

  private static DnsServer startNameserver(HostStack stack) {
    try {
      return DnsServer.startAlone(stack, NAMESERVER.address(), Zone.EMPTY);
    } catch (BindException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has the name server ask at the gateway for the names of the world, from now on. */
  public void askNamesAtGateway(long now) {
    Upstream gateway = new Upstream(nameserverStack, () -> List.of(GATEWAY.address()));
    nameserver.close(now);
    try {
      nameserver = DnsServer.start(nameserverStack, NAMESERVER.address(), Zone.EMPTY, gateway);
    } catch (BindException e) {
      throw new IllegalStateException(e);
    }
  }

  public Host host() {
    return host;
  }

  /** What decides about packets on their way through, and translates them. */
  public Netfilter netfilter() {
    return netfilter;
  }

  /** The gateway of the uplink, at 10.0.2.2: whoever comes from outside comes from there. */
  public HostStack outside() {
    return outside;
  }

  /** The address of the uplink's name server. */
  public static Ipv4Address nameserver() {
    return NAMESERVER.address();
  }

  /** Where ports that are published from now on can be reached from the world outside. */
  public void realPorts(RealPorts ports) {
    realPorts = ports;
  }

  RealPorts realPorts() {
    return realPorts;
  }

  /** Its address on the uplink, with the length of the subnet's prefix. */
  Ipv4Prefix uplinkAddress() {
    return ADDRESS;
  }

  public Ipv4Address address() {
    return ADDRESS.address();
  }
}
