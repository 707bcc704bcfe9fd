package dev.dockwire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IcmpV4EchoReplyPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

/**
 * A second opinion: pcap4j reads from our bytes what we put in, and writes the same bytes from it,
 * with lengths and checksums of its own reckoning.
 */
class Pcap4jAgreementTest {

  private static final int ROUNDS = 1_000;

  private final RandomValues values = new RandomValues(9293);

  @Test
  void onGoldenFrames() throws IllegalRawDataException {
    for (byte[] frame : GoldenFrames.ALL) {
      assertWritesTheSame(decode(frame), frame);
    }
  }

  @Test
  void onArp() throws IllegalRawDataException {
    for (int round = 0; round < ROUNDS; round++) {
      ArpMessage message = values.arp();
      EthernetFrame frame = values.frame(EthernetView.TYPE_ARP, message.toBytes());
      EthernetPacket packet = decode(frame.toBytes());
      assertEthernet(packet, frame);
      ArpPacket.ArpHeader header = packet.get(ArpPacket.class).getHeader();
      assertThat((int) header.getOperation().value()).isEqualTo(message.operation());
      assertThat(header.getSrcHardwareAddr()).hasToString(message.senderHardware().toString());
      assertThat(header.getDstHardwareAddr()).hasToString(message.targetHardware().toString());
      assertAddress(header.getSrcProtocolAddr(), message.senderProtocol());
      assertAddress(header.getDstProtocolAddr(), message.targetProtocol());
      assertWritesTheSame(packet, frame.toBytes());
    }
  }

  @Test
  void onIcmpEcho() throws IllegalRawDataException {
    for (int round = 0; round < ROUNDS; round++) {
      IcmpMessage message = values.echo();
      Ipv4Packet ip =
          values.packet(
              Ipv4View.PROTOCOL_ICMP, values.address(), values.address(), message.toBytes());
      EthernetFrame frame = values.frame(EthernetView.TYPE_IPV4, ip.toBytes());
      EthernetPacket packet = decode(frame.toBytes());
      assertEthernet(packet, frame);
      assertIpv4(packet, ip);
      IcmpV4CommonPacket icmp = packet.get(IcmpV4CommonPacket.class);
      assertThat(icmp.getHeader().getType().value() & 0xff).isEqualTo(message.type());
      assertThat(icmp.getHeader().getCode().value() & 0xff).isEqualTo(message.code());
      assertThat(icmp.hasValidChecksum(false)).isTrue();
      if (message.type() == IcmpView.ECHO_REQUEST) {
        var echo = packet.get(IcmpV4EchoPacket.class).getHeader();
        assertThat(echo.getIdentifierAsInt()).isEqualTo(message.identifier());
        assertThat(echo.getSequenceNumberAsInt()).isEqualTo(message.sequence());
      } else {
        var echo = packet.get(IcmpV4EchoReplyPacket.class).getHeader();
        assertThat(echo.getIdentifierAsInt()).isEqualTo(message.identifier());
        assertThat(echo.getSequenceNumberAsInt()).isEqualTo(message.sequence());
      }
      assertWritesTheSame(packet, frame.toBytes());
    }
  }

  @Test
  void onUdp() throws IllegalRawDataException {
    for (int round = 0; round < ROUNDS; round++) {
      UdpDatagram datagram = values.datagram();
      Ipv4Packet ip =
          values.packet(
              Ipv4View.PROTOCOL_UDP, datagram.source(), datagram.destination(), datagram.toBytes());
      EthernetFrame frame = values.frame(EthernetView.TYPE_IPV4, ip.toBytes());
      EthernetPacket packet = decode(frame.toBytes());
      assertEthernet(packet, frame);
      assertIpv4(packet, ip);
      UdpPacket udp = packet.get(UdpPacket.class);
      assertThat(udp.getHeader().getSrcPort().valueAsInt()).isEqualTo(datagram.sourcePort());
      assertThat(udp.getHeader().getDstPort().valueAsInt()).isEqualTo(datagram.destinationPort());
      assertThat(udp.getHeader().getLengthAsInt()).isEqualTo(datagram.length());
      assertWritesTheSame(packet, frame.toBytes());
    }
  }

