package dev.dockwire.nat;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4View;

/**
 * Writes other addresses and ports into a packet in place, and keeps every checksum right by what
 * has changed (RFC 1624); a UDP checksum of 0, which says that there is none, stays.
 */
final class Rewriter {

  private static final int TOTAL_LENGTH = 2;
  private static final int PROTOCOL = 9;
  private static final int HEADER_CHECKSUM = 10;
  private static final int SOURCE = 12;
  private static final int DESTINATION = 16;
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;
  private static final int ICMP_CHECKSUM = 2;
  private static final int ICMP_IDENTIFIER = 4;

  private Rewriter() {}

  /** Gives a whole packet of one direction what it leaves with. */
  static void rewrite(byte[] bytes, int offset, FlowSide side) {
    rewrite(
        bytes,
        offset,
        short16(bytes, offset + TOTAL_LENGTH),
        side.newSource(),
        side.newDestination(),
        side.newSourcePort(),
        side.newDestinationPort());
  }

  /**
   * Rewrites a packet, or as much as there is of one that an error quotes.
   *
   * @param available octets of the packet that may be touched, its header included
   */
  static void rewrite(
      byte[] bytes,
      int offset,
      int available,
      int source,
      int destination,
      int sourcePort,
      int destinationPort) {
    int headerLength = (octet(bytes, offset) & 0xf) << 2;
    int payload = offset + headerLength;
    int length = available - headerLength;
    int oldSource = int32(bytes, offset + SOURCE);
    int oldDestination = int32(bytes, offset + DESTINATION);
    int addresses =
        InternetChecksum.change32(oldSource, source)
            + InternetChecksum.change32(oldDestination, destination);
    switch (octet(bytes, offset + PROTOCOL)) {
      case Ipv4View.PROTOCOL_TCP -> {
        int oldPorts = int32(bytes, payload);
        int newPorts = Tuple.ports(sourcePort, destinationPort);
        int32(bytes, payload, newPorts);
        if (length >= TCP_CHECKSUM + 2) {
          int change = addresses + InternetChecksum.change32(oldPorts, newPorts);
          int checksum = short16(bytes, payload + TCP_CHECKSUM);
          short16(bytes, payload + TCP_CHECKSUM, InternetChecksum.update(checksum, change));
        }
      }
      case Ipv4View.PROTOCOL_UDP -> {
        int oldPorts = int32(bytes, payload);
        int newPorts = Tuple.ports(sourcePort, destinationPort);
        int32(bytes, payload, newPorts);
        if (length >= UDP_CHECKSUM + 2 && short16(bytes, payload + UDP_CHECKSUM) != 0) {
          int change = addresses + InternetChecksum.change32(oldPorts, newPorts);
          int checksum = InternetChecksum.update(short16(bytes, payload + UDP_CHECKSUM), change);
          short16(bytes, payload + UDP_CHECKSUM, checksum == 0 ? 0xffff : checksum);
        }
      }
      case Ipv4View.PROTOCOL_ICMP -> rewriteIdentifier(bytes, payload, length, sourcePort);
      default -> {
        // Only the addresses.
      }
    }
    int checksum = short16(bytes, offset + HEADER_CHECKSUM);
    short16(bytes, offset + HEADER_CHECKSUM, InternetChecksum.update(checksum, addresses));
    int32(bytes, offset + SOURCE, source);
    int32(bytes, offset + DESTINATION, destination);
  }

  private static void rewriteIdentifier(byte[] bytes, int payload, int length, int identifier) {
    int old = short16(bytes, payload + ICMP_IDENTIFIER);
    int checksum = short16(bytes, payload + ICMP_CHECKSUM);
    checksum = InternetChecksum.update16(checksum, old, identifier);
    short16(bytes, payload + ICMP_IDENTIFIER, identifier);
    short16(bytes, payload + ICMP_CHECKSUM, checksum);
    if (checksum == 0) {
      // The one case where the update may differ from recomputation: all words are zero.
      int type = octet(bytes, payload);
      if (type == IcmpView.ECHO_REPLY && isZero(bytes, payload, length)) {
        short16(bytes, payload + ICMP_CHECKSUM, 0xffff);
      }
    }
  }

  private static boolean isZero(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Gives an ICMP error, with what it quotes, the addresses that its receiver knows. */
  static void rewriteError(byte[] bytes, int offset, FlowSide side) {
    int headerLength = (octet(bytes, offset) & 0xf) << 2;
    int message = offset + headerLength;
    int length = short16(bytes, offset + TOTAL_LENGTH) - headerLength;
    FlowSide quoted = side.opposite();
    int available = length - IcmpView.HEADER_LENGTH;
    rewrite(
        bytes,
        message + IcmpView.HEADER_LENGTH,
        available,
        quoted.source,
        quoted.destination,
        quoted.sourcePort(),
        quoted.destinationPort());
    short16(bytes, message + ICMP_CHECKSUM, 0);
    short16(bytes, message + ICMP_CHECKSUM, InternetChecksum.compute(bytes, message, length));
    int oldSource = int32(bytes, offset + SOURCE);
    int source = side.newSource() != side.source ? side.newSource() : oldSource;
    int oldDestination = int32(bytes, offset + DESTINATION);
    int destination = side.newDestination();
    int checksum = short16(bytes, offset + HEADER_CHECKSUM);
    checksum = InternetChecksum.update32(checksum, oldSource, source);
    checksum = InternetChecksum.update32(checksum, oldDestination, destination);
    short16(bytes, offset + HEADER_CHECKSUM, checksum);
    int32(bytes, offset + SOURCE, source);
    int32(bytes, offset + DESTINATION, destination);
  }
}
