package dev.dockwire.capture.text;

import dev.dockwire.capture.text.TcpConversations.Flow;
import dev.dockwire.capture.text.TcpConversations.Origin;
import dev.dockwire.frame.TcpView;
import java.util.Optional;

/** What is printed of a TCP segment (RFC 9293). */
final class TcpText {

  private static final int SYN_FIN_OR_RST = TcpView.SYN | TcpView.FIN | TcpView.RST;
  private static final int MAX_REASON = 30;
  private static final String FLAG_LETTERS = "FSRP.UEW";

  private TcpText() {}

  /**
   * @param length octets of the whole segment, its header included
   */
  static void append(Line line, Octets packet, Octets segment, int length) {
    line.enter("tcp");
    String source = line.names().host(Ipv4Text.source(packet));
    String destination = line.names().host(Ipv4Text.destination(packet));
    if (segment.captured() < 4) {
      line.append(source).append(" > ").append(destination).append(":");
      throw CutShort.HERE;
    }
    line.append(source).append(".").append(line.names().tcpPort(segment.short16(0)));
    line.append(" > ");
    line.append(destination).append(".").append(line.names().tcpPort(segment.short16(2)));
    line.append(": ");
    segment.require(TcpView.HEADER_LENGTH);
    int headerLength = (segment.octet(12) >>> 4) * 4;
    if (headerLength < TcpView.HEADER_LENGTH) {
      line.append(" tcp ").append(length - headerLength);
      line.append(" [bad hdr length ").append(headerLength);
      line.append(" - too short, < 20]");
      return;
    }
    if (line.style.quiet()) {
      line.append("tcp ").append(length - headerLength);
      if (headerLength > length) {
        appendTooLong(line, headerLength, length);
      }
      return;
    }
    appendSegment(line, packet, segment, headerLength, length);
  }

  private static void appendTooLong(Line line, int headerLength, int length) {
    line.append(" [bad hdr length ").append(headerLength);
    line.append(" - too long, > ").append(length).append("]");
  }

  private static void appendSegment(
      Line line, Octets packet, Octets segment, int headerLength, int length) {
    int flags = segment.octet(13);
    line.append("Flags [").append(letters(flags)).append("]");
    Origin origin = Origin.ABSOLUTE;
    Origin originOfBlocks = Origin.ABSOLUTE;
    if (!line.style.absoluteSequence() && (flags & TcpView.ACK) != 0) {
      Flow flow = flow(packet, segment);
      Optional<Origin> known = line.conversations.find(flow);
      if (known.isPresent() && (flags & TcpView.SYN) == 0) {
        origin = known.get();
        originOfBlocks = origin;
      } else {
        originOfBlocks = line.conversations.begin(flow, segment.int32(4), segment.int32(8));
      }
    }
    if (headerLength > length) {
      appendTooLong(line, headerLength, length);
      return;
    }
    if (line.isVerbose() && !Ipv4Text.isFragment(packet) && segment.captured() >= length) {
      appendChecksum(line, packet, segment, length);
    }
    int dataLength = length - headerLength;
    if (line.style.verbosity() > 1 || dataLength > 0 || (flags & SYN_FIN_OR_RST) != 0) {
      long sequence = origin.ofSender(segment.int32(4));
      line.append(", seq ").append(sequence);
      if (dataLength > 0) {
        line.append(":").append(sequence + dataLength & 0xffff_ffffL);
      }
    }
    if ((flags & TcpView.ACK) != 0) {
      line.append(", ack ").append(origin.ofPeer(segment.int32(8)));
    }
    line.append(", win ").append(segment.short16(14));
    if ((flags & TcpView.URG) != 0) {
      line.append(", urg ").append(segment.short16(18));
    }
    if (headerLength > TcpView.HEADER_LENGTH) {
      line.append(", options [");
      Octets options = segment.from(TcpView.HEADER_LENGTH);
      TcpOptionsText.append(line, options, headerLength - TcpView.HEADER_LENGTH, originOfBlocks);
      line.append("]");
    }
    line.append(", length ").append(dataLength);
    if (dataLength > 0) {
      appendData(line, segment, flags, headerLength, dataLength);
    }
  }

  private static String letters(int flags) {
    StringBuilder letters = new StringBuilder(FLAG_LETTERS.length());
    for (int bit = 0; bit < FLAG_LETTERS.length(); bit++) {
      if ((flags >>> bit & 1) != 0) {
        letters.append(FLAG_LETTERS.charAt(bit));
      }
    }
    return letters.isEmpty() ? "none" : letters.toString();
  }

  private static Flow flow(Octets packet, Octets segment) {
    return new Flow(
        Ipv4Text.source(packet),
        segment.short16(0),
        Ipv4Text.destination(packet),
        segment.short16(2));
  }

  private static void appendChecksum(Line line, Octets packet, Octets segment, int length) {
    int written = segment.short16(16);
    int sum = Checksums.ofTransport(packet, segment, length);
    line.format(", cksum 0x%04x", written);
    if (sum == 0) {
      line.append(" (correct)");
    } else {
      line.format(" (incorrect -> 0x%04x)", Checksums.shouldBe(written, sum));
    }
  }

  /** The text that a reset may carry (RFC 9293, section 3.5.2). */
  private static void appendReason(Line line, Octets data, int length) {
    line.append(length > MAX_REASON ? " [RST+ " : " [RST ");
    for (int i = 0; i < Math.min(length, MAX_REASON); i++) {
      int each = data.octet(i);
      line.append(each > 0x7f ? "M-" : "");
      int plain = each & 0x7f;
      boolean graphic = plain >= ' ' && plain < 0x7f;
      line.append(graphic ? "" : "^").append(Character.toString(graphic ? plain : plain ^ 0x40));
    }
    line.append("]");
  }

  private static void appendData(
      Line line, Octets segment, int flags, int headerLength, int length) {
    if (segment.captured() < headerLength) {
      line.append(" [remaining caplen(").append(segment.captured());
      line.append(") < header length(").append(headerLength).append(")]");
      throw CutShort.HERE;
    }
    if (line.isVerbose() && (flags & TcpView.RST) != 0) {
      appendReason(line, segment.from(headerLength), length);
      return;
    }
    int sourcePort = segment.short16(0);
    int destinationPort = segment.short16(2);
    Octets data = segment.from(headerLength);
    if (HttpText.isPort(sourcePort) || HttpText.isPort(destinationPort)) {
      line.append(": ");
      HttpText.append(line, data, length);
    } else if (sourcePort == DnsText.PORT || destinationPort == DnsText.PORT) {
      line.append(" ");
      DnsText.appendStream(line, data, length);
    }
  }
}
