package dev.dockwire.time;

import java.util.Arrays;

/**
 * All timers of one loop: a binary heap ordered by deadline, then by the order of arming, so that
 * equal deadlines expire first in, first out.
 */
public final class Timers implements Worker {

  private static final int MAX_EXPIRIES_PER_TURN = 256;

  private Timer[] heap = new Timer[64];
  private int size;
  private long armings;

  /** Makes a timer that is not armed yet. */
  public Timer timer(Timer.Expiry expiry) {
    return new Timer(this, expiry);
  }

  @Override
  public int doWork(long now) {
    int expired = 0;
    while (size > 0 && heap[0].deadline <= now && expired < MAX_EXPIRIES_PER_TURN) {
      Timer timer = heap[0];
      remove(timer);
      timer.expiry.expire(now);
      expired++;
    }
    return expired;
  }

  @Override
  public long nextDeadline() {
    return size == 0 ? Clock.NEVER : heap[0].deadline;
  }

  /** How many timers are armed. */
  public int armed() {
    return size;
  }

  void arm(Timer timer, long deadline) {
    timer.deadline = deadline;
    timer.order = armings++;
    if (timer.index < 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      timer.index = size;
      heap[size++] = timer;
    }
    siftUp(timer.index);
    siftDown(timer.index);
  }

  void remove(Timer timer) {
    int hole = timer.index;
    if (hole < 0) {
      return;
    }
    timer.index = -1;
    Timer last = heap[--size];
    heap[size] = null;
    if (last != timer) {
      place(last, hole);
      siftUp(hole);
      siftDown(last.index);
    }
  }

  private void siftUp(int start) {
    int index = start;
    Timer timer = heap[index];
    while (index > 0) {
      Timer parent = heap[(index - 1) >>> 1];
      if (!timer.isBefore(parent)) {
        break;
      }
      place(parent, index);
      index = (index - 1) >>> 1;
    }
    place(timer, index);
  }

  private void siftDown(int start) {
    int index = start;
    Timer timer = heap[index];
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(timer)) {
        break;
      }
      place(heap[child], index);
      index = child;
    }
    place(timer, index);
  }

  private void place(Timer timer, int index) {
    heap[index] = timer;
    timer.index = index;
  }
}
