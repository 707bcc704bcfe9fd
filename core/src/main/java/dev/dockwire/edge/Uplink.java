package dev.dockwire.edge;

import dev.dockwire.engine.DockerHost;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.UdpView;
import dev.dockwire.host.World;
import dev.dockwire.stack.Gate;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.InboundPacket;
import dev.dockwire.stack.tcp.HeldSyn;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.IntFunction;

/**
 * The way out of the virtual network: TCP connections and datagrams that reach the uplink's gateway
 * end there and go on from a real socket, as far as the user allows it.
 *
 * <p>The gateway's own address stands for this machine's 127.0.0.1, as slirp has it. Its port 53 is
 * this machine's resolver to the name server of the uplink if all addresses are allowed.
 *
 * <p>Nothing but TCP and UDP gets out. A ping beyond is answered as prohibited.
 */
public final class Uplink implements Gate, AutoCloseable {

  /** What may be connected to. */
  public enum Policy {
    /** Nothing. */
    NONE,
    /** This machine, by the gateway's address. */
    LOOPBACK,
    /** This machine, and whatever it can reach. */
    ALL
  }

  private static final InetAddress LOOPBACK = realAddress(0x7f00_0001);
  private static final int DNS_PORT = 53;

  private final HostStack gateway;
  private final Policy policy;
  private final IntFunction<InetAddress> beyond;
  private final InetSocketAddress resolver;
  private final TcpUplink tcp;
  private final UdpUplink udp;

  /**
   * @param beyond the real address that an address of the virtual network beyond the gateway is
   */
  Uplink(
      EdgeLoop edge,
      World world,
      HostStack gateway,
      Policy policy,
      IntFunction<InetAddress> beyond,
      InetSocketAddress resolver) {
    this.gateway = gateway;
    this.policy = policy;
    this.beyond = beyond;
    this.resolver = resolver;
    this.tcp = new TcpUplink(edge, world.loop());
    this.udp = new UdpUplink(edge, world.loop(), world.timers(), gateway);
    gateway.gate(this);
  }

  /** Opens the way out of a Docker host's network. To be called on the world's thread. */
  public static Uplink open(EdgeLoop edge, World world, DockerHost host, Policy policy) {
    InetSocketAddress resolver = new InetSocketAddress(Resolver.ofThisMachine(), DNS_PORT);
    if (policy == Policy.ALL) {
      host.askNamesAtGateway(world.now());
    }
    return new Uplink(edge, world, host.outside(), policy, Uplink::realAddress, resolver);
  }

  private static InetAddress realAddress(int address) {
    byte[] octets = {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean answersFor(int address) {
    return policy == Policy.ALL && !isNeighbour(address);
  }

  private boolean isNeighbour(int address) {
    return gateway.routes().lookup(address).exists();
  }

  @Override
  public boolean onSyn(HeldSyn syn, long now) {
    if (!isAllowed(syn.localAddress())) {
      return false;
    }
    tcp.connect(syn, realEnd(syn.remoteAddress(), syn.localAddress(), syn.localPort()));
    return true;
  }

  @Override
  public boolean onDatagram(InboundPacket packet, UdpView datagram, long now) {
    Ipv4View header = packet.header();
    if (!isAllowed(header.destination())) {
      return false;
    }
    int port = datagram.destinationPort();
    udp.send(packet, datagram, realEnd(header.source(), header.destination(), port), now);
    return true;
  }

  private boolean isAllowed(int destination) {
    return gateway.isLocal(destination) ? policy != Policy.NONE : answersFor(destination);
  }

  private InetSocketAddress realEnd(int client, int destination, int port) {
    if (!gateway.isLocal(destination)) {
      return new InetSocketAddress(beyond.apply(destination), port);
    }
    boolean forNames = port == DNS_PORT && client == DockerHost.nameserver().value();
    return forNames ? resolver : new InetSocketAddress(LOOPBACK, port);
  }

  /** How many real sockets there are, those included that are not connected yet. */
  public int size() {
    return tcp.size() + udp.size();
  }

  /** Lets nothing out any more, and resets what is connected. */
  @Override
  public void close() {
    gateway.gate(Gate.CLOSED);
    tcp.close();
    udp.close();
  }
}
