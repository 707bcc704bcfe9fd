package dev.dockwire.frame;

import static dev.dockwire.frame.GoldenFrames.ICMP_ECHO;
import static dev.dockwire.frame.GoldenFrames.IP_A;
import static dev.dockwire.frame.GoldenFrames.IP_B;
import static dev.dockwire.frame.GoldenFrames.L3;
import static dev.dockwire.frame.GoldenFrames.L4;
import static dev.dockwire.frame.GoldenFrames.emitOnDirt;
import static dev.dockwire.frame.GoldenFrames.from;
import static dev.dockwire.frame.GoldenFrames.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv4Test {

  private final Ipv4View view = new Ipv4View();
  private final byte[] packet = from(ICMP_ECHO, L3);

  private Ipv4Packet golden() {
    byte[] none = {};
    byte[] icmp = from(ICMP_ECHO, L4);
    return new Ipv4Packet(0, 0x843e, true, false, 0, 64, 1, IP_A, IP_B, none, icmp);
  }

  @Test
  void readsTheHeader() {
    assertThat(view.wrap(packet, 0, packet.length)).isTrue();
    assertThat(view.version()).isEqualTo(4);
    assertThat(view.headerLength()).isEqualTo(20);
    assertThat(view.typeOfService()).isZero();
    assertThat(view.totalLength()).isEqualTo(36);
    assertThat(view.identification()).isEqualTo(0x843e);
    assertThat(view.dontFragment()).isTrue();
    assertThat(view.moreFragments()).isFalse();
    assertThat(view.fragmentOffset()).isZero();
    assertThat(view.isFragment()).isFalse();
    assertThat(view.timeToLive()).isEqualTo(64);
    assertThat(view.protocol()).isEqualTo(Ipv4View.PROTOCOL_ICMP);
    assertThat(view.headerChecksum()).isEqualTo(0x5e73);
    assertThat(view.source()).isEqualTo(IP_A.value());
    assertThat(view.destination()).isEqualTo(IP_B.value());
    assertThat(view.hasOptions()).isFalse();
    assertThat(view.payloadOffset()).isEqualTo(20);
    assertThat(view.payloadLength()).isEqualTo(16);
  }

  @Test
  void emitsTheGoldenBytes() {
    assertThat(emitOnDirt(golden())).isEqualTo(packet);
    assertThat(Ipv4Packet.parse(packet, 0, packet.length)).isEqualTo(golden());
  }

  @Test
  void readsFragmentsAndOptions() {
    byte[] routerAlert = hex("94040000");
    Ipv4Packet middle =
        new Ipv4Packet(
            0x10, 7, false, true, 65_528, 1, 253, IP_B, IP_A, routerAlert, new byte[] {1, 2, 3});
    byte[] bytes = emitOnDirt(middle);
    assertThat(bytes).startsWith(0x46, 0x10, 0, 27, 0, 7, 0x3f, 0xff, 1, 253);
    assertThat(view.wrap(bytes, 0, bytes.length)).isTrue();
    assertThat(view.isFragment()).isTrue();
    assertThat(view.moreFragments()).isTrue();
    assertThat(view.dontFragment()).isFalse();
    assertThat(view.fragmentOffset()).isEqualTo(65_528);
    assertThat(view.hasOptions()).isTrue();
    assertThat(view.optionsOffset()).isEqualTo(20);
    assertThat(view.optionsLength()).isEqualTo(4);
    assertThat(view.payloadOffset()).isEqualTo(24);
    assertThat(view.payloadLength()).isEqualTo(3);
  }

  @Test
  void trimsEthernetPadding() {
    byte[] padded = Arrays.copyOf(packet, 46);
    assertThat(view.wrap(padded, 0, padded.length)).isTrue();
    assertThat(view.payloadLength()).isEqualTo(16);
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < packet.length; length++) {
      assertThat(view.wrap(packet, 0, length)).as("%d octets", length).isFalse();
      assertThat(view.problem()).isEqualTo(DropReason.IP_BAD_LEN);
    }
  }

  /** Row I1 of the conformance table; the checksum is right but where it is the cause. */
  @ParameterizedTest
  @CsvSource({
    "0, 6500, IP_BAD_VERSION",
    "0, 0500, IP_BAD_VERSION",
    "0, 4400, IP_BAD_IHL",
    "0, 4000, IP_BAD_IHL",
    "0, 4a00, IP_BAD_IHL",
    "2, 0000, IP_BAD_LEN",
    "2, 0013, IP_BAD_LEN",
    "2, 0025, IP_BAD_LEN",
    "2, ffff, IP_BAD_LEN",
    "10, 5e74, IP_BAD_CSUM",
    "10, 5e72, IP_BAD_CSUM",
    "10, 0000, IP_BAD_CSUM",
    "10, ffff, IP_BAD_CSUM",
  })
  void badHeadersAreRefusedByTheirCause(int offset, String word, DropReason reason) {
    int value = Integer.parseInt(word, 16);
    int old = NetworkOrder.short16(packet, offset);
    NetworkOrder.short16(packet, offset, value);
    if (offset != 10) {
      NetworkOrder.short16(packet, 10, InternetChecksum.update16(0x5e73, old, value));
    }
    assertThat(view.wrap(packet, 0, packet.length)).isFalse();
    assertThat(view.problem()).isEqualTo(reason);
    assertThatThrownBy(() -> Ipv4Packet.parse(packet, 0, packet.length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason.counterName());
  }

  @Test
  void translatesAnAddressWithAnIncrementalChecksum() {
    assertThat(view.wrap(packet, 0, packet.length)).isTrue();
    int other = Ipv4Address.parse("10.0.2.15").value();
    view.headerChecksum(InternetChecksum.update32(view.headerChecksum(), view.source(), other))
        .source(other);
    int incremental = view.headerChecksum();
    assertThat(view.updateChecksum().headerChecksum()).isEqualTo(incremental);
    assertThat(view.wrap(packet, 0, packet.length)).isTrue();
  }

  @Test
  void aQuotedPacketMayBeCutAndChanged() {
    view.wrap(packet, 0, packet.length);
    view.timeToLive(1);
    assertThat(view.wrapQuoted(packet, 0, 28)).isTrue();
    assertThat(view.totalLength()).isEqualTo(36);
    assertThat(view.payloadLength()).isEqualTo(8);
    assertThat(view.wrapQuoted(packet, 0, 19)).isFalse();
    assertThat(view.problem()).isEqualTo(DropReason.IP_BAD_LEN);
  }

  @Test
  void theValueIsOneLineOfTcpdump() {
    assertThat(golden())
        .hasToString("IP 172.17.0.2 > 172.17.0.3: ICMP, ttl 64, id 33854, flags [DF], length 36");
  }
}
