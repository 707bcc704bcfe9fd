package dev.dockwire.stack.icmp;

import static dev.dockwire.stack.Frames.echoRequest;
import static dev.dockwire.stack.Frames.ethernet;
import static dev.dockwire.stack.Frames.fragment;
import static dev.dockwire.stack.Frames.icmpError;
import static dev.dockwire.stack.Frames.macOf;
import static dev.dockwire.stack.Frames.packet;
import static dev.dockwire.stack.Frames.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.Wire;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows I11 to I14 and I16 of the conformance table, and what else ICMP answers. */
class IcmpErrorTest {

  private static final String HOST = "10.0.0.1";
  private static final String PEER = "10.0.0.2";
  private static final String PORT_UNREACHABLE = "10.0.0.1 > 10.0.0.2 unreachable 3";

  private final Wire wire = new Wire("10.0.0.1/24");

  @BeforeEach
  void knowThePeer() {
    wire.know(PEER, wire.eth0);
  }

  private static byte[] toClosedPort(int length) {
    return packet(PEER, HOST, 17, udp(PEER, HOST, length));
  }

  @Test
  void i11AClosedPortAndAnUnknownProtocolAreTold() {
    wire.sendPacket(toClosedPort(10));
    byte[] error = wire.expect(PORT_UNREACHABLE);
    assertThat(error[14 + 1]).as("internetwork control").isEqualTo((byte) 0xc0);
    assertThat(Arrays.copyOfRange(error, 14 + 28, error.length)).isEqualTo(toClosedPort(10));
    wire.expectDrops(DropReason.UDP_NO_PORT, 1);
    wire.sendPacket(packet(PEER, HOST, 132, new byte[20]));
    wire.expect("10.0.0.1 > 10.0.0.2 unreachable 2");
    wire.expectDrops(DropReason.IP_UNKNOWN_PROTO, 1);
  }

  @Test
  void i12NoErrorAboutErrorsLaterFragmentsBroadcastsAndBadSources() {
    for (int type : new int[] {3, 4, 5, 11, 12, 40}) {
      wire.sendPacket(
          Frames.withOptions(
              packet(PEER, HOST, 1, icmpError(type, 0, 0, toClosedPort(0))), 7, 1, 4));
    }
    wire.sendPacket(
        Frames.withOptions(fragment(PEER, HOST, 1, 17, 64, true, new byte[8]), 7, 1, 4));
    wire.expectDrops(DropReason.IP_BAD_OPTION, 7);
    byte[] multicast = packet(PEER, "224.0.0.1", 132, new byte[8]);
    wire.send(ethernet("01:00:5e:00:00:01", macOf(PEER), EthernetView.TYPE_IPV4, multicast));
    byte[] broadcast = packet(PEER, "10.0.0.255", 132, new byte[8]);
    wire.sendPacket(broadcast);
    wire.expectDrops(DropReason.IP_UNKNOWN_PROTO, 2);
    wire.sendPacket(packet("10.0.0.255", HOST, 132, new byte[8]));
    wire.expectNothing();
  }

  @Test
  void i13QuotesUpTo576OctetsInAll() {
    wire.sendPacket(toClosedPort(1400));
    byte[] error = wire.expect(PORT_UNREACHABLE);
    assertThat(error).hasSize(14 + 576);
    assertThat(Arrays.copyOfRange(error, 14 + 28, error.length))
        .isEqualTo(Arrays.copyOf(toClosedPort(1400), 548));
  }

  @Test
  void i14OneErrorASecondToEachDestinationAndABurstOfSix() {
    for (int i = 0; i < 300; i++) {
      wire.sendPacket(toClosedPort(10));
    }
    assertThat(wire.count()).isEqualTo(6);
    wire.expectDrops(DropReason.ICMP_RL_DST, 294);
    wire.at(999);
    wire.sendPacket(toClosedPort(10));
    assertThat(wire.count()).isZero();
    wire.at(1000);
    wire.sendPacket(toClosedPort(10));
    wire.sendPacket(toClosedPort(10));
    assertThat(wire.count()).isEqualTo(1);
    wire.at(60_000);
    for (int i = 0; i < 20; i++) {
      wire.sendPacket(toClosedPort(10));
    }
    assertThat(wire.count()).as("the burst is back").isEqualTo(6);
  }

