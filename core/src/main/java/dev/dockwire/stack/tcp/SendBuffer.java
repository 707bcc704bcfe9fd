package dev.dockwire.stack.tcp;

import java.nio.ByteBuffer;

/**
 * Octets that the owner has written and the peer has not acknowledged: a ring that starts empty and
 * grows with use up to its limit. When it has become empty it starts over, on memory that the
 * processor still has in its cache.
 */
final class SendBuffer {

  private static final int FIRST_SIZE = 256;
  private static final byte[] NONE = {};

  private int limit;
  private byte[] ring = NONE;
  private int start;
  private int size;

  SendBuffer(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  int limit() {
    return limit;
  }

  /** Octets of memory. */
  int capacity() {
    return ring.length;
  }

  void limit(int octets) {
    limit = octets;
  }

  int room() {
    return Math.max(limit - size, 0);
  }

  /** Takes what there is room for and returns how much that was. */
  int write(byte[] from, int offset, int length) {
    int taken = makeRoom(length);
    int end = start + size & ring.length - 1;
    int first = Math.min(taken, ring.length - end);
    System.arraycopy(from, offset, ring, end, first);
    System.arraycopy(from, offset + first, ring, 0, taken - first);
    size += taken;
    return taken;
  }

  /** Takes what there is room for from a buffer's position on, and returns how much that was. */
  int write(ByteBuffer from) {
    int taken = makeRoom(from.remaining());
    int end = start + size & ring.length - 1;
    int first = Math.min(taken, ring.length - end);
    from.get(ring, end, first);
    from.get(ring, 0, taken - first);
    size += taken;
    return taken;
  }

  /** Sees to memory for so many octets, or as many as the limit allows, which it returns. */
  private int makeRoom(int octets) {
    int taken = Math.min(octets, room());
    if (size + taken > ring.length) {
      grow(size + taken);
    }
    return taken;
  }

  /** Copies octets that begin so far behind the first one. */
  void copy(int from, byte[] to, int offset, int length) {
    int begin = start + from & ring.length - 1;
    int first = Math.min(length, ring.length - begin);
    System.arraycopy(ring, begin, to, offset, first);
    System.arraycopy(ring, 0, to, offset + first, length - first);
  }

  /** Forgets the first octets: they are acknowledged. */
  void drop(int octets) {
    size -= octets;
    start = size == 0 ? 0 : start + octets & ring.length - 1;
  }

  /** Whether it takes memory and is empty. */
  boolean holdsIdleRoom() {
    return ring.length > 0 && size == 0;
  }

  /** Gives its memory back if it is empty. */
  void release() {
    if (size == 0) {
      ring = NONE;
      start = 0;
    }
  }

  private void grow(int needed) {
    int length = Math.max(FIRST_SIZE, ring.length);
    while (length < needed) {
      length *= 2;
    }
    byte[] larger = new byte[length];
    if (size > 0) {
      copy(0, larger, 0, size);
    }
    ring = larger;
    start = 0;
  }
}
