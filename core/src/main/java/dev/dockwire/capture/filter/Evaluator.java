package dev.dockwire.capture.filter;

import dev.dockwire.capture.Direction;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.NetworkOrder;

/**
 * Says whether a condition holds of a frame, by the rules of the BPF programs that libpcap makes: a
 * condition that looks behind the last captured octet makes the whole answer no, whatever else is
 * in the expression; so does a division by 0.
 */
final class Evaluator {

  private static final int OFFSET_MASK = 0x1fff;
  private static final int VLAN_MASK = 0xfff;
  private static final int IPV6_HEADER_LENGTH = 40;
  private static final int IPV6_FRAGMENT = 44;

  private byte[] bytes;
  private int offset;
  private int captured;
  private int length;
  private Direction direction;

  /** Where the network header begins. */
  private int network;

  /** An answer would have needed what is not there. */
  private boolean impossible;

  /** The relation in hand asks about a header that the frame does not have. */
  private boolean absent;

  boolean evaluate(
      Condition condition,
      byte[] frameBytes,
      int frameOffset,
      int capturedLength,
      int frameLength,
      Direction frameDirection) {
    bytes = frameBytes;
    offset = frameOffset;
    captured = capturedLength;
    length = frameLength;
    direction = frameDirection;
    network = EthernetView.HEADER_LENGTH;
    impossible = false;
    return test(condition) && !impossible;
  }

  private boolean test(Condition condition) {
    return switch (condition) {
      case Condition.Always _ -> true;
      case Condition.And(Condition first, Condition second) -> test(first) && test(second);
      case Condition.Or(Condition first, Condition second) -> test(first) || test(second);
      case Condition.Not(Condition inner) -> !test(inner);
      case Condition.Behind(int tags, Condition inner) -> {
        network = EthernetView.HEADER_LENGTH + tags * EthernetView.TAG_LENGTH;
        boolean holds = test(inner);
        network = EthernetView.HEADER_LENGTH;
        yield holds;
      }
      case Condition.EtherType(int type) -> isType(type);
      case Condition.EtherAddress address -> hasAddress(address);
      case Condition.EtherMulticast _ -> (octet(0) & 1) != 0;
      case Condition.Vlan vlan -> isOf(vlan);
      case Condition.Ipv4Protocol(int protocol) ->
          isType(EthernetView.TYPE_IPV4) && octet(network + 9) == protocol;
      case Condition.Ipv6Protocol(int protocol) -> isIpv6Of(protocol);
      case Condition.Address address -> hasAddress(address);
      case Condition.Port port -> hasPort(port);
      case Condition.IpMulticast _ -> isType(EthernetView.TYPE_IPV4) && octet(network + 16) >= 224;
      case Condition.IpBroadcast(int mask) -> isBroadcast(mask);
      case Condition.Way(boolean inbound) -> inbound == (direction != Direction.OUTBOUND);
      case Condition.Relation relation -> holds(relation);
    };
  }

  private boolean isType(int type) {
    return short16(network - 2) == type;
  }

  private boolean isOf(Condition.Vlan vlan) {
    return isType(EthernetView.TYPE_VLAN)
        && (vlan.id() == Condition.Vlan.ANY_ID || (short16(network) & VLAN_MASK) == vlan.id());
  }

  private boolean hasAddress(Condition.EtherAddress wanted) {
    return switch (wanted.end()) {
      case SOURCE -> mac48(6) == wanted.mac();
      case DESTINATION -> mac48(0) == wanted.mac();
      case EITHER -> mac48(6) == wanted.mac() || mac48(0) == wanted.mac();
      case BOTH -> mac48(6) == wanted.mac() && mac48(0) == wanted.mac();
    };
  }

  private boolean isIpv6Of(int protocol) {
    if (!isType(EthernetView.TYPE_IPV6)) {
      return false;
    }
    int next = octet(network + 6);
    return next == protocol
        || next == IPV6_FRAGMENT && octet(network + IPV6_HEADER_LENGTH) == protocol;
  }

