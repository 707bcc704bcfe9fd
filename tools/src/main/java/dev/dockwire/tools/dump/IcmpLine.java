package dev.dockwire.tools.dump;

import java.util.Locale;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IcmpV4EchoReplyPacket;
import org.pcap4j.packet.IcmpV4ParameterProblemPacket;
import org.pcap4j.packet.IcmpV4RedirectPacket;
import org.pcap4j.packet.IcmpV4TimestampPacket;
import org.pcap4j.packet.IcmpV4TimestampReplyPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.Packet;

/** What tcpdump prints of an ICMP message; an error names whom the packet it quotes was for. */
final class IcmpLine {

  private static final int DESTINATION_UNREACHABLE = 3;
  private static final int SOURCE_QUENCH = 4;
  private static final int TIME_EXCEEDED = 11;

  private IcmpLine() {}

  static void append(StringBuilder line, IcmpV4CommonPacket icmp, int length) {
    line.append(": ICMP ");
    switch (icmp.getPayload()) {
      case IcmpV4EchoPacket echo ->
          appendIdentified(
              line,
              "echo request, id %d, seq %d",
              echo.getHeader().getIdentifierAsInt(),
              echo.getHeader().getSequenceNumberAsInt());
      case IcmpV4EchoReplyPacket echo ->
          appendIdentified(
              line,
              "echo reply, id %d, seq %d",
              echo.getHeader().getIdentifierAsInt(),
              echo.getHeader().getSequenceNumberAsInt());
      case IcmpV4TimestampPacket query ->
          appendIdentified(
              line,
              "time stamp query id %d seq %d",
              query.getHeader().getIdentifierAsInt(),
              query.getHeader().getSequenceNumberAsInt());
      case IcmpV4TimestampReplyPacket reply ->
          appendIdentified(
              line,
              "time stamp reply id %d seq %d",
              reply.getHeader().getIdentifierAsInt(),
              reply.getHeader().getSequenceNumberAsInt());
      case IcmpV4RedirectPacket redirect -> appendRedirect(line, icmp, redirect);
      case IcmpV4ParameterProblemPacket problem ->
          line.append("parameter problem - octet ").append(problem.getHeader().getPointerAsInt());
      case null, default -> appendError(line, icmp);
    }
    line.append(", length ").append(length);
  }

  private static void appendIdentified(StringBuilder line, String form, int id, int sequence) {
    line.append(String.format(Locale.ROOT, form, id, sequence));
  }

  private static void appendRedirect(
      StringBuilder line, IcmpV4CommonPacket icmp, IcmpV4RedirectPacket redirect) {
    int code = code(icmp);
    line.append(code < 2 ? "redirect " : "redirect-tos ");
    line.append(destinationOf(redirect.getPayload()));
    line.append(code % 2 == 0 ? " to net " : " to host ");
    line.append(redirect.getHeader().getGatewayInternetAddress().getHostAddress());
  }

  private static void appendError(StringBuilder line, IcmpV4CommonPacket icmp) {
    int type = icmp.getHeader().getType().value() & 0xff;
    switch (type) {
      case DESTINATION_UNREACHABLE -> appendUnreachable(line, icmp);
      case SOURCE_QUENCH -> line.append("source quench");
      case TIME_EXCEEDED ->
          line.append(code(icmp) == 0 ? "time exceeded in-transit" : "ip reassembly time exceeded");
      default -> line.append("type-#").append(type);
    }
  }

  private static void appendUnreachable(StringBuilder line, IcmpV4CommonPacket icmp) {
    Packet quoted = icmp.getPayload() == null ? null : icmp.getPayload().getPayload();
    String destination = destinationOf(quoted);
    String text =
        switch (code(icmp)) {
          case 0 -> "net %s unreachable";
          case 1 -> "host %s unreachable";
          case 2 -> "%s protocol " + protocolOf(quoted) + " unreachable";
          case 3 -> "%s " + portOf(quoted) + " unreachable";
          case 4 -> "%s unreachable - need to frag" + mtu(icmp);
          case 5 -> "%s unreachable - source route failed";
          case 6 -> "net %s unreachable - unknown";
          case 7 -> "host %s unreachable - unknown";
          case 8 -> "%s unreachable - source host isolated";
          case 9 -> "net %s unreachable - admin prohibited";
          case 10 -> "host %s unreachable - admin prohibited";
          case 11 -> "net %s unreachable - tos prohibited";
          case 12 -> "host %s unreachable - tos prohibited";
          case 13 -> "host %s unreachable - admin prohibited filter";
          default -> "%s unreachable - #" + code(icmp);
        };
    line.append(String.format(Locale.ROOT, text, destination));
  }

  private static int code(IcmpV4CommonPacket icmp) {
    return icmp.getHeader().getCode().value() & 0xff;
  }

  /** The next hop's MTU (RFC 1191), in the low half of the message's second word. */
  private static String mtu(IcmpV4CommonPacket icmp) {
    byte[] bytes = icmp.getRawData();
    int mtu = bytes.length < 8 ? 0 : (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    return mtu == 0 ? "" : " (mtu " + mtu + ")";
  }

  private static String destinationOf(Packet quoted) {
    return quoted instanceof IpV4Packet ip ? ip.getHeader().getDstAddr().getHostAddress() : "?";
  }

  private static String protocolOf(Packet quoted) {
    return quoted instanceof IpV4Packet ip
        ? Integer.toString(ip.getHeader().getProtocol().value() & 0xff)
        : "?";
  }

  private static String portOf(Packet quoted) {
    byte[] bytes = bytesQuoted(quoted);
    String tcpOrUdpPort =
        bytes.length < 4 ? "?" : Integer.toString((bytes[2] & 0xff) << 8 | bytes[3] & 0xff);
    return switch (protocolOf(quoted)) {
      case "6" -> "tcp port " + tcpOrUdpPort;
      case "17" -> "udp port " + tcpOrUdpPort;
      default -> "protocol " + protocolOf(quoted) + " port " + tcpOrUdpPort;
    };
  }

  /** Of the quoted packet's payload there need not be more than eight bytes (RFC 792). */
  private static byte[] bytesQuoted(Packet quoted) {
    return quoted == null || quoted.getPayload() == null
        ? new byte[0]
        : quoted.getPayload().getRawData();
  }
}
