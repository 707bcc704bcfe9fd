package dev.dockwire.tools.dump;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pcap4j.packet.IpV4Packet.IpV4Header;
import org.pcap4j.packet.TcpPacket.TcpHeader;

/**
 * Where the sequence numbers of each TCP conversation started, so that they can be printed relative
 * to that, by tcpdump's rule: the first segment with an acknowledgment is printed as it is, and so
 * is every SYN; those after it relative to it. Remembers a bounded number of conversations.
 */
final class TcpConversations {

  private static final int MAX_CONVERSATIONS = 100_000;

  private final Map<Flow, Origin> origins =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Flow, Origin> eldest) {
          return size() > MAX_CONVERSATIONS;
        }
      };

  private record Flow(Object source, int sourcePort, Object destination, int destinationPort) {
    Flow reversed() {
      return new Flow(destination, destinationPort, source, sourcePort);
    }
  }

  /** What to subtract from the numbers of one direction. */
  record Origin(int sequence, int acknowledgment) {

    static final Origin ABSOLUTE = new Origin(0, 0);

    long relativeSequence(TcpHeader tcp) {
      return tcp.getSequenceNumber() - sequence & 0xffff_ffffL;
    }

    long relativeAcknowledgment(TcpHeader tcp) {
      return ofPeer(tcp.getAcknowledgmentNumber());
    }

    /** A number out of the sequence space of the other direction. */
    long ofPeer(int number) {
      return number - acknowledgment & 0xffff_ffffL;
    }

    Origin reversed() {
      return new Origin(acknowledgment, sequence);
    }
  }

  /** The origin for a segment that has an acknowledgment. */
  Origin originOf(IpV4Header ip, TcpHeader tcp) {
    Flow flow =
        new Flow(
            ip.getSrcAddr(),
            tcp.getSrcPort().valueAsInt(),
            ip.getDstAddr(),
            tcp.getDstPort().valueAsInt());
    Origin known = tcp.getSyn() ? null : origins.get(flow);
    if (known != null) {
      return known;
    }
    Origin origin = new Origin(tcp.getSequenceNumber(), tcp.getAcknowledgmentNumber() - 1);
    origins.put(flow, origin);
    origins.put(flow.reversed(), origin.reversed());
    return Origin.ABSOLUTE;
  }
}
