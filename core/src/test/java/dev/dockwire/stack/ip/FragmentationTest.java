package dev.dockwire.stack.ip;

import static dev.dockwire.stack.Frames.address;
import static dev.dockwire.stack.Frames.echoRequest;
import static dev.dockwire.stack.Frames.fragment;
import static dev.dockwire.stack.Frames.packet;
import static dev.dockwire.stack.Frames.withOptions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.Wire.Segment;
import dev.dockwire.stack.socket.PingSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fragmentation on sending and forwarding (RFC 791, section 3.2), and row I8: identification. */
class FragmentationTest {

  private static final String PEER = "10.0.0.2";

  private final Wire wire = new Wire("10.0.0.1/24");
  private final PingSocket ping = PingSocket.open(wire.stack, 7);

  private static boolean dontFragment(byte[] frame) {
    return (frame[14 + 6] & 0x40) != 0;
  }

  private static int identification(byte[] frame) {
    return NetworkOrder.short16(frame, 14 + 4);
  }

  @Test
  void whatFitsIsWholeAndMayNotBeFragmentedOnItsWay() {
    wire.know(PEER, wire.eth0);
    ping.sendEcho(address(PEER), 1, 64, new byte[1472], 1472, wire.now());
    byte[] frame = wire.expect("10.0.0.1 > 10.0.0.2 echo request id 7 seq 1 length 1472");
    assertThat(dontFragment(frame)).isTrue();
    assertThat(identification(frame)).isZero();
  }

  @Test
  void whatIsTooBigGoesInFragments() {
    wire.know(PEER, wire.eth0);
    ping.sendEcho(address(PEER), 1, 64, new byte[3000], 3000, wire.now());
    byte[] first = wire.expect("10.0.0.1 > 10.0.0.2 frag 1480@0+");
    byte[] second = wire.expect("10.0.0.1 > 10.0.0.2 frag 1480@1480+");
    byte[] third = wire.expect("10.0.0.1 > 10.0.0.2 frag 48@2960");
    assertThat(dontFragment(first)).isFalse();
    assertThat(Set.of(identification(first))).contains(identification(second));
    assertThat(identification(third)).isEqualTo(identification(first));
    wire.expectNothing();
  }

  @Test
  void tooBigForAnyPacketIsRefused() {
    byte[] payload = new byte[65_508];
    assertThat(ping.sendEcho(address(PEER), 1, 64, payload, 65_508, 0))
        .isEqualTo(SendResult.MESSAGE_TOO_LONG);
    assertThat(ping.sendEcho(address(PEER), 1, 64, payload, 65_507, 0)).isEqualTo(SendResult.SENT);
    wire.expect("who-has 10.0.0.2 tell 10.0.0.1 [ff:ff:ff:ff:ff:ff]");
    assertThat(wire.stack.neighbours().waiting()).isEqualTo(45);
  }

  @Test
  void i8IdentificationsCountForEachDestinationByItself() {
    wire.know(PEER, wire.eth0);
    wire.know("10.0.0.3", wire.eth0);
    Set<Integer> ofPeer = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      wire.sendPacket(packet(PEER, "10.0.0.1", 1, echoRequest(8)));
      ofPeer.add(identification(wire.next()));
    }
    assertThat(ofPeer).as("no repetition").hasSize(100);
    wire.sendPacket(packet("10.0.0.3", "10.0.0.1", 1, echoRequest(8)));
    int other = identification(wire.next());
    wire.sendPacket(packet(PEER, "10.0.0.1", 1, echoRequest(8)));
    int next = identification(wire.next());
    assertThat(ofPeer).doesNotContain(other).doesNotContain(next);
    assertThat(ofPeer).as("the other destination did not use one up").contains(next - 1 & 0xffff);
  }

  @Test
  void aRouterFragmentsForASmallerLink() {
    Segment small = wire.addSegment("eth1", "10.1.0.1/24", 576);
    wire.stack.forwarding(true);
    wire.know("10.1.0.2", small.via());
    wire.sendPacket(packet(PEER, "10.1.0.2", 17, new byte[1200]));
    byte[] first = small.expect("10.0.0.2 > 10.1.0.2 frag 552@0+");
    assertThat(first[14 + 8]).as("TTL").isEqualTo((byte) 63);
    assertThat(identification(first)).isEqualTo(0x1234);
    small.expect("10.0.0.2 > 10.1.0.2 frag 552@552+");
    small.expect("10.0.0.2 > 10.1.0.2 frag 96@1104");
    small.expectNothing();
  }

  @Test
  void aFragmentOfAFragmentKeepsItsPlaceAndWhetherMoreFollow() {
    Segment small = wire.addSegment("eth1", "10.1.0.1/24", 576);
    wire.stack.forwarding(true);
    wire.know("10.1.0.2", small.via());
    wire.sendPacket(fragment(PEER, "10.1.0.2", 9, 17, 2960, true, new byte[800]));
    small.expect("10.0.0.2 > 10.1.0.2 frag 552@2960+");
    small.expect("10.0.0.2 > 10.1.0.2 frag 248@3512+");
  }

  @Test
  void onlyOptionsMarkedSoAreInEveryFragment() {
    Segment small = wire.addSegment("eth1", "10.1.0.1/24", 576);
    wire.stack.forwarding(true);
    wire.know("10.1.0.2", small.via());
    byte[] big = packet(PEER, "10.1.0.2", 17, new byte[1000]);
    wire.sendPacket(withOptions(big, 7, 7, 4, 0, 0, 0, 0, 148, 4, 0, 0));
    byte[] first = small.expect("10.0.0.2 > 10.1.0.2 frag 544@0+");
    byte[] second = small.expect("10.0.0.2 > 10.1.0.2 frag 456@544");
    assertThat(first[14] & 0xf).as("IHL").isEqualTo(8);
    assertThat(NetworkOrder.int32(first, 14 + 23)).as("recorded").isEqualTo(address("10.1.0.1"));
    assertThat(second[14] & 0xf).as("IHL").isEqualTo(6);
    assertThat(NetworkOrder.int32(second, 14 + 20)).isEqualTo(148 << 24 | 4 << 16);
  }
}
