package dev.dockwire.nat;

import dev.dockwire.frame.Ipv4View;

/**
 * What the host remembers of packets that belong together: both directions, how long it keeps them
 * in mind, and what is translated. Known to {@link Conntrack} from its first packet on; in the
 * table, and so found again, from when that packet leaves or is delivered.
 */
final class Flow {

  final FlowSide original = new FlowSide(this, false);
  final FlowSide reply = new FlowSide(this, true);

  /** Where a TCP connection is; null for all other flows. */
  final TcpTrack tcp;

  FlowAge age;
  Flow older;
  Flow newer;
  long deadline;

  boolean isKnown;
  boolean isAnswered;

  /** Whether it passes through a port's proxy, which connects from the Docker host itself. */
  boolean isProxied;

  /** The outside port that its source has; null if it keeps its own. */
  SourceMapping mapping;

  Flow(Tuple first, TcpTrack tcp, FlowAge age) {
    original.set(first);
    reply.setAnswerTo(first);
    this.tcp = tcp;
    this.age = age;
  }

  /** Sends the flow to another destination than its packets say. */
  void translateDestination(int address, int port) {
    reply.source = address;
    if (hasPorts()) {
      reply.ports = Tuple.ports(port, reply.destinationPort());
    }
  }

  /** Has the flow come from another source; {@code port} is the identifier of ICMP queries. */
  void translateSource(int address, int port) {
    reply.destination = address;
    if (reply.protocol == Ipv4View.PROTOCOL_ICMP) {
      reply.ports = Tuple.ports(port, reply.destinationPort());
    } else if (hasPorts()) {
      reply.ports = Tuple.ports(reply.sourcePort(), port);
    }
  }

  boolean hasPorts() {
    return tcp != null || reply.protocol == Ipv4View.PROTOCOL_UDP;
  }

  /** Where its packets go in the end. */
  int target() {
    return reply.source;
  }

  boolean translatesSource() {
    return reply.destination != original.source;
  }

  boolean isAssured() {
    return age.isAssured();
  }
}
