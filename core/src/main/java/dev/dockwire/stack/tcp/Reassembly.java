package dev.dockwire.stack.tcp;

/**
 * The pieces that came before their turn, apart from each other and in order. Positions count
 * octets from the beginning of the stream.
 *
 * <p>Found by halving; a new piece moves those behind it, and there are never more than {@link
 * #MOST}, so that a flood of single octets costs little time and a fixed amount of memory.
 */
final class Reassembly {

  private static final int LEAST = 64;
  private static final int MOST = 4096;

  /** Octets of buffer for each piece: small ones cost more than they hold. */
  private static final int OCTETS_PER_PIECE = 256;

  private static final int FIRST_SIZE = 8;
  private static final long[] NONE = {};

  private long[] starts = NONE;
  private long[] ends = NONE;
  private int first;
  private int count;

  int count() {
    return count;
  }

  long start(int index) {
    return starts[first + index];
  }

  long end(int index) {
    return ends[first + index];
  }

  /** Index of the first piece that ends behind a position; the count if none does. */
  int firstBehind(long position) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end(middle) > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Index of the piece that holds a position; -1 if none does. */
  int pieceAt(long position) {
    int index = firstBehind(position);
    return index < count && start(index) <= position ? index : -1;
  }

  /** Whether a buffer of this size has no room for one more. */
  boolean isFull(int buffer) {
    return count >= Math.clamp(buffer / OCTETS_PER_PIECE, LEAST, MOST);
  }

  /** Adds octets, joined with the pieces that they touch. */
  void add(long from, long to) {
    int at = firstBehind(from - 1);
    int last = at;
    long start = from;
    long end = to;
    while (last < count && start(last) <= to) {
      start = Math.min(start, start(last));
      end = Math.max(end, end(last));
      last++;
    }
    if (last == at) {
      makeRoom(at);
    } else {
      close(at + 1, last);
    }
    starts[first + at] = start;
    ends[first + at] = end;
  }

  private void makeRoom(int at) {
    if (first + count == starts.length) {
      move(count < starts.length / 2 ? starts.length : Math.max(2 * count, FIRST_SIZE));
    }
    System.arraycopy(starts, first + at, starts, first + at + 1, count - at);
    System.arraycopy(ends, first + at, ends, first + at + 1, count - at);
    count++;
  }

  private void move(int size) {
    long[] newStarts = size == starts.length ? starts : new long[size];
    long[] newEnds = size == ends.length ? ends : new long[size];
    System.arraycopy(starts, first, newStarts, 0, count);
    System.arraycopy(ends, first, newEnds, 0, count);
    starts = newStarts;
    ends = newEnds;
    first = 0;
  }

  private void close(int from, int to) {
    System.arraycopy(starts, first + to, starts, first + from, count - to);
    System.arraycopy(ends, first + to, ends, first + from, count - to);
    count -= to - from;
  }

  /** The first piece has its turn. */
  void removeFirst() {
    count--;
    first = count == 0 ? 0 : first + 1;
  }

  /** Gives the memory back. */
  void release() {
    starts = NONE;
    ends = NONE;
    first = 0;
    count = 0;
  }
}
