package dev.dockwire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever a value holds comes back when its bytes are parsed. */
class RoundTripTest {

  private static final int ROUNDS = 2_000;

  private final RandomValues values = new RandomValues(826);

  @Test
  void ethernet() {
    for (int round = 0; round < ROUNDS; round++) {
      EthernetFrame frame = values.frame(EthernetView.TYPE_IPV6, values.payload(1_500));
      byte[] bytes = GoldenFrames.emitOnDirt(frame);
      EthernetFrame parsed = EthernetFrame.parse(bytes, 0, bytes.length);
      assertThat(parsed).isEqualTo(frame).hasSameHashCodeAs(frame);
      assertThat(parsed.tag()).isEqualTo(frame.tag());
      assertThat(parsed.payload()).isEqualTo(frame.payload());
    }
  }

  @Test
  void arp() {
    for (int round = 0; round < ROUNDS; round++) {
      ArpMessage message = values.arp();
      byte[] bytes = GoldenFrames.emitOnDirt(message);
      assertThat(ArpMessage.parse(bytes, 0, bytes.length)).isEqualTo(message);
    }
  }

  @Test
  void ipv4() {
    for (int round = 0; round < ROUNDS; round++) {
      Ipv4Packet packet = values.fragment();
      byte[] bytes = GoldenFrames.emitOnDirt(packet);
      Ipv4Packet parsed = Ipv4Packet.parse(bytes, 0, bytes.length);
      assertThat(parsed).isEqualTo(packet).hasSameHashCodeAs(packet);
      assertThat(parsed.fragmentOffset()).isEqualTo(packet.fragmentOffset());
      assertThat(parsed.options()).isEqualTo(packet.options());
      assertThat(parsed.payload()).isEqualTo(packet.payload());
    }
  }

  @Test
  void icmp() {
    for (int round = 0; round < ROUNDS; round++) {
      IcmpMessage message = values.icmp();
      byte[] bytes = GoldenFrames.emitOnDirt(message);
      assertThat(IcmpMessage.parse(bytes, 0, bytes.length))
          .isEqualTo(message)
          .hasSameHashCodeAs(message);
    }
  }

  @Test
  void udp() {
    for (int round = 0; round < ROUNDS; round++) {
      UdpDatagram datagram = values.datagram();
      byte[] bytes = GoldenFrames.emitOnDirt(datagram);
      assertThat(
              UdpDatagram.parse(bytes, 0, bytes.length, datagram.source(), datagram.destination()))
          .isEqualTo(datagram)
          .hasSameHashCodeAs(datagram);
    }
  }

  @Test
  void tcp() {
    for (int round = 0; round < ROUNDS; round++) {
      TcpSegment segment = values.segment();
      byte[] bytes = GoldenFrames.emitOnDirt(segment);
      assertThat(TcpSegment.parse(bytes, 0, bytes.length, segment.source(), segment.destination()))
          .isEqualTo(segment)
          .hasSameHashCodeAs(segment);
    }
  }

  @Test
  void aValueKeepsNothingOfTheBytesItWasMadeFrom() {
    byte[] payload = {1, 2, 3};
    IcmpMessage message = IcmpMessage.echoRequest(1, 1, payload);
    payload[0] = 9;
    message.payload()[1] = 9;
    assertThat(message.payload()).containsExactly(1, 2, 3);
    assertThat(message).isNotEqualTo(IcmpMessage.echoRequest(1, 1, payload));
  }
}
