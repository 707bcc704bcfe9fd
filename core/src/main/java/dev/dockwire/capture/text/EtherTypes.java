package dev.dockwire.capture.text;

import dev.dockwire.frame.EthernetView;

/** The names of the ether types one may meet here. */
final class EtherTypes {

  private EtherTypes() {}

  static String name(int type) {
    return switch (type) {
      case EthernetView.TYPE_IPV4 -> "IPv4";
      case EthernetView.TYPE_ARP -> "ARP";
      case 0x8035 -> "Reverse ARP";
      case EthernetView.TYPE_VLAN -> "802.1Q";
      case EthernetView.TYPE_IPV6 -> "IPv6";
      case 0x8809 -> "Slow Protocols";
      case 0x8847 -> "MPLS unicast";
      case 0x8863 -> "PPPoE D";
      case 0x8864 -> "PPPoE S";
      case 0x88a8 -> "802.1Q-QinQ";
      case 0x88cc -> "LLDP";
      case 0x9000 -> "Loopback";
      default -> "Unknown";
    };
  }
}
