package dev.dockwire.stack;

import dev.dockwire.frame.DropCounters;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.link.FrameHandler;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.arp.ArpLayer;
import dev.dockwire.stack.arp.NeighbourCache;
import dev.dockwire.stack.icmp.IcmpLayer;
import dev.dockwire.stack.ip.Ipv4Layer;
import dev.dockwire.stack.ip.PacketFilter;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.stack.ip.RouteTable;
import dev.dockwire.stack.socket.EphemeralPorts;
import dev.dockwire.stack.tcp.TcpLayer;
import dev.dockwire.stack.udp.UdpLayer;
import dev.dockwire.time.Timers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The TCP/IP stack of one virtual host: its interfaces, its layers and its account.
 *
 * <p>Frames come from NICs by {@link #receive} and go, by ether type, to {@link ArpLayer} or {@link
 * Ipv4Layer}. The account is exact: {@code received = accepted + refused}, and {@code drops.total =
 * refused + lost + noted}: lost are packets dropped at another time than when their frame came in,
 * noted are parts of frames that were of use all the same.
 *
 * <p>A host may be reached at any of its addresses by any of its interfaces (the weak end system
 * model of RFC 1122, section 3.3.4.2), as in Linux. Tables are made when they are first needed:
 * thousands of idle stacks fit one JVM.
 */
public final class HostStack implements FrameHandler {

  private static final int ALL_HOSTS = 0xe000_0001;

  private final String name;
  private final Timers timers;
  private final RandomGenerator random;
  private final RouteTable routes = new RouteTable();
  private final ArpLayer arp;
  private final Ipv4Layer ip;
  private final IcmpLayer icmp;
  private final UdpLayer udp;
  private final TcpLayer tcp;
  private final DropCounters drops = new DropCounters();

  private EphemeralPorts ephemeralPorts;
  private StackInterface[] interfaces = {};
  private StackInterface lastReceiver;
  private int attached;
  private PacketFilter packetFilter;
  private Gate gate;
  private boolean forwarding;
  private int addressVersion;

  private FrameSlot frame;
  private boolean refusedFrame;
  private long received;
  private long refused;

  public HostStack(String name, Timers timers, RandomGenerator random) {
    this.name = name;
    this.timers = timers;
    this.random = random;
    this.arp = new ArpLayer(this);
    this.ip = new Ipv4Layer(this);
    this.icmp = new IcmpLayer(this);
    this.udp = new UdpLayer(this);
    this.tcp = new TcpLayer(this);
  }

  /** Takes a NIC: its frames come here from now on. */
  public StackInterface attach(Nic nic) {
    StackInterface added = new StackInterface(this, nic, nextIndex());
    interfaces = Arrays.copyOf(interfaces, interfaces.length + 1);
    interfaces[interfaces.length - 1] = added;
    addressesChanged();
    nic.handler(this);
    return added;
  }

  /** The next number for an interface of this host, whether it belongs to the stack or not. */
  public int nextIndex() {
    return ++attached;
  }

  /** Lets a NIC go, with everything that leads there. */
  public void detach(StackInterface removed) {
    removed.forgetPaths();
    removed.nic().handler((nic, slot, now) -> {});
    interfaces =
        Arrays.stream(interfaces)
            .filter(candidate -> candidate != removed)
            .toArray(StackInterface[]::new);
    lastReceiver = null;
    addressesChanged();
  }

  @Override
  public void receive(Nic nic, FrameSlot slot, long now) {
    received++;
    frame = slot;
    refusedFrame = false;
    StackInterface in = receiver(nic);
    byte[] bytes = slot.bytes();
    int offset = slot.offset();
    long destination = EthernetView.destination(bytes, offset);
    if (destination != nic.mac().value() && !MacAddress.isGroup(destination)) {
      drop(DropReason.ETH_NOT_MINE);
    } else {
      demultiplex(in, bytes, offset, slot.length(), destination, now);
    }
    frame = null;
  }

  private void demultiplex(
      StackInterface in, byte[] bytes, int offset, int length, long destination, long now) {
    int payload = offset + EthernetView.HEADER_LENGTH;
    int payloadLength = length - EthernetView.HEADER_LENGTH;
    switch (NetworkOrder.short16(bytes, payload - 2)) {
      case EthernetView.TYPE_IPV4 ->
          ip.receive(
              in,
              bytes,
              payload,
              payloadLength,
              MacAddress.isGroup(destination),
              frame.isVerified(),
              now);
      case EthernetView.TYPE_ARP -> {
        long source = EthernetView.source(bytes, offset);
        boolean unicast = !MacAddress.isGroup(destination);
        arp.receive(in, source, unicast, bytes, payload, payloadLength, now);
      }
      case EthernetView.TYPE_VLAN -> drop(DropReason.ETH_TAGGED);
      default -> drop(DropReason.ETH_UNKNOWN_TYPE);
    }
  }

