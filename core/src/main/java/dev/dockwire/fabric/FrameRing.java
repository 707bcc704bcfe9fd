package dev.dockwire.fabric;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import dev.dockwire.link.FrameSlot;

/**
 * The Disruptor's ring of frame slots, all in one array. Any thread may publish; consumers poll and
 * never wait here.
 */
final class FrameRing {

  private final RingBuffer<FrameSlot> ring;

  FrameRing(FabricShape shape) {
    byte[] slab = new byte[shape.slots() * shape.stride()];
    int[] made = {0};
    ring =
        RingBuffer.createMultiProducer(
            () -> new FrameSlot(slab, made[0]++ * shape.stride(), shape.maxFrameLength()),
            shape.slots(),
            new NeverWait());
  }

  /** Claims the next slot if there is room; negative if there is none. Never waits. */
  long tryClaim() {
    if (!ring.hasAvailableCapacity(1)) {
      return -1;
    }
    try {
      return ring.tryNext();
    } catch (InsufficientCapacityException _) {
      return -1;
    }
  }

  /** Claims {@code count} slots, waiting for room; returns the last one's sequence. */
  long claim(int count) {
    return ring.next(count);
  }

  FrameSlot slot(long sequence) {
    return ring.get(sequence);
  }

  void publish(long sequence) {
    ring.publish(sequence);
  }

  void publish(long first, long last) {
    ring.publish(first, last);
  }

  /** How many slots are free, in a moment when nobody publishes. */
  long remainingCapacity() {
    return ring.remainingCapacity();
  }

  int size() {
    return ring.getBufferSize();
  }

  /** A reader of all slots that have been published and that {@code after} have already read. */
  Reader reader(Sequence... after) {
    Reader reader = new Reader(ring.newBarrier(after));
    reader.position.set(after.length == 0 ? ring.getCursor() : after[0].get());
    ring.addGatingSequences(reader.position);
    return reader;
  }

  void remove(Reader reader) {
    ring.removeGatingSequence(reader.position);
  }

  /** One consumer's place on the ring. Slots it has not passed are not reused. */
  static final class Reader {

    final Sequence position = new Sequence();
    private final SequenceBarrier barrier;

    Reader(SequenceBarrier barrier) {
      this.barrier = barrier;
    }

    /** The last slot that can be read now; less than the next one's sequence if there is none. */
    long available() {
      try {
        return barrier.waitFor(position.get() + 1);
      } catch (AlertException | InterruptedException | TimeoutException e) {
        throw new IllegalStateException("a poll of the ring neither waits nor is alerted", e);
      }
    }
  }

  /** Turns a barrier's wait into a poll: says how far the ring is and returns. */
  private static final class NeverWait implements WaitStrategy {

    @Override
    public long waitFor(
        long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier) {
      return dependentSequence.get();
    }

    @Override
    public void signalAllWhenBlocking() {
      // Inlets wake the loop themselves; the fabric's own thread needs no waking.
    }
  }
}
