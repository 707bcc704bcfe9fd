package dev.dockwire.stack.tcp;

import java.nio.ByteBuffer;

/**
 * Octets that came in and wait to be read, and behind them those that came before their turn: a
 * ring that grows with use up to its limit. Positions count octets from the beginning of the
 * stream. Where segments overlap, what came first stays. When all is read the ring starts over, on
 * memory that the processor still has in its cache.
 */
final class ReceiveBuffer {

  private static final int FIRST_SIZE = 256;
  private static final byte[] NONE = {};

  private final Reassembly pieces = new Reassembly();
  private int limit;
  private byte[] ring = NONE;
  private long read;
  private long next;

  /** The position whose octet lies at the ring's beginning, or would. */
  private long base;

  ReceiveBuffer(int limit) {
    this.limit = limit;
  }

  /** Octets that can be read now. */
  int available() {
    return (int) (next - read);
  }

  /** Octets from the next expected one that there is room for. */
  int window() {
    return limit - available();
  }

  /** The position of the next octet expected. */
  long next() {
    return next;
  }

  /** Octets of memory for data. */
  int capacity() {
    return ring.length;
  }

  /** The position of the octet that is read next. */
  long read() {
    return read;
  }

  int limit() {
    return limit;
  }

  /** May hold more from now on. */
  void limit(int octets) {
    limit = octets;
  }

  boolean hasGap() {
    return pieces.count() != 0;
  }

  /** What came before its turn. */
  Reassembly pieces() {
    return pieces;
  }

  /**
   * Takes octets at a position, trimmed to what is new and has room.
   *
   * @return false if they would be one piece too many
   */
  boolean insert(long position, byte[] bytes, int offset, int length) {
    long from = Math.max(position, next);
    long to = Math.min(position + length, read + limit);
    if (from >= to) {
      return true;
    }
    if (from > next && pieces.isFull(limit)) {
      return false;
    }
    putWhatIsNew(from, to, bytes, offset - position);
    if (from > next) {
      pieces.add(from, to);
      return true;
    }
    next = to;
    while (pieces.count() > 0 && pieces.start(0) <= next) {
      next = Math.max(next, pieces.end(0));
      pieces.removeFirst();
    }
    return true;
  }

  private void putWhatIsNew(long from, long to, byte[] bytes, long shift) {
    long at = from;
    for (int i = pieces.firstBehind(from); i < pieces.count() && pieces.start(i) < to; i++) {
      if (at < pieces.start(i)) {
        put(at, pieces.start(i), bytes, shift);
      }
      at = Math.max(at, pieces.end(i));
    }
    if (at < to) {
      put(at, to, bytes, shift);
    }
  }

  private void put(long from, long to, byte[] bytes, long shift) {
    if (to - read > ring.length) {
      grow((int) (to - read));
    }
    int length = (int) (to - from);
    int begin = indexOf(from);
    int first = Math.min(length, ring.length - begin);
    System.arraycopy(bytes, (int) (from + shift), ring, begin, first);
    System.arraycopy(bytes, (int) (from + shift) + first, ring, 0, length - first);
  }

  private int indexOf(long position) {
    return (int) (position - base) & ring.length - 1;
  }

  /** Gives the reader what is there, and returns how much that was. */
  int read(byte[] to, int offset, int length) {
    int taken = Math.min(length, available());
    if (taken > 0) {
      int begin = indexOf(read);
      int first = Math.min(taken, ring.length - begin);
      System.arraycopy(ring, begin, to, offset, first);
      System.arraycopy(ring, 0, to, offset + first, taken - first);
      hasRead(taken);
    }
    return taken;
  }

  /** Gives the reader what is there and has room, and returns how much that was. */
  int read(ByteBuffer to) {
    int taken = Math.min(to.remaining(), available());
    if (taken > 0) {
      int begin = indexOf(read);
      int first = Math.min(taken, ring.length - begin);
      to.put(ring, begin, first);
      to.put(ring, 0, taken - first);
      hasRead(taken);
    }
    return taken;
  }

  private void hasRead(int octets) {
    read += octets;
    if (read == next && pieces.count() == 0) {
      base = read;
    }
  }

  /** Whether it takes memory and is empty. */
  boolean holdsIdleRoom() {
    return ring.length > 0 && available() == 0 && pieces.count() == 0;
  }

  /** Gives its memory back if it is empty. */
  void release() {
    if (available() == 0 && pieces.count() == 0) {
      ring = NONE;
      pieces.release();
    }
  }

  private void grow(int needed) {
    int length = Math.max(FIRST_SIZE, ring.length);
    while (length < needed) {
      length *= 2;
    }
    byte[] larger = new byte[length];
    for (int i = 0; i < ring.length; i++) {
      larger[(int) (read + i - base) & length - 1] = ring[indexOf(read + i)];
    }
    ring = larger;
  }
}
