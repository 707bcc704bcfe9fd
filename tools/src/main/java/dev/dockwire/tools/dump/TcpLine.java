package dev.dockwire.tools.dump;

import java.nio.ByteBuffer;
import java.util.StringJoiner;
import org.pcap4j.packet.IpV4Packet.IpV4Header;
import org.pcap4j.packet.TcpEndOfOptionList;
import org.pcap4j.packet.TcpMaximumSegmentSizeOption;
import org.pcap4j.packet.TcpNoOperationOption;
import org.pcap4j.packet.TcpPacket.TcpHeader;
import org.pcap4j.packet.TcpPacket.TcpOption;
import org.pcap4j.packet.TcpSackOption;
import org.pcap4j.packet.TcpSackPermittedOption;
import org.pcap4j.packet.TcpTimestampsOption;
import org.pcap4j.packet.TcpWindowScaleOption;

/** What tcpdump prints of a TCP segment behind its addresses and ports. */
final class TcpLine {

  private static final int SACK_BLOCK = 8;

  private TcpLine() {}

  /**
   * @param length octets of the whole segment, its header included
   */
  static void append(
      StringBuilder line,
      IpV4Header ip,
      TcpHeader tcp,
      int length,
      TcpConversations conversations) {
    long dataLength = Math.max(0, length - tcp.getDataOffsetAsInt() * 4);
    TcpConversations.Origin origin =
        tcp.getAck() ? conversations.originOf(ip, tcp) : TcpConversations.Origin.ABSOLUTE;
    line.append(": Flags [").append(flags(tcp)).append(']');
    if (dataLength > 0 || tcp.getSyn() || tcp.getFin() || tcp.getRst()) {
      long sequence = origin.relativeSequence(tcp);
      line.append(", seq ").append(sequence);
      if (dataLength > 0) {
        line.append(':').append(sequence + dataLength & 0xffff_ffffL);
      }
    }
    if (tcp.getAck()) {
      line.append(", ack ").append(origin.relativeAcknowledgment(tcp));
    }
    line.append(", win ").append(tcp.getWindowAsInt());
    if (tcp.getUrg()) {
      line.append(", urg ").append(tcp.getUrgentPointerAsInt());
    }
    if (!tcp.getOptions().isEmpty()) {
      line.append(", options [").append(options(tcp, origin)).append(']');
    }
    line.append(", length ").append(dataLength);
  }

  private static String flags(TcpHeader tcp) {
    int bits = tcp.getRawData()[13];
    StringBuilder flags = new StringBuilder(8);
    flags.append(tcp.getFin() ? "F" : "");
    flags.append(tcp.getSyn() ? "S" : "");
    flags.append(tcp.getRst() ? "R" : "");
    flags.append(tcp.getPsh() ? "P" : "");
    flags.append(tcp.getAck() ? "." : "");
    flags.append(tcp.getUrg() ? "U" : "");
    flags.append((bits & 0x40) != 0 ? "E" : "");
    flags.append((bits & 0x80) != 0 ? "W" : "");
    return flags.isEmpty() ? "none" : flags.toString();
  }

  private static String options(TcpHeader tcp, TcpConversations.Origin origin) {
    StringJoiner options = new StringJoiner(",");
    for (TcpOption option : tcp.getOptions()) {
      options.add(
          switch (option) {
            case TcpMaximumSegmentSizeOption mss -> "mss " + mss.getMaxSegSizeAsInt();
            case TcpSackPermittedOption _ -> "sackOK";
            case TcpTimestampsOption ts ->
                "TS val " + ts.getTsValueAsLong() + " ecr " + ts.getTsEchoReplyAsLong();
            case TcpNoOperationOption _ -> "nop";
            case TcpWindowScaleOption scale -> "wscale " + scale.getShiftCountAsInt();
            case TcpEndOfOptionList _ -> "eol";
            case TcpSackOption sack -> sack(sack.getRawData(), origin);
            default -> "unknown-" + (option.getKind().value() & 0xff);
          });
    }
    return options.toString();
  }

  private static String sack(byte[] bytes, TcpConversations.Origin origin) {
    ByteBuffer edges = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
    StringBuilder text = new StringBuilder("sack ").append(edges.remaining() / SACK_BLOCK);
    text.append(' ');
    while (edges.remaining() >= SACK_BLOCK) {
      text.append('{').append(origin.ofPeer(edges.getInt()));
      text.append(':').append(origin.ofPeer(edges.getInt())).append('}');
    }
    return text.toString();
  }
}
