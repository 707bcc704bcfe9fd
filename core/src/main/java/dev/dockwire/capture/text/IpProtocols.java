package dev.dockwire.capture.text;

/** The names of the protocols above IP that one may meet here. */
final class IpProtocols {

  private IpProtocols() {}

  /** As it stands in the header's text. */
  static String caption(int protocol) {
    return switch (protocol) {
      case 0 -> "Options";
      case 1 -> "ICMP";
      case 2 -> "IGMP";
      case 4 -> "IPIP";
      case 6 -> "TCP";
      case 8 -> "EGP";
      case 17 -> "UDP";
      case 41 -> "IPv6";
      case 46 -> "RSVP";
      case 47 -> "GRE";
      case 50 -> "ESP";
      case 51 -> "AH";
      case 58 -> "ICMPv6";
      case 89 -> "OSPF";
      case 103 -> "PIM";
      case 112 -> "VRRP";
      case 132 -> "SCTP";
      default -> "unknown";
    };
  }
}
