package dev.dockwire.capture.text;

import dev.dockwire.frame.EthernetView;
import java.util.Locale;

/** What is printed of an ARP message (RFC 826). */
final class ArpText {

  private static final int ETHERNET = 1;
  private static final int MAC_LENGTH = 6;
  private static final int ADDRESS_LENGTH = 4;
  private static final int HEADER_LENGTH = 8;
  private static final int LENGTH = 28;

  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private ArpText() {}

  static void append(Line line, Octets arp, int length) {
    line.enter("arp");
    int hardware = arp.short16(0);
    int protocol = arp.short16(2);
    int hardwareLength = arp.octet(4);
    int protocolLength = arp.octet(5);
    boolean plain =
        protocol == EthernetView.TYPE_IPV4
            && protocolLength == ADDRESS_LENGTH
            && hardwareLength == MAC_LENGTH;
    arp.require(plain ? LENGTH : HEADER_LENGTH);
    line.append(line.style.linkHeader() ? "" : "ARP, ");
    if (!plain || line.isVerbose()) {
      line.append(hardware == ETHERNET ? "Ethernet" : "Unknown Hardware (" + hardware + ")");
      line.append(" (len ").append(hardwareLength).append("), ");
      boolean ip = protocol == EthernetView.TYPE_IPV4;
      line.append(ip ? "IPv4" : String.format(Locale.ROOT, "Unknown Protocol (0x%04x)", protocol));
      line.append(" (len ").append(protocolLength).append("), ");
    }
    if (!plain) {
      line.append("op ").append(arp.short16(6)).append(", length ").append(length);
      return;
    }
    int operation = arp.short16(6);
    if (operation != REQUEST && operation != REPLY) {
      appendUnknown(line, arp, operation, length);
      return;
    }
    appendOperation(line, arp, operation);
    line.append(", length ").append(length);
  }

  private static void appendUnknown(Line line, Octets arp, int operation, int length) {
    if (line.style.oneLine()) {
      line.append("op ").append(operation).append(", length ").append(length);
      return;
    }
    line.append("Unknown (").append(operation).append(") ");
    int end = arp.start() + arp.captured();
    HexDump.appendHexAndText(line.text, arp.bytes(), arp.start(), end);
  }

  private static void appendOperation(Line line, Octets arp, int operation) {
    Names names = line.names();
    String sender = names.host(arp.int32(14));
    String target = names.host(arp.int32(24));
    if (operation == REPLY) {
      line.append("Reply ").append(sender).append(" is-at ").append(names.mac(arp.mac48(8)));
      return;
    }
    line.append("Request who-has ").append(target);
    long known = arp.mac48(18);
    if (known != 0) {
      line.append(" (").append(names.mac(known)).append(")");
    }
    line.append(" tell ").append(sender);
  }
}
