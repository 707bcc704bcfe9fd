package dev.dockwire.tools.dump;

import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.capture.Direction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.EthernetPacket.EthernetHeader;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;

/**
 * The line for one frame: when, where, which way, what, and the remark that came with it. Of a
 * frame that cannot be decoded it tells what is known.
 */
final class FrameLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Below this a frame's type field is a length (IEEE 802.3). */
  private static final int FIRST_TYPE = 0x600;

  private static final int IPV4 = 0x0800;
  private static final int ARP = 0x0806;
  private static final int VLAN = 0x8100;
  private static final int IPV6 = 0x86dd;

  private final boolean linkHeader;
  private final TcpConversations conversations = new TcpConversations();

  /**
   * @param linkHeader whether lines begin with the Ethernet header, as with tcpdump's {@code -e}
   */
  FrameLine(boolean linkHeader) {
    this.linkHeader = linkHeader;
  }

  String of(CapturedFrame frame) {
    StringBuilder line = new StringBuilder(160);
    appendTime(line, frame.epochNanos());
    if (!frame.interfaceName().isEmpty()) {
      line.append(' ').append(String.format(Locale.ROOT, "%-5s", frame.interfaceName()));
    }
    if (frame.direction() != Direction.UNKNOWN) {
      line.append(frame.direction() == Direction.OUTBOUND ? " Out" : " In ");
    }
    line.append(' ');
    int start = line.length();
    try {
      byte[] bytes = frame.bytes();
      appendFrame(line, EthernetPacket.newPacket(bytes, 0, bytes.length), frame.originalLength());
    } catch (IllegalRawDataException | RuntimeException _) {
      line.setLength(start);
      line.append("[|ether], length ").append(frame.originalLength());
    }
    if (!frame.comment().isEmpty()) {
      line.append(" [").append(frame.comment()).append(']');
    }
    return printable(line);
  }

  private static void appendTime(StringBuilder line, long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
    TIME.formatTo(
        Instant.ofEpochSecond(seconds, Math.floorMod(epochNanos, NANOS_PER_SECOND)), line);
  }

  private void appendFrame(StringBuilder line, EthernetPacket frame, int length) {
    EthernetHeader header = frame.getHeader();
    int type = header.getType().value() & 0xffff;
    if (linkHeader || !isKnown(type)) {
      line.append(header.getSrcAddr()).append(" > ").append(header.getDstAddr()).append(", ");
      appendType(line, type);
      line.append(", length ").append(length);
      if (isKnown(type)) {
        line.append(": ");
      }
    }
    appendPayload(line, type, frame.getPayload(), length - header.length());
  }

  private void appendPayload(StringBuilder line, int type, Packet payload, int length) {
    switch (payload) {
      case ArpPacket arp -> {
        line.append(linkHeader ? "" : "ARP, ");
        ArpLine.append(line, arp, length);
      }
      case IpV4Packet ip -> {
        line.append(linkHeader ? "" : "IP ");
        Ipv4Line.append(line, ip, conversations);
      }
      case IpV6Packet ip -> {
        line.append(linkHeader ? "" : "IP6 ");
        appendIpv6(line, ip);
      }
      case Dot1qVlanTagPacket tag -> appendTagged(line, tag, length);
      case null, default -> {
        if (isKnown(type)) {
          line.append(cutMark(type)).append(", length ").append(length);
        }
      }
    }
  }

  private void appendTagged(StringBuilder line, Dot1qVlanTagPacket tag, int length) {
    int type = tag.getHeader().getType().value() & 0xffff;
    if (linkHeader || !isKnown(type)) {
      line.append("vlan ").append(tag.getHeader().getVidAsInt());
      line.append(", p ").append(tag.getHeader().getPriority() & 7).append(", ");
      appendType(line, type);
      line.append(isKnown(type) ? ", " : "");
    }
    appendPayload(line, type, tag.getPayload(), length - tag.getHeader().length());
  }

  private static void appendIpv6(StringBuilder line, IpV6Packet ip) {
    line.append(ip.getHeader().getSrcAddr().getHostAddress()).append(" > ");
    line.append(ip.getHeader().getDstAddr().getHostAddress()).append(": ip-proto-");
    line.append(ip.getHeader().getNextHeader().value() & 0xff);
    line.append(", length ").append(ip.getHeader().getPayloadLengthAsInt());
  }

  private static boolean isKnown(int type) {
    return type == IPV4 || type == ARP || type == IPV6 || type == VLAN;
  }

  private static void appendType(StringBuilder line, int type) {
    if (type < FIRST_TYPE) {
      line.append("802.3");
      return;
    }
    String name =
        switch (type) {
          case IPV4 -> "IPv4";
          case ARP -> "ARP";
          case VLAN -> "802.1Q";
          case IPV6 -> "IPv6";
          default -> "Unknown";
        };
    line.append(String.format(Locale.ROOT, "ethertype %s (0x%04x)", name, type));
  }

  /** How tcpdump says that a header is not all there. */
  private static String cutMark(int type) {
    return switch (type) {
      case IPV4 -> "[|ip]";
      case ARP -> "[|arp]";
      case IPV6 -> "[|ip6]";
      default -> "[|vlan]";
    };
  }

  /** Names and comments come from a file; they shall not move the reader's cursor. */
  private static String printable(StringBuilder line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        line.setCharAt(i, '?');
      }
    }
    return line.toString();
  }
}
