package dev.dockwire.nat;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.time.Timers;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The memory of a host that forwards: says of each packet which flow it belongs to, in which
 * direction, and whether it begins one. Connections are not picked up in the middle: only a SYN, a
 * query or a datagram begins a flow.
 */
final class Conntrack {

  /** As the {@code --ctstate} of iptables. */
  enum State {
    NEW,
    ESTABLISHED,
    /** An ICMP error about a packet of a flow. */
    RELATED,
    /** Damaged, or part of no flow that is known. */
    INVALID
  }

  /** Flows that one host remembers. */
  static final int MAX_FLOWS = 65_536;

  private final FlowTable table;
  private final TupleReader reader = new TupleReader();
  private final Tuple tuple = new Tuple();
  private final Tuple quotedTuple = new Tuple();
  private final IcmpView message = new IcmpView();
  private final Ipv4View quoted = new Ipv4View();
  private FlowSide side;

  Conntrack(int limit, Timers timers, RandomGenerator random, Consumer<Flow> whenForgotten) {
    this.table = new FlowTable(limit, random.nextInt(), timers, whenForgotten);
  }

  /**
   * Looks at a whole packet; {@link #side} is then the direction that it travels in.
   *
   * @param verified whether the checksum of a segment in it need not be computed
   */
  State track(Ipv4View header, byte[] bytes, boolean verified, long now) {
    return track(header, bytes, verified, true, now);
  }

  /** As {@link #track}, but what belongs to no flow that is known is INVALID. */
  State trackKnown(Ipv4View header, byte[] bytes, long now) {
    return track(header, bytes, false, false, now);
  }

  private State track(Ipv4View header, byte[] bytes, boolean verified, boolean mayBegin, long now) {
    side = null;
    if (header.protocol() == Ipv4View.PROTOCOL_ICMP && isError(header, bytes)) {
      return findQuoted(header, bytes) ? State.RELATED : State.INVALID;
    }
    if (!reader.read(header, bytes, verified, tuple)) {
      return State.INVALID;
    }
    FlowSide found = table.find(tuple);
    if (found == null) {
      return mayBegin ? begin(header.protocol(), bytes) : State.INVALID;
    }
    if (found.flow.tcp == null) {
      heard(found, now);
      side = found;
      return stateOf(found.flow);
    }
    return follow(found, header.protocol(), bytes, now);
  }

  private State follow(FlowSide found, int protocol, byte[] bytes, long now) {
    Flow flow = found.flow;
    switch (flow.tcp.receive(reader.segment(), bytes, found.isReply)) {
      case INVALID -> {
        return State.INVALID;
      }
      case REOPENED -> {
        table.remove(flow);
        return begin(protocol, bytes);
      }
      case VALID -> {
        flow.isAnswered |= found.isReply;
        table.refresh(flow, flow.tcp.state().age, now);
      }
      case PASSED -> flow.isAnswered |= found.isReply;
    }
    side = found;
    return stateOf(flow);
  }

  private static State stateOf(Flow flow) {
    return flow.isAnswered ? State.ESTABLISHED : State.NEW;
  }

  private State begin(int protocol, byte[] bytes) {
    TcpTrack tcp = null;
    FlowAge age = FlowAge.OTHER_UNANSWERED;
    switch (protocol) {
      case Ipv4View.PROTOCOL_TCP -> {
        if (!TcpTrack.opens(reader.segment())) {
          return State.INVALID;
        }
        tcp = new TcpTrack();
        tcp.receive(reader.segment(), bytes, false);
        age = FlowAge.TCP_SYN_SENT;
      }
      case Ipv4View.PROTOCOL_UDP -> age = FlowAge.UDP_UNANSWERED;
      case Ipv4View.PROTOCOL_ICMP -> {
        if (!TupleReader.isQuery(tuple.destinationPort() >>> 8)) {
          return State.INVALID;
        }
        age = FlowAge.ICMP_UNANSWERED;
      }
      default -> {
        // Kept by its addresses.
      }
    }
    side = new Flow(tuple, tcp, age).original;
    return State.NEW;
  }

  /**
   * A datagram or a query was heard again. Whose source is translated is kept by packets from
   * inside only (RFC 4787, REQ-6), but for the first answer.
   */
  private void heard(FlowSide found, long now) {
    Flow flow = found.flow;
    boolean firstAnswer = found.isReply && !flow.isAnswered;
    flow.isAnswered |= found.isReply;
    if (!found.isReply || firstAnswer || !flow.translatesSource()) {
      table.refresh(flow, ageAfter(found), now);
    }
  }

  private static FlowAge ageAfter(FlowSide heard) {
    Flow flow = heard.flow;
    if (!flow.isAnswered) {
      return flow.age;
    }
    return switch (heard.protocol) {
      case Ipv4View.PROTOCOL_UDP ->
          flow.isAssured() || !heard.isReply ? FlowAge.UDP_STREAM : FlowAge.UDP_ANSWERED;
      case Ipv4View.PROTOCOL_ICMP -> FlowAge.ICMP_ANSWERED;
      default -> FlowAge.OTHER_ANSWERED;
    };
  }

  private static boolean isError(Ipv4View header, byte[] bytes) {
    if (header.payloadLength() < IcmpView.HEADER_LENGTH) {
      return false;
    }
    return switch (bytes[header.payloadOffset()]) {
      case IcmpView.DESTINATION_UNREACHABLE, IcmpView.TIME_EXCEEDED, IcmpView.PARAMETER_PROBLEM ->
          true;
      default -> false;
    };
  }

  /** Errors neither keep a flow nor end it (RFC 5508, REQ-6; RFC 5382, REQ-10). */
  private boolean findQuoted(Ipv4View header, byte[] bytes) {
    if (!message.wrap(bytes, header.payloadOffset(), header.payloadLength())
        || !quoted.wrapQuoted(bytes, message.payloadOffset(), message.payloadLength())
        || quoted.fragmentOffset() != 0
        || !hasRightChecksum(bytes)
        || !TupleReader.readQuoted(quoted, bytes, quotedTuple)) {
      return false;
    }
    tuple.setAnswerTo(quotedTuple);
    side = table.find(tuple);
    return side != null;
  }

  private boolean hasRightChecksum(byte[] bytes) {
    int length = quoted.headerLength();
    int start = quoted.payloadOffset() - length;
    return InternetChecksum.compute(bytes, start, length) == 0;
  }

  /** The direction of the packet that was tracked last; null if it is INVALID. */
  FlowSide side() {
    return side;
  }

  /** Whether no flow has this tuple. */
  boolean isFree(Tuple candidate) {
    return table.find(candidate) == null;
  }

  /** Remembers a flow whose first packet is let through; false if there is no room. */
  boolean remember(Flow flow, long now) {
    return table.add(flow, now);
  }

  /** Forgets all flows that are meant. */
  void forget(Predicate<Flow> meant) {
    table.removeIf(meant);
  }

  List<Flow> flows() {
    return table.list();
  }

  int size() {
    return table.size();
  }

  long evicted() {
    return table.evicted();
  }
}
