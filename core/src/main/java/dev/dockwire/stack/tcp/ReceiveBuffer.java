package dev.dockwire.stack.tcp;

/**
 * Octets that came in and wait to be read, and behind them those that came before their turn: a
 * ring that grows with use up to its limit. Positions count octets from the beginning of the
 * stream. Where segments overlap, what came first stays.
 */
final class ReceiveBuffer {

  /** Pieces that may lie apart behind the first gap. */
  private static final int MAX_PIECES = 64;

  private static final int FIRST_SIZE = 256;
  private static final byte[] NONE = {};
  private static final long[] NO_PIECES = {};

  private final int limit;
  private byte[] ring = NONE;
  private long read;
  private long next;
  private long[] pieces = NO_PIECES;
  private int pieceCount;

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

  boolean hasGap() {
    return pieceCount != 0;
  }

  /** Index of the piece behind a gap that holds this position; -1 if none does. */
  int pieceAt(long position) {
    for (int i = 0; i < pieceCount; i++) {
      if (pieces[2 * i] <= position && position < pieces[2 * i + 1]) {
        return i;
      }
    }
    return -1;
  }

  long pieceStart(int index) {
    return pieces[2 * index];
  }

  long pieceEnd(int index) {
    return pieces[2 * index + 1];
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
    if (from > next && pieceCount == MAX_PIECES) {
      return false;
    }
    long shift = offset - position;
    long at = from;
    for (int i = 0; i < pieceCount && pieces[2 * i] < to; i++) {
      if (at < pieces[2 * i]) {
        put(at, pieces[2 * i], bytes, shift);
      }
      at = Math.max(at, pieces[2 * i + 1]);
    }
    if (at < to) {
      put(at, to, bytes, shift);
    }
    if (pieceCount == 0 && from == next) {
      next = to;
    } else {
      join(from, to);
    }
    return true;
  }

  private void join(long from, long to) {
    int first = 0;
    while (first < pieceCount && pieces[2 * first + 1] < from) {
      first++;
    }
    int last = first;
    long start = from;
    long end = to;
    while (last < pieceCount && pieces[2 * last] <= to) {
      start = Math.min(start, pieces[2 * last]);
      end = Math.max(end, pieces[2 * last + 1]);
      last++;
    }
    if (pieces.length == 0) {
      pieces = new long[2 * MAX_PIECES + 2];
    }
    int after = pieceCount - last;
    System.arraycopy(pieces, 2 * last, pieces, 2 * first + 2, 2 * after);
    pieces[2 * first] = start;
    pieces[2 * first + 1] = end;
    pieceCount = first + 1 + after;
    if (pieces[0] <= next) {
      next = pieces[1];
      pieceCount--;
      System.arraycopy(pieces, 2, pieces, 0, 2 * pieceCount);
    }
  }

  private void put(long from, long to, byte[] bytes, long shift) {
    if (to - read > ring.length) {
      grow((int) (to - read));
    }
    int length = (int) (to - from);
    int begin = (int) from & ring.length - 1;
    int first = Math.min(length, ring.length - begin);
    System.arraycopy(bytes, (int) (from + shift), ring, begin, first);
    System.arraycopy(bytes, (int) (from + shift) + first, ring, 0, length - first);
  }

  /** Gives the reader what is there, and returns how much that was. */
  int read(byte[] to, int offset, int length) {
    int taken = Math.min(length, available());
    if (taken > 0) {
      int begin = (int) read & ring.length - 1;
      int first = Math.min(taken, ring.length - begin);
      System.arraycopy(ring, begin, to, offset, first);
      System.arraycopy(ring, 0, to, offset + first, taken - first);
      read += taken;
    }
    return taken;
  }

  /** Whether it takes memory and is empty. */
  boolean holdsIdleRoom() {
    return ring.length > 0 && available() == 0 && pieceCount == 0;
  }

  /** Gives its memory back if it is empty. */
  void release() {
    if (available() == 0 && pieceCount == 0) {
      ring = NONE;
      pieces = NO_PIECES;
    }
  }

  private void grow(int needed) {
    int length = Math.max(FIRST_SIZE, ring.length);
    while (length < needed) {
      length *= 2;
    }
    byte[] larger = new byte[length];
    for (int i = 0; i < ring.length; i++) {
      int from = (int) (read + i) & ring.length - 1;
      larger[(int) (read + i) & length - 1] = ring[from];
    }
    ring = larger;
  }
}
