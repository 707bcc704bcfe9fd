package dev.dockwire.tools.dump;

import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Packet.IpV4Header;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.namednumber.IpNumber;

/**
 * What tcpdump prints of an IPv4 packet. A fragment has {@code (frag ID:LENGTH@OFFSET+)} behind it,
 * the plus sign if more follow; only the first one has the header of what it carries.
 */
final class Ipv4Line {

  private static final int OFFSET_UNIT = 8;

  private Ipv4Line() {}

  static void append(StringBuilder line, IpV4Packet ip, TcpConversations conversations) {
    IpV4Header header = ip.getHeader();
    int length = Math.max(0, header.getTotalLengthAsInt() - header.getIhlAsInt() * 4);
    Packet payload = ip.getPayload();
    byte[] bytes = payload == null ? new byte[0] : payload.getRawData();
    int protocol = header.getProtocol().value() & 0xff;
    if (header.getFragmentOffset() != 0) {
      appendAddresses(line, header);
      line.append(": ip-proto-").append(protocol);
    } else {
      int start = line.length();
      try {
        appendTransport(line, header, bytes, length, conversations);
      } catch (IllegalRawDataException | RuntimeException _) {
        line.setLength(start);
        appendAddresses(line, header);
        line.append(": ").append(cutMark(protocol)).append(", length ").append(length);
      }
    }
    appendFragment(line, header, length);
  }

  private static void appendTransport(
      StringBuilder line,
      IpV4Header header,
      byte[] bytes,
      int length,
      TcpConversations conversations)
      throws IllegalRawDataException {
    IpNumber protocol = header.getProtocol();
    if (protocol.equals(IpNumber.ICMPV4)) {
      appendAddresses(line, header);
      IcmpLine.append(line, IcmpV4CommonPacket.newPacket(bytes, 0, bytes.length), length);
    } else if (protocol.equals(IpNumber.UDP)) {
      UdpPacket udp = UdpPacket.newPacket(bytes, 0, bytes.length);
      appendPorts(
          line,
          header,
          udp.getHeader().getSrcPort().valueAsInt(),
          udp.getHeader().getDstPort().valueAsInt());
      line.append(": UDP, length ").append(udp.getHeader().getLengthAsInt() - 8);
    } else if (protocol.equals(IpNumber.TCP)) {
      TcpPacket tcp = TcpPacket.newPacket(bytes, 0, bytes.length);
      appendPorts(
          line,
          header,
          tcp.getHeader().getSrcPort().valueAsInt(),
          tcp.getHeader().getDstPort().valueAsInt());
      TcpLine.append(line, header, tcp.getHeader(), length, conversations);
    } else {
      appendAddresses(line, header);
      line.append(": ip-proto-").append(protocol.value() & 0xff).append(' ').append(length);
    }
  }

  private static void appendAddresses(StringBuilder line, IpV4Header header) {
    line.append(header.getSrcAddr().getHostAddress()).append(" > ");
    line.append(header.getDstAddr().getHostAddress());
  }

  private static void appendPorts(
      StringBuilder line, IpV4Header header, int sourcePort, int destinationPort) {
    line.append(header.getSrcAddr().getHostAddress()).append('.').append(sourcePort);
    line.append(" > ");
    line.append(header.getDstAddr().getHostAddress()).append('.').append(destinationPort);
  }

  private static void appendFragment(StringBuilder line, IpV4Header header, int length) {
    if (header.getMoreFragmentFlag() || header.getFragmentOffset() != 0) {
      line.append(" (frag ").append(header.getIdentificationAsInt());
      line.append(':').append(length);
      line.append('@').append(header.getFragmentOffset() * OFFSET_UNIT);
      line.append(header.getMoreFragmentFlag() ? "+)" : ")");
    }
  }

  private static String cutMark(int protocol) {
    return switch (protocol) {
      case 1 -> "[|icmp]";
      case 6 -> "[|tcp]";
      case 17 -> "[|udp]";
      default -> "[|ip-proto-" + protocol + "]";
    };
  }
}