  /** For the layers: the frame in hand goes no further. At most one reason for each frame. */
  public void drop(DropReason reason) {
    assert frame != null && !refusedFrame : "dropped twice: " + reason;
    refusedFrame = true;
    refused++;
    drops.count(reason);
    // A flooded frame has other receivers; what this one did is not its fate.
    if (frame.fate() != FrameSlot.Fate.FLOODED) {
      frame.settleDropped(reason);
    }
  }

  /** For the layers: something in the frame in hand is ignored, but the frame is of use. */
  public void note(DropReason reason) {
    drops.count(reason);
  }

  /** For the layers: a packet was lost that is not the frame in hand. */
  public void lose(DropReason reason) {
    drops.count(reason);
  }

  /** Whether an address is one of this host's, 127.0.0.0/8 included if there is a loopback. */
  public boolean isLocal(int address) {
    for (StackInterface candidate : interfaces) {
      if (candidate.hasAddress(address)
          || candidate.isLoopback() && Ipv4Address.isLoopback(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether packets from an address may leave here: its own, and those that its gate stands for.
   */
  public boolean answersFor(int address) {
    return isLocal(address) || gate != null && gate.answersFor(address);
  }

  /**
   * Another number whenever addresses have come or gone, so that others need not look each time.
   */
  public int addressVersion() {
    return addressVersion;
  }

  void addressesChanged() {
    addressVersion++;
  }

  /** The way to this host's own addresses; {@link Route#NONE} without a loopback that is up. */
  public Route loopbackRoute() {
    for (StackInterface candidate : interfaces) {
      if (candidate.isLoopback() && candidate.isUp()) {
        return candidate.loopbackRoute();
      }
    }
    return Route.NONE;
  }

  /** Whether packets to this address are for everybody on a wire of this host's. */
  public boolean isBroadcast(int address) {
    if (address == Ipv4Address.BROADCAST.value() || address == ALL_HOSTS) {
      return true;
    }
    for (StackInterface candidate : interfaces) {
      if (candidate.isBroadcast(address)) {
        return true;
      }
    }
    return false;
  }

  /** What looks at all packets on their way; null for nothing, as most hosts have it. */
  public PacketFilter packetFilter() {
    return packetFilter;
  }

  /** Has every packet looked at from now on, in whichever direction it goes. */
  public void packetFilter(PacketFilter filter) {
    packetFilter = filter;
  }

  /** What becomes of packets for nobody here; null, as most hosts have it, if nothing does. */
  public Gate gate() {
    return gate;
  }

  public void gate(Gate nowThere) {
    gate = nowThere;
    addressesChanged();
  }

  /** Whether packets that are for others are passed on to them. */
  public boolean isForwarding() {
    return forwarding;
  }

  public void forwarding(boolean nowForwarding) {
    forwarding = nowForwarding;
  }

  /** The interfaces in the order they were attached. */
  public List<StackInterface> interfaces() {
    return List.of(interfaces);
  }

  public Optional<StackInterface> findInterface(String interfaceName) {
    return Arrays.stream(interfaces)
        .filter(candidate -> candidate.name().equals(interfaceName))
        .findFirst();
  }

  public String name() {
    return name;
  }

  public RouteTable routes() {
    return routes;
  }

  public NeighbourCache neighbours() {
    return arp.neighbours();
  }

  public ArpLayer arp() {
    return arp;
  }

  public Ipv4Layer ip() {
    return ip;
  }

  public IcmpLayer icmp() {
    return icmp;
  }

  public UdpLayer udp() {
    return udp;
  }

  public TcpLayer tcp() {
    return tcp;
  }

  /** Chooses local ports; made when the first is needed. */
  public EphemeralPorts ephemeralPorts() {
    if (ephemeralPorts == null) {
      ephemeralPorts = new EphemeralPorts(random);
    }
    return ephemeralPorts;
  }

  public Timers timers() {
    return timers;
  }

  public RandomGenerator random() {
    return random;
  }

  /** Everything this host dropped, by reason. */
  public DropCounters drops() {
    return drops;
  }

  /** Frames that NICs handed over. */
  public long received() {
    return received;
  }

  /** Received frames that were of use. */
  public long accepted() {
    return received - refused;
  }

  /** Received frames that were dropped. */
  public long refused() {
    return refused;
  }

  @Override
  public String toString() {
    return name;
  }

  private StackInterface receiver(Nic nic) {
    if (lastReceiver == null || lastReceiver.nic() != nic) {
      lastReceiver = interfaceOf(nic);
    }
    return lastReceiver;
  }

  private StackInterface interfaceOf(Nic nic) {
    for (StackInterface candidate : interfaces) {
      if (candidate.nic() == nic) {
        return candidate;
      }
    }
    throw new IllegalStateException(nic + " is not attached to " + name);
  }
}
