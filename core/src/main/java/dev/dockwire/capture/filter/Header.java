package dev.dockwire.capture.filter;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4View;
import java.util.Locale;

/** The protocols that an expression may name, and how their headers are found in a frame. */
enum Header {
  ETHER(0, 0),
  IP(EthernetView.TYPE_IPV4, 0),
  ARP(EthernetView.TYPE_ARP, 0),
  RARP(0x8035, 0),
  IP6(EthernetView.TYPE_IPV6, 0),
  TCP(0, Ipv4View.PROTOCOL_TCP),
  UDP(0, Ipv4View.PROTOCOL_UDP),
  ICMP(0, Ipv4View.PROTOCOL_ICMP),
  IGMP(0, 2),
  SCTP(0, 132);

  /** The type of the frame that carries it; 0 if that is not what tells it. */
  final int etherType;

  /** The number of a protocol above IP; 0 for others. */
  final int protocol;

  Header(int etherType, int protocol) {
    this.etherType = etherType;
    this.protocol = protocol;
  }

  /** The word for it in an expression. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether there is such a protocol above IPv6 too. */
  boolean isOverIpv6() {
    return this == TCP || this == UDP || this == SCTP;
  }

  boolean hasPorts() {
    return this == TCP || this == UDP || this == SCTP;
  }
}
