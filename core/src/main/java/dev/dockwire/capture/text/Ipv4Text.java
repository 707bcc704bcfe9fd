package dev.dockwire.capture.text;

import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.Ipv4View;
import java.util.StringJoiner;

/** What is printed of an IPv4 packet (RFC 791); only the first fragment has a transport header. */
final class Ipv4Text {

  private static final int OFFSET_MASK = 0x1fff;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int RESERVED = 0x8000;

  private Ipv4Text() {}

  /**
   * @param length octets on the wire, padding included
   */
  static void append(Line line, Octets packet, int length) {
    line.enter("ip");
    int version = packet.octet(0) >>> 4;
    if (version != 4) {
      line.append("IP").append(version).append(", wrong link-layer encapsulation (invalid)");
      return;
    }
    line.append(line.style.linkHeader() ? "" : "IP ");
    appendPacket(line, packet, length);
  }

  /** Appends a packet quoted in an ICMP error, on a line of its own. */
  static void appendQuoted(Line line, Octets packet) {
    line.append("\n\t");
    append(line, packet, packet.short16(2));
  }

  private static void appendPacket(Line line, Octets packet, int length) {
    packet.require(Ipv4View.HEADER_LENGTH);
    int headerLength = (packet.octet(0) & 0xf) * 4;
    if (headerLength < Ipv4View.HEADER_LENGTH) {
      line.append("bad-hlen ").append(headerLength);
      return;
    }
    int totalLength = packet.short16(2);
    if (length < totalLength) {
      line.append("truncated-ip - ").append(totalLength - length).append(" bytes missing! ");
    }
    if (totalLength < headerLength) {
      line.append("bad-len ").append(totalLength);
      return;
    }
    if (line.isVerbose()) {
      appendHeader(line, packet, headerLength, totalLength);
    }
    int payloadLength = totalLength - headerLength;
    Octets payload = packet.upTo(totalLength).from(headerLength);
    appendPayload(line, packet, payload, payloadLength);
    appendFragment(line, packet, payloadLength);
  }

  private static void appendHeader(Line line, Octets packet, int headerLength, int totalLength) {
    int fragment = packet.short16(6);
    int tos = packet.octet(1);
    line.format("(tos 0x%x", tos);
    switch (tos & 3) {
      case 1 -> line.append(",ECT(1)");
      case 2 -> line.append(",ECT(0)");
      case 3 -> line.append(",CE");
      default -> {
        // Not capable of congestion notification (RFC 3168).
      }
    }
    line.append(", ttl ").append(packet.octet(8));
    line.append(", id ").append(packet.short16(4));
    line.append(", offset ").append((fragment & OFFSET_MASK) * 8L);
    line.append(", flags [").append(flags(fragment)).append("], proto ");
    int protocol = packet.octet(9);
    line.append(IpProtocols.caption(protocol)).append(" (").append(protocol).append(")");
    line.append(", length ").append(totalLength);
    if (headerLength > Ipv4View.HEADER_LENGTH) {
      line.append(", options (");
      Octets options = packet.upTo(headerLength).from(Ipv4View.HEADER_LENGTH);
      Ipv4OptionsText.append(line, options, headerLength - Ipv4View.HEADER_LENGTH);
      line.append(")");
    }
    if (packet.captured() >= headerLength) {
      int sum = InternetChecksum.compute(packet.bytes(), packet.start(), headerLength);
      if (sum != 0) {
        int written = packet.short16(10);
        line.format(", bad cksum %x (->%x)!", written, Checksums.shouldBe(written, sum));
      }
    }
    line.append(")\n    ");
  }

  private static String flags(int fragment) {
    StringJoiner flags = new StringJoiner(", ");
    flags.setEmptyValue("none");
    if ((fragment & MORE_FRAGMENTS) != 0) {
      flags.add("+");
    }
    if ((fragment & DONT_FRAGMENT) != 0) {
      flags.add("DF");
    }
    if ((fragment & RESERVED) != 0) {
      flags.add("rsvd");
    }
    return flags.toString();
  }

  private static void appendPayload(Line line, Octets packet, Octets payload, int length) {
    int protocol = packet.octet(9);
    if ((packet.short16(6) & OFFSET_MASK) != 0) {
      appendAddresses(line, packet);
      line.append(" ").append(name(line, protocol));
      return;
    }
    switch (protocol) {
      case Ipv4View.PROTOCOL_TCP -> TcpText.append(line, packet, payload, length);
      case Ipv4View.PROTOCOL_UDP -> UdpText.append(line, packet, payload, length);
      case Ipv4View.PROTOCOL_ICMP -> {
        appendAddresses(line, packet);
        line.append(" ");
        IcmpText.append(line, payload, length, isFragment(packet));
      }
      default -> {
        appendAddresses(line, packet);
        line.append("  ").append(name(line, protocol)).append(" ").append(length);
      }
    }
  }

  static boolean isFragment(Octets packet) {
    return (packet.short16(6) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
  }

  static int source(Octets packet) {
    return packet.int32(12);
  }

  static int destination(Octets packet) {
    return packet.int32(16);
  }

  static void appendAddresses(Line line, Octets packet) {
    line.append(line.names().host(source(packet))).append(" > ");
    line.append(line.names().host(destination(packet))).append(":");
  }

  private static String name(Line line, int protocol) {
    String name = line.names().protocol(protocol);
    return name.isEmpty() ? "ip-proto-" + protocol : name;
  }

  private static void appendFragment(Line line, Octets packet, int length) {
    if (line.style.oneLine() && isFragment(packet)) {
      int fragment = packet.short16(6);
      line.append(" (frag ").append(packet.short16(4)).append(":").append(length);
      line.append("@").append((fragment & OFFSET_MASK) * 8L);
      line.append((fragment & MORE_FRAGMENTS) != 0 ? "+)" : ")");
    }
  }
}
