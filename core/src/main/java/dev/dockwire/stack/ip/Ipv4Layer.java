package dev.dockwire.stack.ip;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.icmp.ErrorSender;

/**
 * Takes IPv4 packets from the wire: checks them (RFC 1122, section 3.2.1), and delivers them to a
 * protocol, whole, or to the {@link Forwarder}.
 */
public final class Ipv4Layer {

  /** What packets of this host start with (RFC 1700). */
  public static final int DEFAULT_TTL = 64;

  private final HostStack stack;
  private final InboundPacket packet = new InboundPacket();
  private final Ipv4Options options;
  private final Reassembler reassembler;
  private final Forwarder forwarder;
  private final PathMtuCache pathMtus = new PathMtuCache();
  private final Ipv4Output output;

  private StackInterface judgedIn;
  private int judgedSource;
  private int judgedDestination;
  private int judgedVersion;
  private boolean toGroup;
  private boolean mine;

  public Ipv4Layer(HostStack stack) {
    this.stack = stack;
    this.options = new Ipv4Options(stack);
    this.reassembler = new Reassembler(stack);
    Fragmenter fragmenter = new Fragmenter(stack.arp().output());
    this.forwarder = new Forwarder(stack, fragmenter, options);
    this.output = new Ipv4Output(stack, fragmenter, pathMtus);
  }

  /**
   * Takes one packet.
   *
   * @param groupFrame whether the frame was sent to a broadcast or multicast Ethernet address
   * @param verified as {@link FrameSlot#isVerified}
   */
  public void receive(
      StackInterface in,
      byte[] bytes,
      int offset,
      int length,
      boolean groupFrame,
      boolean verified,
      long now) {
    if (!packet.wrap(in, bytes, offset, length, groupFrame)) {
      stack.drop(packet.problem());
      return;
    }
    packet.verified(verified);
    Ipv4View header = packet.header();
    int destination = header.destination();
    int source = header.source();
    if (!isJudged(in, source, destination) && !judge(in, source, destination)) {
      return;
    }
    packet.toGroup(toGroup);
    if (groupFrame && !toGroup) {
      stack.drop(DropReason.IP_L2_BCAST_UNICAST);
      return;
    }
    PacketFilter filter = stack.packetFilter();
    if (filter != null && !toGroup && !in.isLoopback()) {
      receiveFiltered(filter, now);
      return;
    }
    if (!mine && !toGroup && stack.gate() != null) {
      receiveAtGate(now);
      return;
    }
    if (!mine && (toGroup || !stack.isForwarding())) {
      stack.drop(DropReason.IP_NOT_MINE);
      return;
    }
    if (header.hasOptions() && !checkOptions(bytes, header, now)) {
      return;
    }
    if (mine) {
      deliver(header, now);
    } else {
      forwarder.forward(packet, destination, null, now);
    }
  }

  /** Packets come in trains: what was found out about the last one mostly holds for this one. */
  private boolean isJudged(StackInterface in, int source, int destination) {
    return source == judgedSource
        && destination == judgedDestination
        && in == judgedIn
        && stack.addressVersion() == judgedVersion;
  }

  /** Whether there may be such a packet, and whom it is for. */
  private boolean judge(StackInterface in, int source, int destination) {
    judgedIn = null;
    if (isMartianSource(source, in)) {
      stack.drop(DropReason.IP_MARTIAN_SRC);
      return false;
    }
    if (isMartianDestination(destination, in)) {
      stack.drop(DropReason.IP_MARTIAN_DST);
      return false;
    }
    boolean broadcast = stack.isBroadcast(destination);
    toGroup = broadcast || Ipv4Address.isMulticast(destination);
    mine = broadcast || stack.isLocal(destination);
    judgedIn = in;
    judgedSource = source;
    judgedDestination = destination;
    judgedVersion = stack.addressVersion();
    return true;
  }

  /** The filter sees whole packets only, and says where they are going. */
  private void receiveFiltered(PacketFilter filter, long now) {
    Ipv4View header = packet.header();
    if (header.hasOptions() && !checkOptions(packet.bytes(), header, now)
        || header.isFragment() && !reassembler.add(packet, now)
        || !filter.prerouting(packet, now)) {
      return;
    }
    int destination = filter.destination();
    if (stack.isLocal(destination)) {
      if (filter.input(packet, now)) {
        deliver(header, now);
      }
    } else if (stack.isForwarding()) {
      forwarder.forward(packet, destination, filter, now);
    } else {
      stack.drop(DropReason.IP_NOT_MINE);
    }
  }

