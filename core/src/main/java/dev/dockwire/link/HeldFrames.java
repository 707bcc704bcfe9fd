package dev.dockwire.link;

import dev.dockwire.frame.DropReason;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Frames that a {@link Qdisc} holds, each with the time at which it is due: a binary heap, first
 * in, first out among those that are due together. It holds copies, in slots that are made as they
 * are needed and used again, so it allocates nothing once it has held as much before. Its owner
 * bounds it.
 */
public final class HeldFrames {

  private static final int FIRST_CAPACITY = 16;
  private static final int LEAST_SLOT = 2_048;

  private final ArrayDeque<FrameSlot> free = new ArrayDeque<>(FIRST_CAPACITY);

  private FrameSlot[] frames = new FrameSlot[FIRST_CAPACITY];
  private long[] dues = new long[FIRST_CAPACITY];
  private long[] orders = new long[FIRST_CAPACITY];
  private int size;
  private long bytes;
  private long additions;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The sum of the frames' lengths. */
  public long bytes() {
    return bytes;
  }

  /** Holds a copy of {@code frame} until {@code due}. */
  public void add(FrameSlot frame, long due) {
    if (size == frames.length) {
      frames = Arrays.copyOf(frames, size * 2);
      dues = Arrays.copyOf(dues, size * 2);
      orders = Arrays.copyOf(orders, size * 2);
    }
    bytes += frame.length();
    siftUp(size++, copyOf(frame), due, additions++);
  }

  private FrameSlot copyOf(FrameSlot frame) {
    FrameSlot copy = free.poll();
    if (copy == null || copy.capacity() < frame.length()) {
      int capacity = Math.max(LEAST_SLOT, frame.length());
      copy = new FrameSlot(new byte[capacity], 0, capacity);
    }
    copy.claimed();
    copy.copyFrom(frame, frame.hops());
    copy.fill(frame.sender(), frame.length(), frame.stamp());
    return copy;
  }

  /** The frame that is due first; only if there is one. */
  public FrameSlot first() {
    return frames[0];
  }

  /** When the first frame is due; only if there is one. */
  public long firstDue() {
    return dues[0];
  }

  /** Forgets the first frame. */
  public void removeFirst() {
    FrameSlot gone = frames[0];
    bytes -= gone.length();
    free.push(gone);
    int last = --size;
    FrameSlot frame = frames[last];
    frames[last] = null;
    if (last > 0) {
      siftDown(frame, dues[last], orders[last]);
    }
  }

  /** Drops all of them, as {@code nic} counts. */
  public void drop(Nic nic, DropReason reason) {
    while (size > 0) {
      removeFirst();
      nic.lose(reason);
    }
  }

  private void siftUp(int start, FrameSlot frame, long due, long order) {
    int index = start;
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      if (!isBefore(due, order, parent)) {
        break;
      }
      move(parent, index);
      index = parent;
    }
    put(index, frame, due, order);
  }

  private void siftDown(FrameSlot frame, long due, long order) {
    int index = 0;
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && isBefore(dues[child + 1], orders[child + 1], child)) {
        child++;
      }
      if (!isBefore(dues[child], orders[child], due, order)) {
        break;
      }
      move(child, index);
      index = child;
    }
    put(index, frame, due, order);
  }

  private boolean isBefore(long due, long order, int index) {
    return isBefore(due, order, dues[index], orders[index]);
  }

  private static boolean isBefore(long due, long order, long otherDue, long otherOrder) {
    return due != otherDue ? due < otherDue : order < otherOrder;
  }

  private void move(int from, int to) {
    put(to, frames[from], dues[from], orders[from]);
  }

  private void put(int index, FrameSlot frame, long due, long order) {
    frames[index] = frame;
    dues[index] = due;
    orders[index] = order;
  }
}
