package dev.dockwire.link.tbf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Timers;
import dev.dockwire.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A NIC with a token bucket before its link to another one; 125,000 octets are a megabit. */
class TbfTest {

  private static final long MILLISECOND = 1_000_000;
  private static final int LENGTH = 1_250;

  private final Loop loop = new Loop(new VirtualClock());
  private final Timers timers = new Timers();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Nic sender = new Nic("a", MacAddress.parse("02:00:00:00:00:01"), 1500, fabric);
  private final Nic receiver = new Nic("b", MacAddress.parse("02:00:00:00:00:02"), 1500, fabric);
  private final List<Long> arrivals = new ArrayList<>();

  TbfTest() {
    loop.add(fabric);
    loop.add(timers);
    sender.connect(receiver);
    receiver.handler((_, _, now) -> arrivals.add(now / MILLISECOND));
  }

  private Tbf shape(TbfOptions options) {
    Tbf tbf = new Tbf(sender, 1, options, timers);
    sender.qdisc(tbf);
    return tbf;
  }

  private void send(int frames) {
    for (int i = 0; i < frames; i++) {
      assertThat(sender.transmit(new byte[LENGTH], 0, LENGTH, loop.now())).isTrue();
    }
  }

  private void settle() {
    loop.runUntil(() -> false);
    assertThat(sender.inFlight()).isZero();
  }

  @Test
  void aBurstPassesAtOnceAndTheRestAtTheRate() {
    Tbf tbf = shape(new TbfOptions(125_000, 3 * LENGTH, 100_000, 0, 0));
    send(6);
    assertThat(tbf.heldFrames()).isEqualTo(3);
    assertThat(sender.inFlight()).isEqualTo(6);
    settle();
    assertThat(arrivals).containsExactly(0L, 0L, 0L, 10L, 20L, 30L);
    assertThat(tbf.counters().sentFrames()).isEqualTo(6);
    assertThat(tbf.counters().overLimits()).isPositive();
  }

  @Test
  void tokensGatherInAPauseUpToABurst() {
    shape(new TbfOptions(125_000, 2 * LENGTH, 100_000, 0, 0));
    send(3);
    loop.runUntil(1_000 * MILLISECOND);
    arrivals.clear();
    send(3);
    settle();
    assertThat(arrivals).containsExactly(1_000L, 1_000L, 1_010L);
  }

  @Test
  void thePeakRateSpreadsABurst() {
    shape(new TbfOptions(125_000, 3 * LENGTH, 100_000, 625_000, LENGTH));
    send(5);
    settle();
    // 2 ms a frame while the burst lasts, 10 ms after that.
    assertThat(arrivals).containsExactly(0L, 2L, 4L, 10L, 20L);
  }

  @Test
  void whatFindsNoRoomOrIsLongerThanABurstIsDropped() {
    Tbf tbf = shape(new TbfOptions(125_000, LENGTH, 2 * LENGTH, 0, 0));
    send(5);
    settle();
    assertThat(arrivals).containsExactly(0L, 10L, 20L);
    sender.transmit(new byte[LENGTH + 1], 0, LENGTH + 1, loop.now());
    assertThat(sender.drops().of(DropReason.PORT_QUEUE_FULL)).isEqualTo(3);
    assertThat(tbf.counters().dropped()).isEqualTo(3);
  }

  @Test
  void whatWaitsIsLostWithTheLink() {
    shape(new TbfOptions(125_000, LENGTH, 100_000, 0, 0));
    send(3);
    loop.runUntil(MILLISECOND);
    sender.setUp(false);
    assertThat(sender.drops().of(DropReason.PORT_LINK_DOWN)).isEqualTo(2);
    assertThat(sender.inFlight()).isZero();
    assertThat(timers.armed()).isZero();
  }
}