  /** TCP, UDP and errors about them are taken as if the address were this host's. */
  private void receiveAtGate(long now) {
    Ipv4View header = packet.header();
    if (header.hasOptions() && !checkOptions(packet.bytes(), header, now)
        || header.isFragment() && !reassembler.add(packet, now)) {
      return;
    }
    if (stack.gate().answersFor(header.destination()) && isForGate(header)) {
      deliver(header, now);
    } else {
      stack.drop(DropReason.IP_FILTERED);
      unreachable(ErrorSender.PROHIBITED, now);
    }
  }

  private boolean isForGate(Ipv4View header) {
    return switch (header.protocol()) {
      case Ipv4View.PROTOCOL_TCP, Ipv4View.PROTOCOL_UDP -> true;
      case Ipv4View.PROTOCOL_ICMP ->
          header.payloadLength() > 0
              && switch (NetworkOrder.octet(packet.bytes(), header.payloadOffset())) {
                case IcmpView.DESTINATION_UNREACHABLE,
                    IcmpView.TIME_EXCEEDED,
                    IcmpView.PARAMETER_PROBLEM ->
                    true;
                default -> false;
              };
      default -> false;
    };
  }

  private boolean checkOptions(byte[] bytes, Ipv4View header, long now) {
    if (options.check(bytes, header)) {
      return true;
    }
    stack.drop(options.problem());
    if (options.problem() == DropReason.IP_BAD_OPTION) {
      int rest = options.problemPointer() << 24;
      stack.icmp().errors().send(packet, IcmpView.PARAMETER_PROBLEM, 0, rest, now);
    }
    return false;
  }

  private void deliver(Ipv4View header, long now) {
    if (header.isFragment() && !reassembler.add(packet, now)) {
      return;
    }
    switch (header.protocol()) {
      case Ipv4View.PROTOCOL_ICMP -> stack.icmp().receive(packet, now);
      case Ipv4View.PROTOCOL_UDP -> stack.udp().receive(packet, now);
      case Ipv4View.PROTOCOL_TCP -> stack.tcp().receive(packet, now);
      default -> {
        stack.drop(DropReason.IP_UNKNOWN_PROTO);
        unreachable(ErrorSender.PROTOCOL_UNREACHABLE, now);
      }
    }
  }

  /** Takes back a packet whose next hop did not answer ARP, and tells its sender. */
  public void undeliverable(StackInterface via, byte[] bytes, int offset, int length, long now) {
    if (packet.wrap(via, bytes, offset, length, false)) {
      unreachable(ErrorSender.HOST_UNREACHABLE, now);
    }
  }

  private void unreachable(int code, long now) {
    stack.icmp().errors().send(packet, IcmpView.DESTINATION_UNREACHABLE, code, 0, now);
  }

  private boolean isMartianSource(int source, StackInterface in) {
    if (in.isLoopback()) {
      return !stack.isLocal(source);
    }
    return Ipv4Address.isThisNetwork(source)
        || Ipv4Address.isLoopback(source)
        || Ipv4Address.isMulticast(source)
        || Ipv4Address.isReserved(source)
        || stack.isLocal(source)
        || stack.isBroadcast(source);
  }

  private static boolean isMartianDestination(int destination, StackInterface in) {
    return Ipv4Address.isThisNetwork(destination)
        || Ipv4Address.isLoopback(destination) && !in.isLoopback()
        || Ipv4Address.isReserved(destination) && destination != Ipv4Address.BROADCAST.value();
  }

  /** How packets are sent. */
  public Ipv4Output output() {
    return output;
  }

  public Ipv4Options options() {
    return options;
  }

  /** Octets that unfinished packets take. */
  public int reassemblyBytes() {
    return reassembler.bytes();
  }

  /** Packets of which not all fragments have arrived. */
  public int reassemblyPackets() {
    return reassembler.size();
  }

  /** What is known of narrow paths. */
  public PathMtuCache pathMtus() {
    return pathMtus;
  }
}
