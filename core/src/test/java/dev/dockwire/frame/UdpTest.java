package dev.dockwire.frame;

import static dev.dockwire.frame.GoldenFrames.IP_A;
import static dev.dockwire.frame.GoldenFrames.IP_B;
import static dev.dockwire.frame.GoldenFrames.L4;
import static dev.dockwire.frame.GoldenFrames.UDP;
import static dev.dockwire.frame.GoldenFrames.emitOnDirt;
import static dev.dockwire.frame.GoldenFrames.from;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpTest {

  private final UdpView view = new UdpView();
  private final byte[] datagram = from(UDP, L4);

  private boolean wrap(byte[] bytes, int length) {
    return view.wrap(bytes, 0, length, IP_A.value(), IP_B.value());
  }

  private static UdpDatagram golden() {
    return new UdpDatagram(IP_A, IP_B, 40_000, 53, "dockwire!".getBytes(US_ASCII));
  }

  @Test
  void readsTheHeader() {
    assertThat(wrap(datagram, datagram.length)).isTrue();
    assertThat(view.sourcePort()).isEqualTo(40_000);
    assertThat(view.destinationPort()).isEqualTo(53);
    assertThat(view.length()).isEqualTo(17);
    assertThat(view.checksum()).isEqualTo(0x3885);
    assertThat(view.payloadOffset()).isEqualTo(8);
    assertThat(view.payloadLength()).isEqualTo(9);
  }

  @Test
  void emitsTheGoldenBytes() {
    assertThat(emitOnDirt(golden())).isEqualTo(datagram);
    assertThat(UdpDatagram.parse(datagram, 0, datagram.length, IP_A, IP_B))
        .isEqualTo(golden())
        .hasToString("IP 172.17.0.2.40000 > 172.17.0.3.53: UDP, length 9");
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < datagram.length; length++) {
      assertThat(wrap(datagram, length)).isFalse();
      assertThat(view.problem()).isEqualTo(DropReason.UDP_BAD_LEN);
    }
  }

  @Test
  void whatFollowsTheDatagramIsIgnored() {
    assertThat(wrap(Arrays.copyOf(datagram, 30), 30)).isTrue();
    assertThat(view.payloadLength()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 18, 65_535})
  void aLyingLengthIsRefused(int length) {
    NetworkOrder.short16(datagram, 4, length);
    assertThat(wrap(datagram, datagram.length)).isFalse();
    assertThat(view.problem()).isEqualTo(DropReason.UDP_BAD_LEN);
  }

  @Test
  void theChecksumCoversTheAddressesToo() {
    assertThat(view.wrap(datagram, 0, datagram.length, IP_A.value(), IP_B.value() + 1)).isFalse();
    assertThat(view.problem()).isEqualTo(DropReason.UDP_BAD_CSUM);
  }

  @Test
  void noChecksumIsTakenAndABadOneIsNot() {
    NetworkOrder.short16(datagram, 6, 0);
    assertThat(wrap(datagram, datagram.length)).isTrue();
    NetworkOrder.short16(datagram, 6, 0x3886);
    assertThat(wrap(datagram, datagram.length)).isFalse();
    assertThat(view.problem()).isEqualTo(DropReason.UDP_BAD_CSUM);
  }

  @Test
  void aChecksumThatComesOutAsZeroIsSentAsOnes() {
    // The datagram's own checksum as payload fills the sum up to all ones, whose complement is 0.
    byte[] payload = "dockwire!\0\0\0".getBytes(US_ASCII);
    UdpDatagram before = new UdpDatagram(IP_A, IP_B, 40_000, 53, payload);
    NetworkOrder.short16(payload, 10, NetworkOrder.short16(before.toBytes(), 6));
    byte[] bytes = emitOnDirt(new UdpDatagram(IP_A, IP_B, 40_000, 53, payload));
    assertThat(wrap(bytes, bytes.length)).isTrue();
    assertThat(view.checksum()).isEqualTo(0xffff);
  }

  @Test
  void rewritesPortsInPlace() {
    assertThat(wrap(datagram, datagram.length)).isTrue();
    view.sourcePort(1).destinationPort(65_535).updateChecksum(IP_A.value(), IP_B.value());
    assertThat(UdpDatagram.parse(datagram, 0, datagram.length, IP_A, IP_B))
        .isEqualTo(new UdpDatagram(IP_A, IP_B, 1, 65_535, golden().payload()));
  }
}
