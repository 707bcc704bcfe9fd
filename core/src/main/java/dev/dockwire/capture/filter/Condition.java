package dev.dockwire.capture.filter;

/** An expression as a tree: what must hold of a frame. */
sealed interface Condition {

  /** Which of a frame's two ends is meant. */
  enum End {
    SOURCE,
    DESTINATION,
    EITHER,
    BOTH
  }

  /** Every frame. */
  record Always() implements Condition {}

  record And(Condition first, Condition second) implements Condition {}

  record Or(Condition first, Condition second) implements Condition {}

  record Not(Condition inner) implements Condition {}

  /** Of a frame behind so many 802.1Q tags. */
  record Behind(int tags, Condition inner) implements Condition {}

  record EtherType(int type) implements Condition {}

  record EtherAddress(End end, long mac) implements Condition {}

  /** A frame for a group. */
  record EtherMulticast() implements Condition {}

  /** A tagged frame, of one VLAN unless {@code id} is {@link #ANY_ID}. */
  record Vlan(int id) implements Condition {
    static final int ANY_ID = -1;
  }

  /** An IPv4 packet of a protocol. */
  record Ipv4Protocol(int protocol) implements Condition {}

  /** An IPv6 packet of a protocol, in a fragment or not. */
  record Ipv6Protocol(int protocol) implements Condition {}

  /** An IPv4 packet, or an ARP or RARP message, with an address. */
  record Address(int etherType, End end, int address, int mask) implements Condition {}

  /** An IPv4 or IPv6 packet of TCP, UDP or SCTP with a port of a range; no later fragment. */
  record Port(int etherType, int protocol, End end, int low, int high) implements Condition {}

  record IpMulticast() implements Condition {}

  /** An IPv4 packet for everybody on a network with this mask. */
  record IpBroadcast(int mask) implements Condition {}

  /** A frame that this host did not send, or did. */
  record Way(boolean inbound) implements Condition {}

  /** Two numbers out of the frame, or given, compared without sign. */
  record Relation(Arithmetic left, Comparison comparison, Arithmetic right) implements Condition {}

  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL;

    boolean holds(int left, int right) {
      int order = Integer.compareUnsigned(left, right);
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
      };
    }
  }
}
