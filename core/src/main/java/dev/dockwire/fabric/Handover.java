package dev.dockwire.fabric;

import com.lmax.disruptor.RingBuffer;
import dev.dockwire.link.Nic;

/**
 * A second ring, on which other threads hand frames over to the fabric's thread, which transmits
 * them on the frame ring in its next turn.
 *
 * <p>Why not publish on the frame ring itself: a thread that loses its processor between claiming a
 * slot and publishing it would hold up every frame behind it, and a fast one would take the room
 * that the fabric's own replies need. Here it holds up other threads only, and waits for room.
 */
final class Handover {

  private final RingBuffer<Entry> ring;
  private final Reader reader;
  private final byte[] slab;
  private final int maxFrameLength;

  Handover(FabricShape shape) {
    slab = new byte[shape.slots() * shape.stride()];
    maxFrameLength = shape.maxFrameLength();
    int[] made = {0};
    ring =
        RingBuffer.createMultiProducer(
            () -> new Entry(made[0]++ * shape.stride()), shape.slots(), new Reader.NeverWait());
    reader = new Reader(ring);
  }

  /** The largest number of frames to be put at a time. */
  int maxBatch() {
    return ring.getBufferSize() / 2;
  }

  /**
   * Hands over copies of {@code count} frames of {@code length} bytes that lie one after the other.
   * Waits for room.
   */
  void put(Nic nic, byte[] bytes, int offset, int length, int count) {
    long last = ring.next(count);
    long first = last - count + 1;
    for (int i = 0; i < count; i++) {
      fill(ring.get(first + i), nic, bytes, offset + i * length, length);
    }
    ring.publish(first, last);
  }

  private void fill(Entry entry, Nic nic, byte[] bytes, int offset, int length) {
    entry.length = length;
    if (length <= maxFrameLength) {
      System.arraycopy(bytes, offset, slab, entry.offset, length);
    }
    if (entry.nic != nic) {
      // Only then: the collector's note of a changed reference is a cache line that threads share.
      entry.nic = nic;
    }
  }

  boolean isEmpty() {
    return reader.available() < reader.next();
  }

  /** Transmits up to {@code limit} frames, as long as the fabric has room. */
  int drainTo(Fabric fabric, int limit, long now) {
    long next = reader.next();
    long last = Math.min(reader.available(), next + limit - 1);
    long sequence = next;
    while (sequence <= last) {
      Entry entry = ring.get(sequence);
      if (!fabric.hasRoomFor(entry.nic)) {
        break;
      }
      entry.nic.transmit(slab, entry.offset, entry.length, now);
      reader.position.set(sequence);
      sequence++;
    }
    return (int) (sequence - next);
  }

  /** One frame on its way between threads; a frame too long for any NIC comes without its bytes. */
  private static final class Entry {

    private final int offset;
    private int length;
    private Nic nic;

    Entry(int offset) {
      this.offset = offset;
    }
  }
}
