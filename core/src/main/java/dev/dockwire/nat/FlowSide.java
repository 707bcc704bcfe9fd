package dev.dockwire.nat;

import dev.dockwire.frame.Ipv4View;

/**
 * One direction of a flow: what its packets have on them when they come in. What they have when
 * they leave is the other side, turned around.
 */
final class FlowSide extends Tuple {

  final Flow flow;
  final boolean isReply;

  /** The tuple's hash, once the flow is in the table. */
  int hash;

  /** The rules' version under which this direction was accepted last; 0 for never. */
  long acceptedAt;

  /** Whether packets of this direction are changed at all. */
  boolean isTranslated;

  FlowSide(Flow flow, boolean isReply) {
    this.flow = flow;
    this.isReply = isReply;
  }

  FlowSide opposite() {
    return isReply ? flow.original : flow.reply;
  }

  int newSource() {
    return opposite().destination;
  }

  int newDestination() {
    return opposite().source;
  }

  /** For ICMP queries the new identifier. */
  int newSourcePort() {
    return protocol == Ipv4View.PROTOCOL_ICMP
        ? opposite().sourcePort()
        : opposite().destinationPort();
  }

  int newDestinationPort() {
    return protocol == Ipv4View.PROTOCOL_ICMP ? destinationPort() : opposite().sourcePort();
  }

  /** Compares both sides when neither will change any more. */
  void settle() {
    isTranslated =
        newSource() != source
            || newDestination() != destination
            || newSourcePort() != sourcePort()
            || newDestinationPort() != destinationPort();
  }
}
