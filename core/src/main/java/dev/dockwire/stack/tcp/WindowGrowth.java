package dev.dockwire.stack.tcp;

import dev.dockwire.time.Clock;

/**
 * How large the receive buffer should be (dynamic right-sizing, as Linux has it): twice what the
 * application reads in a round trip, so that the window never keeps a sender from growing. The
 * round trip is the time in which one whole window comes in. Octets and nanoseconds.
 */
final class WindowGrowth {

  private static final int FIRST_SEGMENTS = 10;
  private static final int SPARE_SEGMENTS = 16;

  private final int most;
  private long rttNanos;
  private long roundEnd;
  private long roundAt = Clock.NEVER;
  private long readAt;
  private long measuredAt;
  private long space;

  /**
   * @param most what the buffer may hold at last
   */
  WindowGrowth(int most) {
    this.most = most;
  }

  /**
   * Data has come in its turn.
   *
   * @param next the position of the octet expected next
   * @param read the position of the octet read next
   * @return how large the buffer should be now
   */
  int received(long next, long read, int window, int limit, int mss, long now) {
    if (limit >= most) {
      return limit;
    }
    measureRoundTrip(next, window, now);
    if (rttNanos == 0 || now - measuredAt < rttNanos) {
      return limit;
    }
    long taken = read - readAt;
    readAt = read;
    measuredAt = now;
    if (taken <= Math.max(space, FIRST_SEGMENTS * mss)) {
      return limit;
    }
    space = taken;
    return Math.clamp(2 * taken + SPARE_SEGMENTS * mss, limit, most);
  }

  private void measureRoundTrip(long next, int window, long now) {
    if (roundAt == Clock.NEVER) {
      measuredAt = now;
    } else if (next < roundEnd) {
      return;
    } else {
      long sample = Math.max(now - roundAt, 1);
      rttNanos = rttNanos == 0 ? sample : Math.min(sample, rttNanos + rttNanos / 8);
    }
    roundEnd = next + window;
    roundAt = now;
  }
}
