package dev.dockwire.nat;

import static dev.dockwire.frame.NetworkOrder.octet;
import static dev.dockwire.frame.NetworkOrder.short16;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.frame.UdpView;

/**
 * Reads a whole packet's tuple, after checking lengths and checksums: what is damaged belongs to no
 * flow, and so is never passed on under another address.
 */
final class TupleReader {

  private static final int PORTS_LENGTH = 4;

  private final TcpView segment = new TcpView();
  private final UdpView datagram = new UdpView();
  private final IcmpView message = new IcmpView();

  /**
   * False if the packet is damaged, or an ICMP message that is part of no query.
   *
   * @param verified whether the checksum of a segment in it need not be computed
   */
  boolean read(Ipv4View header, byte[] bytes, boolean verified, Tuple tuple) {
    int protocol = header.protocol();
    int source = header.source();
    int destination = header.destination();
    int offset = header.payloadOffset();
    int length = header.payloadLength();
    int ports;
    switch (protocol) {
      case Ipv4View.PROTOCOL_TCP -> {
        boolean whole =
            verified
                ? segment.wrapVerified(bytes, offset, length)
                : segment.wrap(bytes, offset, length, source, destination);
        if (!whole) {
          return false;
        }
        ports = Tuple.ports(segment.sourcePort(), segment.destinationPort());
      }
      case Ipv4View.PROTOCOL_UDP -> {
        if (!datagram.wrap(bytes, offset, length, source, destination)) {
          return false;
        }
        ports = Tuple.ports(datagram.sourcePort(), datagram.destinationPort());
      }
      case Ipv4View.PROTOCOL_ICMP -> {
        if (!message.wrap(bytes, offset, length) || !isQueryOrAnswer(message.type())) {
          return false;
        }
        ports = Tuple.ports(message.identifier(), message.type() << 8 | message.code());
      }
      default -> ports = 0;
    }
    tuple.set(source, destination, protocol, ports);
    return true;
  }

  /**
   * Reads the tuple of a packet that an ICMP error quotes; false if the quote says too little, or
   * if its header has been damaged.
   */
  static boolean readQuoted(Ipv4View quoted, byte[] bytes, Tuple tuple) {
    int offset = quoted.payloadOffset();
    int ports = 0;
    switch (quoted.protocol()) {
      case Ipv4View.PROTOCOL_TCP, Ipv4View.PROTOCOL_UDP -> {
        if (quoted.payloadLength() < PORTS_LENGTH) {
          return false;
        }
        ports = Tuple.ports(short16(bytes, offset), short16(bytes, offset + 2));
      }
      case Ipv4View.PROTOCOL_ICMP -> {
        if (quoted.payloadLength() < IcmpView.HEADER_LENGTH
            || !isQueryOrAnswer(octet(bytes, offset))) {
          return false;
        }
        ports = Tuple.ports(short16(bytes, offset + 4), short16(bytes, offset));
      }
      default -> {
        // Told apart by their addresses only.
      }
    }
    tuple.set(quoted.source(), quoted.destination(), quoted.protocol(), ports);
    return true;
  }

  static boolean isQueryOrAnswer(int type) {
    return isQuery(type) || type == IcmpView.ECHO_REPLY || type == IcmpView.TIMESTAMP_REPLY;
  }

  static boolean isQuery(int type) {
    return type == IcmpView.ECHO_REQUEST || type == IcmpView.TIMESTAMP;
  }

  /** The segment, after a TCP packet was read. */
  TcpView segment() {
    return segment;
  }
}