  @Test
  void onTcp() throws IllegalRawDataException {
    for (int round = 0; round < ROUNDS; round++) {
      TcpSegment segment = values.segment();
      Ipv4Packet ip =
          values.packet(
              Ipv4View.PROTOCOL_TCP, segment.source(), segment.destination(), segment.toBytes());
      EthernetFrame frame = values.frame(EthernetView.TYPE_IPV4, ip.toBytes());
      EthernetPacket packet = decode(frame.toBytes());
      assertEthernet(packet, frame);
      assertIpv4(packet, ip);
      TcpPacket.TcpHeader tcp = packet.get(TcpPacket.class).getHeader();
      assertThat(tcp.getSrcPort().valueAsInt()).isEqualTo(segment.sourcePort());
      assertThat(tcp.getDstPort().valueAsInt()).isEqualTo(segment.destinationPort());
      assertThat(tcp.getSequenceNumber()).isEqualTo(segment.sequenceNumber());
      assertThat(tcp.getAcknowledgmentNumber()).isEqualTo(segment.acknowledgmentNumber());
      assertThat(tcp.getDataOffsetAsInt() * 4).isEqualTo(20 + segment.options().length);
      assertThat(tcp.getFin()).isEqualTo((segment.flags() & TcpView.FIN) != 0);
      assertThat(tcp.getSyn()).isEqualTo((segment.flags() & TcpView.SYN) != 0);
      assertThat(tcp.getRst()).isEqualTo((segment.flags() & TcpView.RST) != 0);
      assertThat(tcp.getPsh()).isEqualTo((segment.flags() & TcpView.PSH) != 0);
      assertThat(tcp.getAck()).isEqualTo((segment.flags() & TcpView.ACK) != 0);
      assertThat(tcp.getUrg()).isEqualTo((segment.flags() & TcpView.URG) != 0);
      assertThat(tcp.getWindowAsInt()).isEqualTo(segment.window());
      assertThat(tcp.getUrgentPointerAsInt()).isEqualTo(segment.urgentPointer());
      assertWritesTheSame(packet, frame.toBytes());
    }
  }

  private static EthernetPacket decode(byte[] frame) throws IllegalRawDataException {
    return EthernetPacket.newPacket(frame, 0, frame.length);
  }

  private static void assertEthernet(EthernetPacket packet, EthernetFrame frame) {
    assertThat(packet.getHeader().getDstAddr()).hasToString(frame.destination().toString());
    assertThat(packet.getHeader().getSrcAddr()).hasToString(frame.source().toString());
    if (frame.isTagged()) {
      var tag = packet.get(Dot1qVlanTagPacket.class).getHeader();
      EthernetView view = new EthernetView();
      assertThat(view.wrap(frame.toBytes(), 0, frame.length())).isTrue();
      assertThat(view.vlanId()).isEqualTo(tag.getVidAsInt());
      assertThat(view.priority()).isEqualTo(tag.getPriority());
      assertThat(tag.getType().value() & 0xffff).isEqualTo(frame.etherType());
    } else {
      assertThat(packet.getHeader().getType().value() & 0xffff).isEqualTo(frame.etherType());
    }
  }

  private static void assertIpv4(EthernetPacket packet, Ipv4Packet ip) {
    IpV4Packet.IpV4Header header = packet.get(IpV4Packet.class).getHeader();
    assertThat(header.getIhl() * 4).isEqualTo(20 + ip.options().length);
    assertThat(header.getTos().value() & 0xff).isEqualTo(ip.typeOfService());
    assertThat(header.getTotalLengthAsInt()).isEqualTo(ip.length());
    assertThat(header.getIdentificationAsInt()).isEqualTo(ip.identification());
    assertThat(header.getDontFragmentFlag()).isEqualTo(ip.dontFragment());
    assertThat(header.getMoreFragmentFlag()).isEqualTo(ip.moreFragments());
    assertThat(header.getFragmentOffset() * 8).isEqualTo(ip.fragmentOffset());
    assertThat(header.getTtlAsInt()).isEqualTo(ip.timeToLive());
    assertThat(header.getProtocol().value() & 0xff).isEqualTo(ip.protocol());
    assertAddress(header.getSrcAddr(), ip.source());
    assertAddress(header.getDstAddr(), ip.destination());
    assertThat(header.hasValidChecksum(false)).isTrue();
  }

  private static void assertAddress(InetAddress theirs, Ipv4Address ours) {
    assertThat(theirs.getHostAddress()).isEqualTo(ours.toString());
  }

  private static void assertWritesTheSame(EthernetPacket packet, byte[] frame) {
    Packet.Builder builder = packet.getBuilder();
    IpV4Packet.Builder ip = builder.get(IpV4Packet.Builder.class);
    if (ip != null) {
      ip.correctChecksumAtBuild(true).correctLengthAtBuild(true);
    }
    IcmpV4CommonPacket.Builder icmp = builder.get(IcmpV4CommonPacket.Builder.class);
    if (icmp != null) {
      icmp.correctChecksumAtBuild(true);
    }
    UdpPacket.Builder udp = builder.get(UdpPacket.Builder.class);
    if (udp != null) {
      IpV4Packet.IpV4Header header = packet.get(IpV4Packet.class).getHeader();
      udp.srcAddr(header.getSrcAddr()).dstAddr(header.getDstAddr());
      udp.correctChecksumAtBuild(true).correctLengthAtBuild(true);
    }
    TcpPacket.Builder tcp = builder.get(TcpPacket.Builder.class);
    if (tcp != null) {
      IpV4Packet.IpV4Header header = packet.get(IpV4Packet.class).getHeader();
      tcp.srcAddr(header.getSrcAddr()).dstAddr(header.getDstAddr());
      tcp.correctChecksumAtBuild(true).correctLengthAtBuild(true);
    }
    assertThat(builder.build().getRawData()).isEqualTo(frame);
  }
}
