package dev.dockwire.stack.ip;

import static dev.dockwire.stack.Frames.echoRequest;
import static dev.dockwire.stack.Frames.ethernet;
import static dev.dockwire.stack.Frames.macOf;
import static dev.dockwire.stack.Frames.packet;
import static dev.dockwire.stack.Frames.withOctet;
import static dev.dockwire.stack.Frames.withOptions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.Wire;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows I1 to I4 and I9 of the conformance table, and which frames a host takes at all. */
class Ipv4InputTest {

  private static final String HOST = "10.0.0.1";
  private static final String PEER = "10.0.0.2";
  private static final String REPLY = "10.0.0.1 > 10.0.0.2 echo reply id 7 seq 1 length 8";

  private final Wire wire = new Wire("10.0.0.1/24");

  @BeforeEach
  void knowThePeer() {
    wire.know(PEER, wire.eth0);
  }

  private static byte[] request() {
    return packet(PEER, HOST, 1, echoRequest(8));
  }

  @Test
  void anEchoRequestIsAnsweredWithTheSameDataAndTtl64() {
    wire.sendPacket(withOctet(withOctet(request(), 8, 3), 1, 0x10));
    byte[] reply = wire.expect(REPLY);
    assertThat(reply[14 + 8]).as("TTL").isEqualTo((byte) 64);
    assertThat(reply[14 + 1]).as("type of service").isEqualTo((byte) 0x10);
    assertThat(Arrays.copyOfRange(reply, 14 + 24, reply.length))
        .isEqualTo(Arrays.copyOfRange(request(), 24, 36));
    wire.expectNothing();
  }

  @Test
  void aReplyOfZerosOnlyHasAValidChecksum() {
    byte[] zeros = new byte[16];
    zeros[0] = 8;
    NetworkOrder.short16(zeros, 2, 0xf7ff);
    wire.sendPacket(packet(PEER, HOST, 1, zeros));
    wire.expect("10.0.0.1 > 10.0.0.2 echo reply id 0 seq 0 length 8");
  }

  @Test
  void i1ABadHeaderIsDroppedByCause() {
    wire.sendPacket(withOctet(request(), 0, 0x55));
    wire.expectDrops(DropReason.IP_BAD_VERSION, 1);
    byte[] shortHeader = request();
    shortHeader[0] = 0x44;
    wire.sendPacket(shortHeader);
    byte[] longHeader = request();
    longHeader[0] = 0x4f;
    wire.sendPacket(longHeader);
    wire.expectDrops(DropReason.IP_BAD_IHL, 2);
    for (int total : new int[] {0, 19, 37, 65_535}) {
      byte[] lying = request();
      NetworkOrder.short16(lying, 2, total);
      wire.sendPacket(Frames.fixChecksum(lying));
    }
    wire.expectDrops(DropReason.IP_BAD_LEN, 4);
    byte[] flipped = request();
    flipped[11] ^= 1;
    wire.sendPacket(flipped);
    wire.expectDrops(DropReason.IP_BAD_CSUM, 1);
    wire.expectNothing();
  }

  @Test
  void i1EthernetPaddingIsTrimmed() {
    wire.sendPacket(Arrays.copyOf(request(), 60));
    assertThat(wire.expect(REPLY)).hasSize(14 + 36);
  }

  @Test
  void i2SourcesThatAreNoOneHostAreDropped() {
    List<String> martians =
        List.of(
            "0.0.0.0",
            "0.1.2.3",
            "127.0.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            HOST,
            "10.0.0.255");
    for (String source : martians) {
      wire.sendPacket(packet(source, HOST, 1, echoRequest(8)));
    }
    wire.expectDrops(DropReason.IP_MARTIAN_SRC, martians.size());
    wire.expectNothing();
  }

  @Test
  void destinationsThatNeverAppearOnAWireAreDropped() {
    for (String destination : List.of("0.0.0.0", "127.0.0.1", "240.0.0.1")) {
      wire.sendPacket(packet(PEER, destination, 1, echoRequest(8)));
    }
    wire.expectDrops(DropReason.IP_MARTIAN_DST, 3);
    wire.sendPacket(packet(PEER, "10.0.0.3", 1, echoRequest(8)));
    wire.sendPacket(packet(PEER, "224.0.0.5", 1, echoRequest(8)));
    wire.expectDrops(DropReason.IP_NOT_MINE, 2);
    wire.expectNothing();
  }

