package dev.dockwire.nat;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4View;

/**
 * Who talks to whom, in one direction: addresses, protocol and ports. ICMP queries have their
 * identifier in the place of the source port, and type and code in that of the destination port;
 * protocols without ports have zeros.
 */
class Tuple {

  int source;
  int destination;
  int protocol;

  /** The source port in the upper half, the destination port in the lower one. */
  int ports;

  final void set(int source, int destination, int protocol, int ports) {
    this.source = source;
    this.destination = destination;
    this.protocol = protocol;
    this.ports = ports;
  }

  final void set(Tuple other) {
    set(other.source, other.destination, other.protocol, other.ports);
  }

  /** Makes this what an answer to {@code other} has. */
  final void setAnswerTo(Tuple other) {
    int swapped =
        other.protocol == Ipv4View.PROTOCOL_ICMP
            ? ports(other.sourcePort(), answerType(other.destinationPort() >>> 8) << 8)
            : ports(other.destinationPort(), other.sourcePort());
    set(other.destination, other.source, other.protocol, swapped);
  }

  private static int answerType(int type) {
    return switch (type) {
      case IcmpView.ECHO_REQUEST -> IcmpView.ECHO_REPLY;
      case IcmpView.ECHO_REPLY -> IcmpView.ECHO_REQUEST;
      case IcmpView.TIMESTAMP -> IcmpView.TIMESTAMP_REPLY;
      case IcmpView.TIMESTAMP_REPLY -> IcmpView.TIMESTAMP;
      default -> type;
    };
  }

  static int ports(int sourcePort, int destinationPort) {
    return sourcePort << 16 | destinationPort;
  }

  final int sourcePort() {
    return ports >>> 16;
  }

  final int destinationPort() {
    return ports & 0xffff;
  }

  final boolean sameAs(Tuple other) {
    return source == other.source
        && destination == other.destination
        && ports == other.ports
        && protocol == other.protocol;
  }

  /** Spreads the tuple over all 32 bits; the key keeps strangers from choosing collisions. */
  final int hash(int key) {
    int hash = (source ^ key) * 0x9e37_79b1;
    hash = (Integer.rotateLeft(hash, 15) ^ destination) * 0x85eb_ca6b;
    hash = (Integer.rotateLeft(hash, 13) ^ ports) * 0xc2b2_ae35;
    hash ^= protocol * 0x27d4_eb2f;
    hash = (hash ^ hash >>> 15) * 0x2c1b_3c6d;
    return hash ^ hash >>> 13;
  }
}
