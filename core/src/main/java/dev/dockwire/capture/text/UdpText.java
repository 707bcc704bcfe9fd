package dev.dockwire.capture.text;

import dev.dockwire.frame.UdpView;

/** What is printed of a UDP datagram (RFC 768). */
final class UdpText {

  private UdpText() {}

  /**
   * @param length octets of the whole datagram, its header included, as IP has it
   */
  static void append(Line line, Octets packet, Octets datagram, int length) {
    line.enter("udp");
    String source = line.names().host(Ipv4Text.source(packet));
    String destination = line.names().host(Ipv4Text.destination(packet));
    if (datagram.captured() < 4) {
      line.append(source).append(" > ").append(destination).append(": ");
      throw CutShort.HERE;
    }
    int sourcePort = datagram.short16(0);
    int destinationPort = datagram.short16(2);
    line.append(source).append(".").append(line.names().udpPort(sourcePort));
    line.append(" > ");
    line.append(destination).append(".").append(line.names().udpPort(destinationPort));
    line.append(": ");
    int udpLength = datagram.short16(4);
    if (udpLength < UdpView.HEADER_LENGTH) {
      line.append("truncated-udplength ").append(udpLength);
      return;
    }
    int dataLength = Math.min(udpLength, length) - UdpView.HEADER_LENGTH;
    if (line.style.quiet()) {
      line.append("UDP, length ").append(dataLength);
      return;
    }
    datagram.require(UdpView.HEADER_LENGTH);
    if (line.style.verbosity() > 1 && !Ipv4Text.isFragment(packet)) {
      appendChecksum(line, packet, datagram, Math.min(udpLength, length));
    }
    Octets data = datagram.from(UdpView.HEADER_LENGTH);
    if (sourcePort == DnsText.PORT || destinationPort == DnsText.PORT) {
      DnsText.append(line, data, dataLength);
    } else {
      line.append("UDP, length ").append(dataLength);
    }
  }

  private static void appendChecksum(Line line, Octets packet, Octets datagram, int length) {
    int written = datagram.short16(6);
    if (written == 0) {
      line.append("[no cksum] ");
    } else if (datagram.captured() >= length) {
      int sum = Checksums.ofTransport(packet, datagram, length);
      if (sum == 0) {
        line.append("[udp sum ok] ");
      } else {
        int right = Checksums.shouldBe(written, sum);
        line.format("[bad udp cksum 0x%04x -> 0x%04x!] ", written, right);
      }
    }
  }
}
