package dev.dockwire.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Loop;
import dev.dockwire.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FabricTest {

  private static final int SLOTS = 8;
  private static final int BACKLOG = 20;
  private static final FabricShape SMALL = new FabricShape(SLOTS, 1_500, BACKLOG, 0);

  private final List<Integer> arrived = new ArrayList<>();

  /** Two NICs at the ends of one wire; the far one notes the numbers of the frames it receives. */
  private final class Wire {

    final Fabric fabric;
    final Nic near;
    final Nic far;

    Wire(FabricShape shape) {
      this(new Fabric(shape));
    }

    Wire(Fabric fabric) {
      this.fabric = fabric;
      near = new Nic("near", new MacAddress(0xa), 1_500, fabric);
      far = new Nic("far", new MacAddress(0xb), 1_500, fabric);
      near.connect(far);
      far.connect(near);
      far.handler((_, frame, _) -> arrived.add(number(frame)));
    }

    boolean send(int number, long now) {
      FrameSlot slot = near.claim(60);
      fill(slot, number);
      return near.publish(slot, 60, now);
    }

    void settle(long now) {
      while (fabric.doWork(now) > 0) {
        // Until nothing is left.
      }
    }
  }

  private static void fill(FrameSlot slot, int number) {
    NetworkOrder.int32(slot.bytes(), slot.offset() + EthernetView.HEADER_LENGTH, number);
  }

  private static int number(FrameSlot frame) {
    return NetworkOrder.int32(frame.bytes(), frame.offset() + EthernetView.HEADER_LENGTH);
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void framesArriveInTheOrderOfTheirSendingAcrossRingAndBacklog() {
    Wire wire = new Wire(SMALL);
    for (int i = 0; i < SLOTS + BACKLOG; i++) {
      assertThat(wire.send(i, 0)).isTrue();
    }
    assertThat(wire.near.waiting()).isEqualTo(BACKLOG);
    wire.fabric.doWork(0);
    wire.fabric.doWork(0);
    // There is room on the ring again, but others have waited longer.
    wire.send(SLOTS + BACKLOG, 0);
    wire.settle(0);

    assertThat(arrived).isEqualTo(upTo(SLOTS + BACKLOG + 1));
    assertThat(wire.near.waiting()).isZero();
  }

  @Test
  void withoutRoomTheFabricDropsAndNeverWaits() {
    Wire wire = new Wire(SMALL);
    for (int i = 0; i < SLOTS + BACKLOG + 5; i++) {
      assertThat(wire.send(i, 0)).isEqualTo(i < SLOTS + BACKLOG);
    }

    assertThat(wire.near.drops().of(DropReason.PORT_QUEUE_FULL)).isEqualTo(5);
    assertThat(wire.near.inFlight()).isEqualTo(SLOTS + BACKLOG);
    assertThat(wire.fabric.inFlight()).isEqualTo(SLOTS + BACKLOG);
    wire.settle(0);
    assertThat(arrived).isEqualTo(upTo(SLOTS + BACKLOG));
    assertThat(wire.fabric.inFlight()).isZero();
  }

  @Test
  void aFrameWithoutRoomKnowsNothingOfTheOneBefore() {
    Wire wire = new Wire(new FabricShape(1, 1_500, 0, 0));
    wire.send(0, 0);
    FrameSlot first = wire.near.claim(60);
    assertThat(wire.fabric.isScratch(first)).isTrue();
    first.hops(3);
    first.verified(true);
    wire.near.publish(first, 60, 0);

    FrameSlot second = wire.near.claim(60);
    assertThat(second.hops()).isZero();
    assertThat(second.isVerified()).isFalse();
  }

  @Test
  void shapesThatCannotBeAreRefusedAtOnce() {
    for (int slots : new int[] {0, 3, -8, Integer.MIN_VALUE, 1 << 23, 1 << 30}) {
      assertThatThrownBy(() -> new FabricShape(slots, 1_500, 0, 0))
          .as("%d slots", slots)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new FabricShape(SLOTS, 67, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FabricShape(SLOTS, 1_500, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SMALL.withWireNanos(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneNicsBacklogLeavesRoomForAnothers() {
    Fabric fabric = new Fabric(SMALL);
    Wire greedy = new Wire(fabric);
    Wire modest = new Wire(fabric);
    for (int i = 0; i < 1_000; i++) {
      greedy.send(i, 0);
    }

    assertThat(modest.send(-1, 0)).isTrue();
    modest.settle(0);
    assertThat(arrived).contains(-1).hasSize(SLOTS + BACKLOG + 1);
  }

  @Test
  void abandonedSlotsCarryNothing() {
    Wire wire = new Wire(SMALL);
    for (int i = 0; i < 100; i++) {
      wire.near.abandon(wire.near.claim(60));
      wire.fabric.doWork(0);
    }
    for (int i = 0; i < 3 * (SLOTS + BACKLOG); i++) {
      wire.near.abandon(wire.near.claim(60));
    }
    assertThat(wire.near.offered()).isZero();

    wire.settle(0);
    wire.send(0, 0);
    wire.settle(0);
    assertThat(arrived).containsExactly(0);
  }

  @Test
  void severalSlotsMayBeFilledInAnyOrder() {
    Wire wire = new Wire(SMALL);
    FrameSlot first = wire.near.claim(60);
    FrameSlot second = wire.near.claim(60);
    FrameSlot third = wire.near.claim(60);
    fill(third, 2);
    wire.near.publish(third, 60, 0);
    fill(first, 0);
    wire.near.publish(first, 60, 0);
    wire.near.abandon(second);
    wire.settle(0);

    assertThat(arrived).containsExactly(0, 2);
  }

  @Test
  void aSlotThatIsClaimedAndForgottenIsABug() {
    Wire wire = new Wire(SMALL);
    wire.near.claim(60);

    assertThatThrownBy(() -> wire.fabric.doWork(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void repliesGoOutInTheNextTurn() {
    Wire wire = new Wire(SMALL);
    wire.far.handler(
        (nic, frame, now) -> nic.transmit(frame.bytes(), frame.offset(), frame.length(), now));
    List<Integer> replies = new ArrayList<>();
    wire.near.handler((_, frame, _) -> replies.add(number(frame)));
    for (int i = 0; i < SLOTS; i++) {
      wire.send(i, 0);
    }
    wire.settle(0);

    assertThat(replies).isEqualTo(upTo(SLOTS));
  }

  @Test
  void aFrameIsOnTheWireAsLongAsTheWireTakes() {
    Wire wire = new Wire(SMALL.withWireNanos(30_000));
    wire.send(0, 100_000);
    wire.send(1, 110_000);

    assertThat(wire.fabric.nextDeadline()).isEqualTo(130_000);
    wire.settle(129_999);
    assertThat(arrived).isEmpty();
    wire.settle(130_000);
    assertThat(arrived).containsExactly(0);
    assertThat(wire.fabric.nextDeadline()).isEqualTo(140_000);
    wire.settle(140_000);
    assertThat(arrived).containsExactly(0, 1);
    assertThat(wire.fabric.nextDeadline()).isEqualTo(Clock.NEVER);
  }

  @Test
  void inVirtualTimeARoundTripTakesTwoWires() {
    Wire wire = new Wire(SMALL.withWireNanos(30_000));
    List<Long> times = new ArrayList<>();
    wire.far.handler(
        (nic, frame, now) -> {
          times.add(now);
          nic.transmit(frame.bytes(), frame.offset(), frame.length(), now);
        });
    wire.near.handler((_, _, now) -> times.add(now));
    Loop loop = new Loop(new VirtualClock());
    loop.add(wire.fabric);
    wire.send(0, 0);
    loop.runUntil(() -> false);

    assertThat(times).containsExactly(30_000L, 60_000L);
  }

  @Test
  void anObserverSeesEverySettledFrameOnceAndInOrder() {
    Wire wire = new Wire(SMALL);
    List<Integer> seen = new ArrayList<>();
    List<FrameSlot.Fate> fates = new ArrayList<>();
    int[] pauses = {0};
    wire.send(0, 0);
    Observation observation =
        wire.fabric.observe(
            new FrameObserver() {
              @Override
              public void onFrame(FrameSlot frame) {
                seen.add(number(frame));
                fates.add(frame.fate());
              }

              @Override
              public void onPause() {
                pauses[0]++;
              }
            });
    for (int i = 1; i < SLOTS + BACKLOG; i++) {
      wire.send(i, 0);
    }
    wire.near.abandon(wire.near.claim(60));
    wire.settle(0);

    assertThat(seen).isEqualTo(upTo(SLOTS + BACKLOG));
    assertThat(fates).containsOnly(FrameSlot.Fate.DELIVERED);
    assertThat(pauses[0]).isOne();

    observation.close();
    wire.send(99, 0);
    wire.settle(0);
    observation.close();
    assertThat(seen).as("closing twice shows nothing twice").isEqualTo(upTo(SLOTS + BACKLOG));
    assertThat(arrived).contains(99);
  }

  @Test
  void theRingWaitsForAnObserverElsewhereAndCountsWhatFindsNoRoom() {
    Wire wire = new Wire(SMALL);
    List<Integer> seen = new ArrayList<>();
    Observation slow = wire.fabric.observe(numbersInto(seen), new VirtualClock());
    for (int i = 0; i < SLOTS + BACKLOG + 3; i++) {
      wire.send(i, 0);
      wire.fabric.doWork(0);
    }
    assertThat(arrived).isEqualTo(upTo(SLOTS));
    assertThat(wire.near.drops().of(DropReason.PORT_QUEUE_FULL)).isEqualTo(3);

    while (slow.doWork(0) + wire.fabric.doWork(0) > 0) {
      // Both go on.
    }
    assertThat(seen).isEqualTo(upTo(SLOTS + BACKLOG));
    assertThat(arrived).isEqualTo(upTo(SLOTS + BACKLOG));
  }

  @Test
  void anInletTransmitsFromItsNicInTheNextTurn() {
    Wire wire = new Wire(SMALL);
    Inlet inlet = wire.fabric.inlet(wire.near, new VirtualClock());
    byte[] three = new byte[180];
    for (int i = 0; i < 3; i++) {
      NetworkOrder.int32(three, i * 60 + EthernetView.HEADER_LENGTH, i);
    }
    inlet.transmit(three, 0, 60, 3);
    assertThat(wire.near.offered()).isZero();
    assertThat(wire.fabric.nextDeadline()).isZero();

    wire.settle(5);

    assertThat(arrived).containsExactly(0, 1, 2);
    assertThat(wire.near.departed()).isEqualTo(3);
    assertThat(wire.fabric.nextDeadline()).isEqualTo(Clock.NEVER);
  }

  @Test
  void anInletRefusesBytesThatAreNotThereAndStaysUsable() {
    Wire wire = new Wire(SMALL);
    Inlet inlet = wire.fabric.inlet(wire.near, new VirtualClock());

    assertThatThrownBy(() -> inlet.transmit(new byte[100], 50, 60))
        .isInstanceOf(IndexOutOfBoundsException.class);
    inlet.transmit(new byte[60], 0, 60);
    wire.settle(0);
    assertThat(arrived).hasSize(1);
  }

  @Test
  void whatAnInletMayNotSendIsCountedAtItsNic() {
    Wire wire = new Wire(SMALL);
    Inlet inlet = wire.fabric.inlet(wire.near, new VirtualClock());
    inlet.transmit(new byte[70_000], 0, 70_000);
    inlet.transmit(new byte[1_515], 0, 1_515);
    inlet.transmit(new byte[13], 0, 13);
    inlet.transmit(new byte[0], 0, 0);
    wire.settle(0);

    assertThat(wire.near.drops().toMap())
        .containsEntry(DropReason.PORT_OVERSIZE, 2L)
        .containsEntry(DropReason.PORT_RUNT, 2L);
    assertThat(wire.near.offered()).isEqualTo(4);
  }

  private static FrameObserver numbersInto(List<Integer> numbers) {
    return new FrameObserver() {
      @Override
      public void onFrame(FrameSlot frame) {
        numbers.add(number(frame));
      }

      @Override
      public void onPause() {
        // Nothing to write.
      }
    };
  }
}
