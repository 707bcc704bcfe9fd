package dev.dockwire.capture.text;

import dev.dockwire.frame.EthernetView;
import java.util.Locale;

/** What is printed of an Ethernet header, and the way to what it carries. */
final class EthernetText {

  /** Below this a frame's type field is a length (IEEE 802.3). */
  private static final int FIRST_TYPE = 0x600;

  private static final int PRIORITY_SHIFT = 13;
  private static final int DROP_ELIGIBLE = 0x1000;
  private static final int VLAN_MASK = 0xfff;
  private static final int TYPE = 12;
  private static final int IPV6_HEADER_LENGTH = 40;

  /** The header of Linux's cooked captures, version 2, which {@code any} has for Ethernet's. */
  private static final int COOKED_HEADER_LENGTH = 20;

  private EthernetText() {}

  static void append(Line line, Octets frame, int length) {
    line.enter("ether");
    if (frame.captured() < EthernetView.HEADER_LENGTH) {
      line.cutShort();
      line.append(", length ").append(length);
      return;
    }
    int type = frame.short16(TYPE);
    boolean shown = line.style.linkHeader();
    if (shown) {
      appendHeader(line, frame, type, length);
      line.append(": ");
    }
    Octets payload = frame.from(EthernetView.HEADER_LENGTH);
    int rest = length - EthernetView.HEADER_LENGTH;
    while (type == EthernetView.TYPE_VLAN) {
      line.enter("vlan");
      type = payload.short16(2);
      if (shown) {
        appendTag(line, payload.short16(0), type);
      }
      payload = payload.from(EthernetView.TAG_LENGTH);
      rest -= EthernetView.TAG_LENGTH;
    }
    if (!appendPayload(line, type, payload, rest)) {
      appendUnknown(line, frame, type, length, payload);
    }
  }

  private static void appendTag(Line line, int control, int type) {
    line.append("vlan ").append(control & VLAN_MASK);
    line.append(", p ").append(control >>> PRIORITY_SHIFT);
    line.append((control & DROP_ELIGIBLE) != 0 ? ", DEI" : "").append(", ");
    appendType(line, type);
    line.append(", ");
  }

  /** Shows what nobody here can read. */
  private static void appendUnknown(Line line, Octets frame, int type, int length, Octets payload) {
    if (!line.style.linkHeader()) {
      appendHeader(line, frame, type, length);
    }
    if (line.style.oneLine()) {
      return;
    }
    line.append(line.style.linkHeader() ? "" : ": ");
    if (!line.style.quiet()) {
      int end = payload.start() + payload.captured();
      HexDump.appendHexAndText(line.text, payload.bytes(), payload.start(), end);
    }
  }

  static void appendCooked(Line line, int interfaceIndex, Octets frame, int length) {
    line.enter("sll2");
    frame.require(EthernetView.HEADER_LENGTH);
    int type = frame.short16(TYPE);
    int payloadLength = length - EthernetView.HEADER_LENGTH;
    if (line.style.linkHeader()) {
      line.append("ifindex ").append(interfaceIndex).append(" ");
      line.append(line.names().mac(frame.mac48(6))).append(" ");
      line.append("ethertype ").append(EtherTypes.name(type));
      line.format(" (0x%04x), length %d: ", type, payloadLength + COOKED_HEADER_LENGTH);
    }
    Octets payload = frame.from(EthernetView.HEADER_LENGTH);
    if (!appendPayload(line, type, payload, payloadLength) && !line.style.linkHeader()) {
      line.append("ethertype ").append(EtherTypes.name(type));
      line.format(" (0x%04x), length %d", type, payloadLength + COOKED_HEADER_LENGTH);
    }
  }

  private static void appendHeader(Line line, Octets frame, int type, int length) {
    Names names = line.names();
    line.append(names.mac(frame.mac48(6))).append(" > ").append(names.mac(frame.mac48(0)));
    line.append(", ");
    appendType(line, type);
    line.append(", length ").append(length);
  }

  private static void appendType(Line line, int type) {
    if (type < FIRST_TYPE) {
      line.append("802.3");
    } else if (line.style.quiet()) {
      String name = EtherTypes.name(type);
      line.append(name.equals("Unknown") ? unknown(type) : name);
    } else {
      line.format("ethertype %s (0x%04x)", EtherTypes.name(type), type);
    }
  }

  private static String unknown(int type) {
    return String.format(Locale.ROOT, "Unknown Ethertype (0x%04x)", type);
  }

  /** Returns whether the type is one that can be read. */
  private static boolean appendPayload(Line line, int type, Octets payload, int length) {
    switch (type) {
      case EthernetView.TYPE_IPV4 -> Ipv4Text.append(line, payload, length);
      case EthernetView.TYPE_ARP -> ArpText.append(line, payload, length);
      case EthernetView.TYPE_IPV6 -> appendIpv6(line, payload);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Dockwire does not speak IPv6; a guest from outside might. */
  private static void appendIpv6(Line line, Octets packet) {
    line.enter("ip6");
    packet.require(IPV6_HEADER_LENGTH);
    line.append(line.style.linkHeader() ? "" : "IP6 ");
    if (line.isVerbose()) {
      int next = packet.octet(6);
      line.append("(hlim ").append(packet.octet(7)).append(", next-header ");
      line.append(IpProtocols.caption(next)).append(" (").append(next);
      line.append(") payload length: ").append(packet.short16(4)).append(") ");
    }
    line.append(Ipv6Text.address(packet.from(8))).append(" > ");
    line.append(Ipv6Text.address(packet.from(24))).append(":  ip-proto-");
    line.append(packet.octet(6)).append(" ").append(packet.short16(4));
  }
}
