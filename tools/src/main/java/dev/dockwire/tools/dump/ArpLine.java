package dev.dockwire.tools.dump;

import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.namednumber.ArpOperation;
import org.pcap4j.util.MacAddress;

/** What tcpdump prints of an ARP message. */
final class ArpLine {

  private static final MacAddress ZERO = MacAddress.getByAddress(new byte[6]);

  private ArpLine() {}

  static void append(StringBuilder line, ArpPacket arp, int length) {
    ArpHeader header = arp.getHeader();
    String sender = header.getSrcProtocolAddr().getHostAddress();
    String target = header.getDstProtocolAddr().getHostAddress();
    if (header.getOperation().equals(ArpOperation.REQUEST)) {
      line.append("Request who-has ").append(target);
      MacAddress known = header.getDstHardwareAddr();
      if (!known.equals(ZERO)) {
        line.append(" (").append(known).append(')');
      }
      line.append(" tell ").append(sender);
    } else if (header.getOperation().equals(ArpOperation.REPLY)) {
      line.append("Reply ").append(sender).append(" is-at ").append(header.getSrcHardwareAddr());
    } else {
      line.append("op ").append(header.getOperation().value() & 0xffff);
    }
    line.append(", length ").append(length);
  }
}
