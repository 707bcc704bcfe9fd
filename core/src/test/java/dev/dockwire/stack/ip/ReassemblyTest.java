package dev.dockwire.stack.ip;

import static dev.dockwire.stack.Frames.echoRequest;
import static dev.dockwire.stack.Frames.fragment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.Wire;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows I5 to I7 of the conformance table. */
class ReassemblyTest {

  private static final String HOST = "10.0.0.1";
  private static final String PEER = "10.0.0.2";
  private static final byte[] MESSAGE = echoRequest(56);
  private static final String REPLY = "10.0.0.1 > 10.0.0.2 echo reply id 7 seq 1 length 56";

  private final Wire wire = new Wire("10.0.0.1/24");

  @BeforeEach
  void knowThePeer() {
    wire.know(PEER, wire.eth0);
  }

  private void send(int id, int from, int to) {
    send(id, from, to, to < MESSAGE.length);
  }

  private void send(int id, int from, int to, boolean more) {
    byte[] piece = Arrays.copyOfRange(MESSAGE, from, to);
    wire.sendPacket(fragment(PEER, HOST, id, 1, from, more, piece));
  }

  @Test
  void fragmentsInAnyOrderMakeThePacket() {
    int[][] orders = {{0, 24, 48}, {48, 24, 0}, {24, 48, 0}, {48, 0, 24}};
    for (int id = 0; id < orders.length; id++) {
      for (int from : orders[id]) {
        wire.expectNothing();
        send(id, from, Math.min(from + 24, MESSAGE.length));
      }
      wire.expect(REPLY);
    }
    assertThat(wire.stack.ip().reassemblyBytes()).isZero();
    assertThat(wire.stack.refused()).isZero();
  }

  @Test
  void allEightOctetFragmentsAreFine() {
    for (int from = MESSAGE.length - 8; from >= 0; from -= 8) {
      send(1, from, from + 8);
    }
    wire.expect(REPLY);
  }

  @Test
  void interleavedPacketsAreKeptApart() {
    send(1, 0, 32);
    send(2, 32, 64);
    wire.expectNothing();
    send(1, 32, 64);
    wire.expect(REPLY);
    send(2, 0, 32);
    wire.expect(REPLY);
  }

  @Test
  void i7AnExactDuplicateIsFine() {
    for (int i = 0; i < 1_000; i++) {
      send(1, 0, 24);
    }
    send(1, 24, 48);
    send(1, 48, 64);
    wire.expect(REPLY);
    assertThat(wire.stack.refused()).isZero();
  }

  @Test
  void i7AnyOtherOverlapKillsThePacket() {
    int[][] overlaps = {{8, 32}, {16, 40}, {24, 32}, {32, 48}, {16, 56}};
    int id = 0;
    for (int[] overlap : overlaps) {
      id++;
      send(id, 24, 48);
      send(id, overlap[0], overlap[1], true);
      wire.expectDrops(DropReason.IP_FRAG_OVERLAP, id);
      send(id, 0, 24);
      send(id, 48, 64);
      wire.expectNothing();
    }
    assertThat(wire.stack.ip().reassemblyPackets()).as("begun anew").isEqualTo(overlaps.length);
  }

  @Test
  void i7TwoEndsOrLengthsThatCannotBeKillThePacket() {
    send(1, 48, 64, false);
    send(1, 24, 40, false);
    wire.expectDrops(DropReason.IP_FRAG_SIZE, 1);
    send(2, 48, 64, false);
    wire.sendPacket(fragment(PEER, HOST, 2, 1, 64, true, new byte[8]));
    wire.expectDrops(DropReason.IP_FRAG_SIZE, 2);
    send(3, 0, 24);
    send(3, 24, 31, true);
    wire.expectDrops(DropReason.IP_FRAG_SIZE, 3);
    send(4, 0, 24);
    wire.sendPacket(fragment(PEER, HOST, 4, 1, 65_528, false, new byte[8]));
    wire.expectDrops(DropReason.IP_FRAG_SIZE, 4);
    send(5, 0, 24);
    wire.sendPacket(fragment(PEER, HOST, 5, 1, 24, false, new byte[0]));
    wire.expectDrops(DropReason.IP_FRAG_SIZE, 5);
    assertThat(wire.stack.ip().reassemblyPackets()).isZero();
    assertThat(wire.stack.ip().reassemblyBytes()).isZero();
    wire.expectNothing();
  }

  @Test
  void i5AfterThirtySecondsTheSenderIsToldIfTheFirstFragmentCame() {
    send(1, 0, 24);
    wire.at(1_000);
    send(1, 24, 48);
    wire.at(29_999);
    wire.expectNothing();
    wire.at(30_000);
    byte[] error = wire.expect("10.0.0.1 > 10.0.0.2 time exceeded 1");
    assertThat(error).as("quotes the first fragment").hasSize(14 + 20 + 8 + 20 + 24);
    wire.expectDrops(DropReason.IP_FRAG_TIMEOUT, 1);
    send(1, 48, 64);
    wire.expectNothing();
  }

  @Test
  void i5WithoutTheFirstFragmentNobodyIsTold() {
    send(1, 24, 48);
    wire.at(60_000);
    wire.expectNothing();
    wire.expectDrops(DropReason.IP_FRAG_TIMEOUT, 1);
    assertThat(wire.timers.armed()).isZero();
  }

  @Test
  void i6SixtyFourPacketsPerSourceTheOldestGivesWay() {
    for (int id = 0; id < 65; id++) {
      send(id, 0, 24);
    }
    wire.expectDrops(DropReason.IP_FRAG_MEM, 1);
    send(1, 24, 64);
    wire.expect(REPLY);
    send(0, 24, 64);
    wire.expectNothing();
  }

  @Test
  void i6TwoHundredAndFiftySixPacketsAndFourMegabytesPerHost() {
    for (int source = 2; source < 252; source++) {
      for (int id = 0; id < 4; id++) {
        byte[] last = fragment("10.0.0." + source, HOST, id, 1, 60_000, false, new byte[8]);
        wire.sendPacket(last);
        assertThat(wire.stack.ip().reassemblyBytes()).isLessThanOrEqualTo(4 << 20);
      }
    }
    assertThat(wire.stack.ip().reassemblyPackets()).isBetween(60, 70);
    for (int source = 2; source < 252; source++) {
      for (int id = 10; id < 14; id++) {
        wire.sendPacket(fragment("10.0.0." + source, HOST, id, 1, 8, true, new byte[8]));
      }
    }
    assertThat(wire.stack.ip().reassemblyPackets()).isEqualTo(256);
  }
}
