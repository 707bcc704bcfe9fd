package dev.dockwire.fabric;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import dev.dockwire.link.FrameSlot;

/**
 * The Disruptor's ring of frame slots, all in one array; only the fabric's thread publishes.
 *
 * <p>Several slots may be claimed at a time and filled in any order, so they are published
 * together, at the start of the next turn. All of them are filled by then.
 */
final class FrameRing {

  private final RingBuffer<FrameSlot> ring;
  private long claimed = RingBuffer.INITIAL_CURSOR_VALUE;
  private long published = RingBuffer.INITIAL_CURSOR_VALUE;
  private long lastFree = RingBuffer.INITIAL_CURSOR_VALUE;

  FrameRing(FabricShape shape) {
    byte[] slab = new byte[shape.slots() * shape.stride()];
    int[] made = {0};
    ring =
        RingBuffer.createSingleProducer(
            () -> new FrameSlot(slab, made[0]++ * shape.stride(), shape.maxFrameLength()),
            shape.slots(),
            new Reader.NeverWait());
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
    FrameSlot slot = ring.get(claimed);
    slot.claimedAs(claimed);
    return slot;
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
    return ring.get(sequence);
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
