package dev.dockwire.bridge;

import static dev.dockwire.bridge.Lan.A;
import static dev.dockwire.bridge.Lan.B;
import static dev.dockwire.bridge.Lan.BROADCAST;
import static dev.dockwire.bridge.Lan.C;
import static dev.dockwire.bridge.Lan.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.link.Nic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IEEE 802.1D-2004 and 802.1Q, row by row of the conformance table: B1 to B9. */
class BridgeTest {

  private final Lan lan = new Lan();
  private final Lan.Station a = lan.station(A);
  private final Lan.Station b = lan.station(B);
  private final Lan.Station c = lan.station(C);

  // B1: ageing

  @Test
  void b1AnAddressIsRememberedFor300Seconds() {
    b.sendTo(BROADCAST);
    c.hears();
    lan.at(299);
    a.sendTo(B);
    assertThat(c.hears()).isZero();

    lan.at(301);
    a.sendTo(B);
    assertThat(b.hears()).isEqualTo(2);
    assertThat(c.hears()).isOne();
  }

  @Test
  void b1AgeingIsSettableFrom10SecondsTo1000000() {
    lan.bridge.ageing(TimeUnit.SECONDS.toNanos(10));
    b.sendTo(BROADCAST);
    c.hears();
    lan.at(8.5);
    a.sendTo(B);
    assertThat(c.hears()).isZero();
    lan.at(12);
    a.sendTo(B);
    assertThat(c.hears()).isOne();

    lan.bridge.ageing(TimeUnit.SECONDS.toNanos(1_000_000));
    b.sendTo(BROADCAST);
    c.hears();
    lan.at(900_000);
    a.sendTo(B);
    assertThat(c.hears()).isZero();

    assertThatThrownBy(() -> lan.bridge.ageing(TimeUnit.SECONDS.toNanos(10) - 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lan.bridge.ageing(TimeUnit.SECONDS.toNanos(1_000_000) + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // B2: moves

  @Test
  void b2AnAddressThatMovesIsReachedAtItsNewPortAtOnce() {
    b.sendTo(BROADCAST);
    c.send(BROADCAST, B);
    b.hears();
    c.hears();

    a.sendTo(B);

    assertThat(c.hears()).isOne();
    assertThat(b.hears()).isZero();
    assertThat(lan.bridge.moves()).isOne();
  }

  @Test
  void b2FlappingIsCountedAndReportedAtMostOnceASecond() {
    List<MacAddress> reports = new ArrayList<>();
    lan.bridge.onFlap((mac, _) -> reports.add(mac));
    for (int i = 0; i < 500; i++) {
      (i % 2 == 0 ? b : c).send(BROADCAST, 0x02_0000_0000_99L);
    }
    assertThat(reports).containsExactly(new MacAddress(0x02_0000_0000_99L));
    assertThat(lan.bridge.flaps()).isEqualTo(499 - 10);

    lan.at(2.5);
    for (int i = 0; i < 500; i++) {
      (i % 2 == 0 ? b : c).send(BROADCAST, 0x02_0000_0000_99L);
    }
    assertThat(reports).hasSize(2);
  }

  // B3: table size

  @Test
  void b3AFloodOfSourcesOnOnePortCannotPushOutAQuietPortsAddress() {
    b.sendTo(BROADCAST);
    for (int i = 0; i < 20_000; i++) {
      a.send(A, 0x0600_0000_0000L + i);
    }
    b.hears();
    c.hears();

    a.sendTo(B);

    assertThat(b.hears()).isOne();
    assertThat(c.hears()).isZero();
    assertThat(lan.bridge.entries(0)).hasSize(8_192);
    assertThat(lan.bridge.evictions()).isEqualTo(20_000 + 2 - 8_192);
  }

  // B4: where frames go

  @ParameterizedTest
  @ValueSource(longs = {B, 0xffff_ffff_ffffL, 0x0100_5e00_00fbL, 0})
  void b4UnknownAndGroupAddressesGoToAllPortsButTheOneTheyCameFrom(long destination) {
    a.sendTo(destination);

    assertThat(a.hears()).isZero();
    assertThat(b.hears()).isOne();
    assertThat(c.hears()).isOne();
    assertThat(a.port.flooded()).isOne();
  }

  @Test
  void b4AKnownAddressGoesToItsPortOnly() {
    b.sendTo(BROADCAST);
    c.hears();

    a.sendTo(B);

    assertThat(b.hears()).isOne();
    assertThat(c.hears()).isZero();
    assertThat(a.port.forwarded()).isOne();
    assertThat(b.port.delivered()).isOne();
  }

  @Test
  void b4AFrameForItsOwnPortIsDropped() {
    a.send(BROADCAST, 0x0a);
    b.hears();
    c.hears();

    a.sendTo(0x0a);

    assertThat(b.hears() + c.hears() + a.hears()).isZero();
    assertThat(a.port.drops().of(DropReason.BRIDGE_SAME_PORT)).isOne();
  }

  // B5: reserved addresses

  @Test
  void b5TheSixteenReservedAddressesAreNotForwarded() {
    for (long last = 0; last < 16; last++) {
      a.sendTo(0x0180_c200_0000L + last);
    }
    assertThat(b.hears()).isZero();
    assertThat(a.port.drops().of(DropReason.PORT_RESERVED_MAC)).isEqualTo(16);

    a.sendTo(0x0180_c200_0010L);
    a.sendTo(0x0180_c200_0021L);
    assertThat(b.hears()).isEqualTo(2);
  }

  @Test
  void b5OneReservedAddressMayBeForwardedOnRequest() {
    lan.bridge.forwardReserved(0xe);

    a.sendTo(0x0180_c200_000eL);
    a.sendTo(0x0180_c200_000dL);

    assertThat(b.hears()).isOne();
  }

  // B6: sources

  @Test
  void b6ImpossibleSourcesAreDroppedAndNotLearnt() {
    a.send(BROADCAST, 0x0100_5e00_0001L);
    a.send(B, BROADCAST);
    a.send(BROADCAST, 0);
    a.send(A, A);

    assertThat(b.hears()).isZero();
    assertThat(a.port.drops().of(DropReason.PORT_SRC_GROUP)).isEqualTo(2);
    assertThat(a.port.drops().of(DropReason.PORT_SRC_ZERO)).isOne();
    assertThat(a.port.drops().of(DropReason.PORT_SRC_IS_DST)).isOne();
    assertThat(lan.bridge.entries(0)).isEmpty();
  }

  @Test
  void b6TheBridgesOwnAddressIsNotLearntElsewhere() {
    Nic own = new Nic("br0", new MacAddress(0x0242_0000_0001L), 1_500, lan.fabric);
    lan.bridge.attachOwn(own);

    a.send(BROADCAST, 0x0242_0000_0001L);
    b.sendTo(0x0242_0000_0001L);
    lan.at(1_000);
    b.sendTo(0x0242_0000_0001L);

    assertThat(own.counters().rxPackets()).isEqualTo(3);
    assertThat(a.hears()).isZero();
    assertThat(lan.bridge.moves()).isZero();
    assertThat(lan.bridge.entries(lan.loop.now()))
        .first()
        .satisfies(entry -> assertThat(entry.own()).isFalse());
  }

  @Test
  void b6AForeignSourceIsDroppedWhereOnlyOneIsAllowed() {
    a.port.allowOnlySource(A);

    a.send(BROADCAST, C);
    a.sendTo(BROADCAST);

    assertThat(b.hears()).isOne();
    assertThat(a.port.drops().of(DropReason.PORT_SPOOF)).isOne();
  }

  // B7: lengths and tags

  @Test
  void b7FourteenBytesAreCarriedAsTheyAreAndThirteenRefused() {
    a.transmit(frame(B, A, 14));
    assertThat(b.heard).singleElement().isEqualTo(frame(B, A, 14));

    a.transmit(frame(B, A, 13));
    a.transmit(frame(B, A, 1));
    a.transmit(frame(B, A, 0));
    assertThat(b.hears()).isOne();
    assertThat(a.nic.drops().of(DropReason.PORT_RUNT)).isEqualTo(3);
  }

  @Test
  void b7TheLengthOrTypeFieldIsNotLookedAt() {
    for (int typeOrLength : new int[] {0, 1, 46, 1_500, 1_501, 0x8808, 0xffff}) {
      byte[] frame = frame(B, A, 60);
      NetworkOrder.short16(frame, 12, typeOrLength);
      a.transmit(frame);
      assertThat(b.heard).last().isEqualTo(frame);
    }
    assertThat(b.hears()).isEqualTo(7);
  }

  @Test
  void b7TheLimitIsTheMtuAndTheHeaderAndATagOnTop() {
    a.transmit(frame(B, A, 1_514));
    a.transmit(tagged(frame(B, A, 1_518)));
    assertThat(b.hears()).isEqualTo(2);

    a.transmit(frame(B, A, 1_515));
    a.transmit(frame(B, A, 1_518));
    a.transmit(tagged(frame(B, A, 1_519)));
    a.transmit(tagged(frame(B, A, 65_536)));
    assertThat(b.hears()).isZero();
    assertThat(a.nic.drops().of(DropReason.PORT_OVERSIZE)).isEqualTo(4);
  }

  @Test
  void b7TagsAreCarriedUntouchedHoweverMany() {
    byte[] frame = frame(B, A, 100);
    for (int tag = 0; tag < 10; tag++) {
      NetworkOrder.short16(frame, 12 + 4 * tag, 0x8100);
    }
    a.transmit(frame);
    a.transmit(tagged(frame(B, A, 15)));

    assertThat(b.heard).containsExactly(frame, tagged(frame(B, A, 15)));
  }

  private static byte[] tagged(byte[] frame) {
    NetworkOrder.short16(frame, 12, 0x8100);
    return frame;
  }

  // B8: order

  @Test
  void b8FramesArriveOnceEachAndInTheirOrder() {
    b.sendTo(BROADCAST);
    c.hears();
    for (int i = 0; i < 2_000; i++) {
      byte[] frame = frame(i % 3 == 0 ? BROADCAST : B, A, 60);
      NetworkOrder.int32(frame, 14, i);
      a.nic.transmit(frame, 0, frame.length, 0);
    }
    lan.settle();

    assertThat(a.nic.drops().total()).isEqualTo(2_000 - 512 - 1_000);
    assertThat(b.heard.stream().map(frame -> NetworkOrder.int32(frame, 14)).toList())
        .hasSize(1_512)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  // B9: loops

  @Test
  void b9AWireThatWouldCloseALoopIsRefused() {
    Bridge second = new Bridge("br1");
    Bridge third = new Bridge("br2");
    wire(lan.bridge, second, false);
    wire(second, third, false);

    assertThatThrownBy(() -> wire(third, lan.bridge, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("br2")
        .hasMessageContaining("loop");
    assertThatThrownBy(() -> wire(third, third, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(third.portCount()).isOne();
  }

  @Test
  void b9FramesCrossTheWireBetweenBridges() {
    Bridge second = new Bridge("br1");
    wire(lan.bridge, second, false);
    Lan.Station far = lan.station(0x0d, second);

    a.sendTo(0x0d);
    far.sendTo(A);
    a.sendTo(0x0d);

    assertThat(far.hears()).isEqualTo(2);
    assertThat(a.hears()).isOne();
    assertThat(c.hears()).isOne();
  }

  @Test
  void b9AfterTheWireIsGoneItMayBeLaidAgain() {
    Bridge second = new Bridge("br1");
    wire(lan.bridge, second, false);
    Lan.Station far = lan.station(0x0d, second);
    a.sendTo(0x0d);
    lan.bridge.ports().getLast().detach();

    assertThat(second.portCount()).isOne();
    a.sendTo(0x0d);
    far.sendTo(A);
    assertThat(far.hears()).isOne();

    wire(second, lan.bridge, false);
    a.sendTo(0x0d);
    assertThat(far.hears()).isOne();
  }

  @Test
  void b9InAnAllowedLoopAStormIsBounded() {
    Bridge second = new Bridge("br1");
    List<Nic> ends = new ArrayList<>();
    ends.addAll(wire(lan.bridge, second, true));
    ends.addAll(wire(lan.bridge, second, true));

    for (int i = 0; i < 100; i++) {
      a.sendTo(BROADCAST);
    }

    // 100 frames, each round the loop both ways until 16 wires are behind it.
    assertThat(b.hears()).isEqualTo(100 * (1 + 16));
    assertThat(ends).allSatisfy(end -> assertThat(end.inFlight()).isZero());
    assertThat(ends.stream().mapToLong(end -> end.drops().of(DropReason.PORT_STORM_DROP)).sum())
        .isEqualTo(200);
  }

  @Test
  void b9FloodedFramesHaveABudgetOf10000ASecondOnAWireBetweenBridges() {
    Bridge second = new Bridge("br1");
    Nic end = wire(lan.bridge, second, false).getFirst();
    lan.station(B, second).sendTo(BROADCAST);
    for (int i = 0; i < 12_000; i++) {
      a.sendTo(BROADCAST);
    }
    assertThat(end.drops().of(DropReason.PORT_STORM_DROP)).isEqualTo(2_000);

    a.sendTo(B);
    assertThat(end.drops().of(DropReason.PORT_STORM_DROP)).isEqualTo(2_000);
    lan.at(1);
    a.sendTo(BROADCAST);
    assertThat(end.departed()).isEqualTo(10_002);
  }

  private List<Nic> wire(Bridge one, Bridge other, boolean allowLoop) {
    Nic here = lan.nic("to-" + other);
    Nic there = lan.nic("to-" + one);
    Bridge.join(here, one, there, other, allowLoop);
    return List.of(here, there);
  }

  // Coming and going of ports

  @Test
  void aPortThatIsRemovedIsForgottenAndItsNumberGivenAgain() {
    b.sendTo(BROADCAST);
    c.hears();
    b.port.detach();
    b.port.detach();

    a.sendTo(B);
    b.sendTo(A);

    assertThat(c.hears()).isOne();
    assertThat(b.hears()).isZero();
    assertThat(b.nic.drops().of(DropReason.PORT_LINK_DOWN)).isOne();
    assertThat(lan.bridge.ports()).containsExactly(a.port, c.port);
    assertThat(lan.station(B).port.number()).isEqualTo(b.port.number());
  }

  @Test
  void framesOnTheWireOfARemovedPortAreCounted() {
    byte[] frame = frame(BROADCAST, A, 60);
    a.nic.transmit(frame, 0, frame.length, 0);
    a.port.detach();
    lan.settle();

    assertThat(a.nic.drops().of(DropReason.PORT_LINK_DOWN)).isOne();
    assertThat(a.nic.inFlight()).isZero();
    assertThat(b.hears()).isZero();
  }

  @Test
  void theAccountOfEveryPortIsExact() {
    a.sendTo(B);
    b.sendTo(A);
    a.sendTo(B);
    a.send(BROADCAST, 0);

    for (BridgePort port : lan.bridge.ports()) {
      assertThat(port.received())
          .isEqualTo(port.forwarded() + port.flooded() + port.drops().total());
    }
    assertThat(a.port.received()).isEqualTo(3);
    assertThat(b.port.delivered()).isEqualTo(2);
  }

  @Test
  void aFilterIsAskedAboutFramesBetweenTwoPortsAndCountsWhatItKeeps() {
    b.sendTo(BROADCAST);
    c.sendTo(BROADCAST);
    a.hears();
    b.hears();
    c.hears();
    lan.bridge.filter((bytes, offset, length) -> false);
    a.sendTo(B);
    assertThat(b.hears()).isZero();
    assertThat(a.port.drops().of(DropReason.BRIDGE_FILTERED)).isOne();

    a.sendTo(BROADCAST);
    assertThat(b.hears() + c.hears()).isZero();
    assertThat(a.port.received()).isEqualTo(a.port.flooded() + a.port.drops().total());
  }
}
