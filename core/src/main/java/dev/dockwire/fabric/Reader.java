package dev.dockwire.fabric;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;

/** One consumer's place on a ring. Slots it has not passed are not used again. It never waits. */
final class Reader {

  /** The last slot read. */
  final Sequence position = new Sequence();

  private final RingBuffer<?> ring;
  private final SequenceBarrier barrier;

  /** Reads what is published from now on. */
  Reader(RingBuffer<?> ring) {
    this.ring = ring;
    this.barrier = ring.newBarrier();
    ring.addGatingSequences(position);
  }

  /** Reads what {@code other} has read from now on. */
  Reader(RingBuffer<?> ring, Reader other) {
    this.ring = ring;
    this.barrier = ring.newBarrier(other.position);
    ring.addGatingSequences(position);
    // Adding moves a new reader past all that is published; the other one may not be there yet.
    position.set(other.position.get());
  }

  /** The next slot to read, whether it is published or not. */
  long next() {
    return position.get() + 1;
  }

  /** The last slot that can be read now; less than {@link #next} if there is none. */
  long available() {
    try {
      return barrier.waitFor(next());
    } catch (AlertException | InterruptedException | TimeoutException e) {
      throw new IllegalStateException("a poll of the ring neither waits nor is alerted", e);
    }
  }

  /** Gives up the place: the ring does not wait for this reader any more. */
  void close() {
    ring.removeGatingSequence(position);
  }

  /** Turns a barrier's wait into a poll: says how far the ring is and returns. */
  static final class NeverWait implements WaitStrategy {

    @Override
    public long waitFor(
        long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier) {
      return dependentSequence.get();
    }

    @Override
    public void signalAllWhenBlocking() {
      // Whoever publishes wakes the reading loop by its clock.
    }
  }
}
