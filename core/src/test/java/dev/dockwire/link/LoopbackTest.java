package dev.dockwire.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackTest {

  private final Loopback loopback = new Loopback(0);
  private final Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, loopback);
  private final List<Integer> lengths = new ArrayList<>();

  LoopbackTest() {
    lo.connect(lo);
    lo.handler((_, frame, _) -> lengths.add(frame.length()));
  }

  private boolean transmit(int length) {
    return lo.transmit(new byte[length], 0, length, 0);
  }

  @Test
  void framesComeBackInOrderInTheNextTurn() {
    transmit(60);
    transmit(Loopback.MTU + 14);
    transmit(14);
    assertThat(lengths).isEmpty();
    assertThat(loopback.nextDeadline()).isZero();

    assertThat(loopback.doWork(0)).isEqualTo(3);
    assertThat(lengths).containsExactly(60, Loopback.MTU + 14, 14);
    assertThat(loopback.nextDeadline()).isEqualTo(Clock.NEVER);
    assertThat(lo.counters().rxPackets()).isEqualTo(3);
  }

  @Test
  void inVirtualTimeFramesTakeTheirTime() {
    Loopback slow = new Loopback(10_000);
    Nic nic = new Nic("lo", MacAddress.ZERO, Loopback.MTU, slow);
    nic.connect(nic);
    nic.handler((_, frame, _) -> lengths.add(frame.length()));
    nic.transmit(new byte[60], 0, 60, 500);
    nic.transmit(new byte[61], 0, 61, 700);
    assertThat(slow.nextDeadline()).isEqualTo(10_500);

    assertThat(slow.doWork(10_499)).isZero();
    assertThat(slow.doWork(10_500)).isOne();
    assertThat(slow.nextDeadline()).isEqualTo(10_700);
    assertThat(slow.doWork(11_000)).isOne();
    assertThat(lengths).containsExactly(60, 61);
  }

  @Test
  void repliesWaitForTheNextTurnSoThatATurnEnds() {
    lo.handler((nic, _, now) -> nic.transmit(new byte[60], 0, 60, now));
    transmit(60);

    assertThat(loopback.doWork(0)).isOne();
    assertThat(loopback.doWork(0)).isOne();
  }

  @Test
  void aThousandFramesMayWait() {
    for (int i = 0; i < 1_003; i++) {
      assertThat(transmit(60)).isEqualTo(i < 1_000);
    }

    assertThat(lo.drops().of(DropReason.PORT_QUEUE_FULL)).isEqualTo(3);
    assertThat(lo.inFlight()).isEqualTo(1_000);
    loopback.doWork(0);
    assertThat(lengths).hasSize(1_000);
  }

  @Test
  void oneHostsFloodLeavesRoomForAnothers() {
    Nic other = new Nic("lo", MacAddress.ZERO, Loopback.MTU, loopback);
    other.connect(other);
    for (int i = 0; i < 1_003; i++) {
      transmit(60);
    }

    assertThat(other.transmit(new byte[60], 0, 60, 0)).isTrue();
    loopback.doWork(0);
    assertThat(other.counters().rxPackets()).isOne();
    assertThat(lo.waiting()).isZero();
  }

  @Test
  void runtsAndOversizeFramesAreCounted() {
    transmit(13);
    transmit(Loopback.MTU + 15);
    transmit(200_000);

    assertThat(lo.drops().of(DropReason.PORT_RUNT)).isOne();
    assertThat(lo.drops().of(DropReason.PORT_OVERSIZE)).isEqualTo(2);
    loopback.doWork(0);
    assertThat(lengths).isEmpty();
  }
}