  @Test
  void i3LocalDeliveryTakesEvenTtl0() {
    wire.sendPacket(withOctet(request(), 8, 0));
    wire.expect(REPLY);
  }

  @Test
  void i4SourceRoutesAreDropped() {
    wire.sendPacket(withOptions(request(), 131, 7, 4, 10, 0, 0, 9));
    wire.sendPacket(withOptions(request(), 137, 7, 4, 10, 0, 0, 9));
    wire.expectDrops(DropReason.IP_SRC_ROUTE, 2);
    wire.expectNothing();
  }

  @Test
  void i4RecordRouteComesBackWithTheHostTwice() {
    wire.sendPacket(withOptions(request(), 1, 7, 15, 8, 10, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0));
    byte[] reply = wire.expect(REPLY);
    assertThat(Arrays.copyOfRange(reply, 34, 50))
        .isEqualTo(new byte[] {7, 15, 16, 10, 0, 0, 2, 10, 0, 0, 1, 10, 0, 0, 1, 0});
  }

  @Test
  void i4TimestampsAreFilledInAndThenCountedAsOverflow() {
    wire.at(5);
    wire.sendPacket(withOptions(request(), 68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0));
    byte[] reply = wire.expect(REPLY);
    assertThat(Arrays.copyOfRange(reply, 34, 46))
        .isEqualTo(new byte[] {68, 12, 13, 0x11, 10, 0, 0, 1, (byte) 0x80, 0, 0, 5});
  }

  @Test
  void i4ABadOptionIsReportedWithItsPlace() {
    int[][] optionsAndPlace = {
      {7, 1, 4, 0, 20}, {7, 40, 4, 0, 20}, {7, 3, 3, 0, 22}, {68, 4, 4, 0, 22}, {68, 4, 5, 2, 23}
    };
    for (int[] all : optionsAndPlace) {
      wire.at(wire.now() / 1_000_000 + 1_000);
      wire.sendPacket(withOptions(request(), Arrays.copyOf(all, 4)));
      wire.expect("10.0.0.1 > 10.0.0.2 parameter problem 0 at " + all[4]);
    }
    wire.expectDrops(DropReason.IP_BAD_OPTION, optionsAndPlace.length);
  }

  @Test
  void i4UnknownOptionsAreSkipped() {
    wire.sendPacket(withOptions(request(), 148, 4, 0, 0, 99, 3, 1, 0));
    assertThat(wire.expect(REPLY)).as("and not echoed").hasSize(14 + 36);
  }

  @Test
  void i9BroadcastsAreNotAnswered() {
    wire.send(ethernet(Frames.BROADCAST, macOf(PEER), EthernetView.TYPE_IPV4, request()));
    wire.expectDrops(DropReason.IP_L2_BCAST_UNICAST, 1);
    for (String everybody : List.of("10.0.0.255", "255.255.255.255", "224.0.0.1")) {
      byte[] packet = packet(PEER, everybody, 1, echoRequest(8));
      wire.send(ethernet(Frames.BROADCAST, macOf(PEER), EthernetView.TYPE_IPV4, packet));
    }
    wire.expectDrops(DropReason.ICMP_BROADCAST, 3);
    byte[] udp = packet(PEER, "10.0.0.255", 17, Frames.udp(PEER, "10.0.0.255", 10));
    wire.send(ethernet(Frames.BROADCAST, macOf(PEER), EthernetView.TYPE_IPV4, udp));
    wire.expectDrops(DropReason.UDP_NO_PORT, 1);
    wire.expectNothing();
  }

  @Test
  void framesThatAreNotForThisHostAreDropped() {
    wire.send(ethernet("02:00:00:00:00:55", macOf(PEER), EthernetView.TYPE_IPV4, request()));
    wire.expectDrops(DropReason.ETH_NOT_MINE, 1);
    wire.send(ethernet(macOf(HOST), macOf(PEER), 0x86dd, request()));
    wire.expectDrops(DropReason.ETH_UNKNOWN_TYPE, 1);
    wire.send(ethernet(macOf(HOST), macOf(PEER), EthernetView.TYPE_VLAN, request()));
    wire.expectDrops(DropReason.ETH_TAGGED, 1);
    wire.expectNothing();
    assertThat(wire.stack.refused()).isEqualTo(3);
    assertThat(wire.stack.accepted()).isZero();
  }
}
