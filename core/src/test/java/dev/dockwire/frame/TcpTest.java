package dev.dockwire.frame;

import static dev.dockwire.frame.GoldenFrames.IP_A;
import static dev.dockwire.frame.GoldenFrames.IP_B;
import static dev.dockwire.frame.GoldenFrames.L4;
import static dev.dockwire.frame.GoldenFrames.TCP_SYN;
import static dev.dockwire.frame.GoldenFrames.emitOnDirt;
import static dev.dockwire.frame.GoldenFrames.from;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpTest {

  private final TcpView view = new TcpView();
  private final byte[] segment = from(TCP_SYN, L4);

  private boolean wrap(byte[] bytes, int length) {
    return view.wrap(bytes, 0, length, IP_A.value(), IP_B.value());
  }

  private static TcpSegment golden() {
    byte[] options = from(TCP_SYN, L4 + 20);
    return new TcpSegment(
        IP_A, IP_B, 48_426, 80, 0x85214c14, 0, TcpView.SYN, 64_240, 0, options, new byte[0]);
  }

  @Test
  void readsTheHeader() {
    assertThat(wrap(segment, segment.length)).isTrue();
    assertThat(view.sourcePort()).isEqualTo(48_426);
    assertThat(view.destinationPort()).isEqualTo(80);
    assertThat(view.sequenceNumber()).isEqualTo(0x85214c14);
    assertThat(view.acknowledgmentNumber()).isZero();
    assertThat(view.dataOffset()).isEqualTo(40);
    assertThat(view.flags()).isEqualTo(TcpView.SYN);
    assertThat(view.window()).isEqualTo(64_240);
    assertThat(view.checksum()).isEqualTo(0x63d4);
    assertThat(view.urgentPointer()).isZero();
    assertThat(view.optionsOffset()).isEqualTo(20);
    assertThat(view.optionsLength()).isEqualTo(20);
    assertThat(view.payloadOffset()).isEqualTo(40);
    assertThat(view.payloadLength()).isZero();
  }

  @Test
  void emitsTheGoldenBytes() {
    assertThat(emitOnDirt(golden())).isEqualTo(segment);
    assertThat(TcpSegment.parse(segment, 0, segment.length, IP_A, IP_B))
        .isEqualTo(golden())
        .hasToString(
            "IP 172.17.0.2.48426 > 172.17.0.3.80: Flags [S], seq 2233551892, win 64240, length 0");
  }

  @Test
  void namesEveryFlag() {
    assertThat(wrap(segment, segment.length)).isTrue();
    for (int flags = 0; flags < 256; flags++) {
      view.flags(flags);
      assertThat(view.isFin()).isEqualTo((flags & 1) != 0);
      assertThat(view.isSyn()).isEqualTo((flags & 2) != 0);
      assertThat(view.isRst()).isEqualTo((flags & 4) != 0);
      assertThat(view.isPsh()).isEqualTo((flags & 8) != 0);
      assertThat(view.isAck()).isEqualTo((flags & 16) != 0);
      assertThat(view.isUrg()).isEqualTo((flags & 32) != 0);
      assertThat(view.isEce()).isEqualTo((flags & 64) != 0);
      assertThat(view.isCwr()).isEqualTo((flags & 128) != 0);
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < segment.length; length++) {
      assertThat(wrap(segment, length)).isFalse();
      assertThat(view.problem()).isEqualTo(DropReason.TCP_BAD_OFFSET);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 11, 15})
  void aLyingDataOffsetIsRefused(int words) {
    segment[12] = (byte) (words << 4);
    assertThat(wrap(segment, segment.length)).isFalse();
    assertThat(view.problem()).isEqualTo(DropReason.TCP_BAD_OFFSET);
  }

  @Test
  void everyFlippedBitIsNoticed() {
    for (int bit = 0; bit < 8 * segment.length; bit++) {
      segment[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThat(wrap(segment, segment.length)).as("bit %d", bit).isFalse();
      segment[bit >> 3] ^= (byte) (1 << (bit & 7));
    }
    assertThat(view.wrap(segment, 0, segment.length, IP_A.value() ^ 1, IP_B.value())).isFalse();
    assertThat(view.problem()).isEqualTo(DropReason.TCP_BAD_CSUM);
  }

  @Test
  void rewritesEveryFieldInPlace() {
    assertThat(wrap(segment, segment.length)).isTrue();
    view.sourcePort(80)
        .destinationPort(48_426)
        .sequenceNumber(-1)
        .acknowledgmentNumber(0x85214c15)
        .flags(TcpView.SYN | TcpView.ACK | TcpView.URG)
        .window(1)
        .urgentPointer(2)
        .updateChecksum(IP_B.value(), IP_A.value());
    TcpSegment reply =
        new TcpSegment(
            IP_B,
            IP_A,
            80,
            48_426,
            -1,
            0x85214c15,
            TcpView.SYN | TcpView.ACK | TcpView.URG,
            1,
            2,
            golden().options(),
            new byte[0]);
    assertThat(TcpSegment.parse(segment, 0, segment.length, IP_B, IP_A))
        .isEqualTo(reply)
        .hasToString(
            "IP 172.17.0.3.80 > 172.17.0.2.48426: Flags [S.U], seq 4294967295, ack 2233551893,"
                + " win 1, length 0");
  }
}
