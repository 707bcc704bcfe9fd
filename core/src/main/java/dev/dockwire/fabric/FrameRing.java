package dev.dockwire.fabric;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import dev.dockwire.link.FrameSlot;

/**
 * The Disruptor's ring of frame slots, all in one array; only the fabric's thread publishes.
 *
 * <p>Several slots may be claimed at a time and filled in any order, so they are published
 * together, at the start of the next turn: all of them are complete then.
 */
final class FrameRing {

  private final RingBuffer<FrameSlot> ring;
  private long claimed = RingBuffer.INITIAL_CURSOR_VALUE;
  private long published = RingBuffer.INITIAL_CURSOR_VALUE;
  private int incomplete;

  FrameRing(FabricShape shape) {
    byte[] slab = new byte[shape.slots() * shape.stride()];
    int[] made = {0};
    ring =
        RingBuffer.createSingleProducer(
            () -> new FrameSlot(slab, made[0]++ * shape.stride(), shape.maxFrameLength()),
            shape.slots(),
            new Reader.NeverWait());
  }

  boolean hasRoom() {
    return ring.hasAvailableCapacity(1);
  }

  /** Claims the next slot if there is room; negative if there is none. Never waits. */
  long tryClaim() {
    try {
      claimed = ring.tryNext();
    } catch (InsufficientCapacityException _) {
      return -1;
    }
    incomplete++;
    return claimed;
  }

  FrameSlot slot(long sequence) {
    return ring.get(sequence);
  }

  /** A claimed slot is filled. */
  void complete() {
    incomplete--;
  }

  /** Publishes all slots that were claimed and completed since the last time. */
  void publish() {
    if (published != claimed) {
      if (incomplete != 0) {
        throw new IllegalStateException(incomplete + " claimed slots were never published");
      }
      published = claimed;
      ring.publish(claimed);
    }
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
