package dev.dockwire.fabric;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import dev.dockwire.link.FrameSlot;
import java.util.Arrays;

/**
 * The Disruptor's ring of frame slots, all in one array; only the fabric's thread publishes.
 *
 * <p>Several slots may be claimed at a time and filled in any order, so they are published
 * together, at the start of the next turn. All of them are filled by then.
 */
final class FrameRing {

  private final RingBuffer<FrameSlot> ring;
  private final byte[] slab;

  /** The ring's slots once more, as what they are: its own array would need a cast for each. */
  private final FrameSlot[] slots;

  private long claimed = RingBuffer.INITIAL_CURSOR_VALUE;
  private long published = RingBuffer.INITIAL_CURSOR_VALUE;
  private long lastFree = RingBuffer.INITIAL_CURSOR_VALUE;

  FrameRing(FabricShape shape) {
    slab = new byte[shape.slots() * shape.stride()];
    int[] made = {0};
    ring =
        RingBuffer.createSingleProducer(
            () -> new FrameSlot(slab, made[0]++ * shape.stride(), shape.maxFrameLength()),
            shape.slots(),
            new Reader.NeverWait());
    slots = new FrameSlot[shape.slots()];
    Arrays.setAll(slots, i -> ring.get(i));
  }

  /** Whether a slot can be claimed. Never waits. */
  boolean hasRoom() {
    return claimed < lastFree || findRoom();
  }

  private boolean findRoom() {
    // Room once found stays, as nobody else claims.
    lastFree = published + ring.remainingCapacity();
    return claimed < lastFree;
  }

  /** Takes the next slot, when there is {@link #hasRoom room}. */
  FrameSlot claim() {
    claimed++;
    FrameSlot slot = slot(claimed);
    slot.claimed();
    return slot;
  }

  /** Whether the slot is one of the ring's: no other lies in its array. */
  boolean owns(FrameSlot slot) {
    return slot.bytes() == slab;
  }

  /** Publishes all slots that were claimed since the last time. */
  void publish() {
    if (published == claimed) {
      return;
    }
    try {
      published = ring.tryNext((int) (claimed - published));
    } catch (InsufficientCapacityException e) {
      throw new IllegalStateException("slots were claimed without room", e);
    }
    ring.publish(published);
  }

  FrameSlot slot(long sequence) {
    return slots[(int) sequence & slots.length - 1];
  }

  /** The reader that takes all slots first. */
  Reader reader() {
    return new Reader(ring);
  }

  /** A reader of what {@code other} has read. */
  Reader readerAfter(Reader other) {
    return new Reader(ring, other);
  }
}