  @Test
  void i14AThousandErrorsASecondToAllAndABurstOfAboutFifty() {
    for (int i = 2; i < 252; i++) {
      String source = "10.0.0." + i;
      wire.know(source, wire.eth0);
      wire.sendPacket(packet(source, HOST, 17, udp(source, HOST, 10)));
    }
    int burst = wire.count();
    assertThat(burst).isBetween(35, 75);
    wire.expectDrops(DropReason.ICMP_RL_HOST, 250 - burst);
  }

  @Test
  void i14EchoIsNotLimited() {
    for (int i = 0; i < 300; i++) {
      wire.sendPacket(packet(PEER, HOST, 1, echoRequest(8)));
    }
    assertThat(wire.count()).isEqualTo(300);
  }

  @Test
  void i15RedirectsAreIgnoredAndQuenchToo() {
    wire.sendPacket(packet(PEER, HOST, 1, icmpError(5, 1, 0x0a00_0009, toClosedPort(0))));
    wire.expectDrops(DropReason.ICMP_REDIRECT_IGNORED, 1);
    wire.sendPacket(packet(PEER, HOST, 1, icmpError(4, 0, 0, toClosedPort(0))));
    wire.expectDrops(DropReason.ICMP_BAD_TYPE, 1);
    assertThat(wire.stack.routes().routes()).hasSize(1);
    wire.expectNothing();
  }

  @Test
  void i16UdpLengthAndChecksum() {
    byte[] noChecksum = udp(PEER, HOST, 10);
    NetworkOrder.short16(noChecksum, 6, 0);
    wire.sendPacket(packet(PEER, HOST, 17, noChecksum));
    wire.expect(PORT_UNREACHABLE);
    byte[] badChecksum = udp(PEER, HOST, 10);
    badChecksum[6] ^= 1;
    wire.sendPacket(packet(PEER, HOST, 17, badChecksum));
    wire.expectDrops(DropReason.UDP_BAD_CSUM, 1);
    for (int length : new int[] {0, 7, 19, 65_535}) {
      byte[] lying = udp(PEER, HOST, 10);
      NetworkOrder.short16(lying, 4, length);
      wire.sendPacket(packet(PEER, HOST, 17, lying));
    }
    wire.sendPacket(packet(PEER, HOST, 17, new byte[7]));
    wire.expectDrops(DropReason.UDP_BAD_LEN, 5);
    wire.expectNothing();
  }

  @Test
  void aSegmentIsCheckedAndCounted() {
    wire.sendPacket(packet(PEER, HOST, 6, new byte[19]));
    wire.expectDrops(DropReason.TCP_BAD_OFFSET, 1);
    wire.expectNothing();
  }

  @Test
  void aTimestampRequestIsAnswered() {
    wire.at(1234);
    byte[] message = Frames.echo(IcmpView.TIMESTAMP, 7, 1, 12);
    wire.sendPacket(packet(PEER, HOST, 1, message));
    byte[] reply = wire.expect("10.0.0.1 > 10.0.0.2 timestamp reply id 7 seq 1 length 12");
    assertThat(NetworkOrder.int32(reply, 14 + 28)).isEqualTo(0x0001_0203);
    assertThat(NetworkOrder.int32(reply, 14 + 32)).isEqualTo(0x8000_0000 | 1234);
    wire.sendPacket(packet(PEER, HOST, 1, Frames.echo(IcmpView.TIMESTAMP, 7, 1, 11)));
    wire.expectDrops(DropReason.ICMP_BAD_LEN, 1);
  }

  @Test
  void repliesAndErrorsThatNobodyWaitsForAreCounted() {
    wire.sendPacket(packet(PEER, HOST, 1, Frames.echo(IcmpView.ECHO_REPLY, 7, 1, 8)));
    wire.expectDrops(DropReason.ICMP_NO_SOCKET, 1);
    byte[] ours = packet(HOST, PEER, 1, echoRequest(8));
    for (int quoted = 0; quoted <= 28; quoted++) {
      wire.sendPacket(packet(PEER, HOST, 1, icmpError(3, 1, 0, Arrays.copyOf(ours, quoted))));
    }
    wire.expectDrops(DropReason.ICMP_QUOTE_MISMATCH, 29);
    wire.expectNothing();
  }
}