  private boolean hasAddress(Condition.Address wanted) {
    if (!isType(wanted.etherType())) {
      return false;
    }
    boolean ip = wanted.etherType() == EthernetView.TYPE_IPV4;
    int source = network + (ip ? 12 : 14);
    int destination = network + (ip ? 16 : 24);
    int mask = wanted.mask();
    int value = wanted.address() & mask;
    return switch (wanted.end()) {
      case SOURCE -> (int32(source) & mask) == value;
      case DESTINATION -> (int32(destination) & mask) == value;
      case EITHER -> (int32(source) & mask) == value || (int32(destination) & mask) == value;
      case BOTH -> (int32(source) & mask) == value && (int32(destination) & mask) == value;
    };
  }

  private boolean hasPort(Condition.Port wanted) {
    if (!isType(wanted.etherType())) {
      return false;
    }
    int transport;
    if (wanted.etherType() == EthernetView.TYPE_IPV6) {
      if (octet(network + 6) != wanted.protocol()) {
        return false;
      }
      transport = network + IPV6_HEADER_LENGTH;
    } else {
      if (octet(network + 9) != wanted.protocol() || isLaterFragment()) {
        return false;
      }
      transport = transport();
    }
    return switch (wanted.end()) {
      case SOURCE -> isIn(wanted, transport);
      case DESTINATION -> isIn(wanted, transport + 2);
      case EITHER -> isIn(wanted, transport) || isIn(wanted, transport + 2);
      case BOTH -> isIn(wanted, transport) && isIn(wanted, transport + 2);
    };
  }

  private boolean isIn(Condition.Port wanted, int index) {
    int found = short16(index);
    return found >= wanted.low() && found <= wanted.high();
  }

  private boolean isLaterFragment() {
    return (short16(network + 6) & OFFSET_MASK) != 0;
  }

  private int transport() {
    return network + (octet(network) & 0xf) * 4;
  }

  private boolean isBroadcast(int mask) {
    if (!isType(EthernetView.TYPE_IPV4)) {
      return false;
    }
    int host = int32(network + 16) & ~mask;
    return host == 0 || host == ~mask;
  }

  private boolean holds(Condition.Relation relation) {
    absent = false;
    int left = compute(relation.left(), true);
    int right = compute(relation.right(), true);
    return !absent && relation.comparison().holds(left, right);
  }

  /**
   * Computes a number.
   *
   * @param checked whether headers must be there; libpcap asks that of the first operand of an
   *     operator only, and reads what is in place of the others' headers
   */
  private int compute(Arithmetic number, boolean checked) {
    return switch (number) {
      case Arithmetic.Constant(int value) -> value;
      case Arithmetic.Length _ -> length;
      case Arithmetic.Load load -> load(load, checked);
      case Arithmetic.Binary binary -> {
        int left = compute(binary.left(), checked);
        int right = compute(binary.right(), false);
        if (right == 0 && binary.operator().divides()) {
          impossible |= !absent;
          yield 0;
        }
        yield binary.operator().apply(left, right);
      }
    };
  }

  private int load(Arithmetic.Load load, boolean checked) {
    int index = compute(load.index(), checked);
    if (absent || checked && !has(load.header())) {
      absent = true;
      return 0;
    }
    int at = start(load.header()) + index;
    return switch (load.size()) {
      case 1 -> octet(at);
      case 2 -> short16(at);
      default -> int32(at);
    };
  }

  private boolean has(Header header) {
    if (header == Header.ETHER) {
      return true;
    }
    if (header.etherType != 0) {
      return isType(header.etherType);
    }
    return isType(EthernetView.TYPE_IPV4)
        && octet(network + 9) == header.protocol
        && !isLaterFragment();
  }

  private int start(Header header) {
    if (header == Header.ETHER) {
      return 0;
    }
    return header.etherType != 0 ? network : transport();
  }

  /** Whether octets are there; if not, there is no answer. */
  private boolean reaches(int index, int size) {
    if (index < 0 || index > captured - size) {
      impossible = true;
      return false;
    }
    return true;
  }

  private int octet(int index) {
    return reaches(index, 1) ? NetworkOrder.octet(bytes, offset + index) : 0;
  }

  private int short16(int index) {
    return reaches(index, 2) ? NetworkOrder.short16(bytes, offset + index) : 0;
  }

  private int int32(int index) {
    return reaches(index, 4) ? NetworkOrder.int32(bytes, offset + index) : 0;
  }

  private long mac48(int index) {
    return reaches(index, 6) ? NetworkOrder.mac48(bytes, offset + index) : 0;
  }
}
