package dev.dockwire.stack.tcp;

/**
 * When the first slow start has gone far enough (HyStart++, RFC 9406): if a round trip takes longer
 * than the one before, a queue builds up, and the window grows slower until it is clear whether it
 * stays. Nanoseconds and octets; a round is what was under way at its beginning.
 */
final class HyStart {

  /** Segments that one acknowledgment may add (L; no pacing). */
  private static final int LIMIT = 8;

  private static final long LEAST_THRESHOLD = 4_000_000;
  private static final long LARGEST_THRESHOLD = 16_000_000;
  private static final int DIVISOR = 8;
  private static final int SAMPLES = 8;
  private static final int CONSERVATIVE_DIVISOR = 4;
  private static final int CONSERVATIVE_ROUNDS = 5;

  private long acked;
  private long roundEnd;
  private long lastMinimum = Long.MAX_VALUE;
  private long minimum = Long.MAX_VALUE;
  private int samples;
  private long baseline = Long.MAX_VALUE;
  private boolean conservative;
  private int rounds;

  /**
   * Octets were acknowledged in slow start.
   *
   * @param rttNanos a round trip, or negative if the acknowledgment tells of none
   * @return whether slow start ends here
   */
  boolean acknowledged(CongestionWindow window, int octets, int flight, long rttNanos) {
    boolean first = window.isFirstSlowStart();
    int by = Math.min(octets, LIMIT * window.mss());
    window.grow(first && conservative ? Math.max(by / CONSERVATIVE_DIVISOR, 1) : by);
    if (!first) {
      return false;
    }
    acked += octets;
    boolean over = acked > roundEnd && endRound(flight);
    if (rttNanos >= 0) {
      minimum = Math.min(minimum, rttNanos);
      samples++;
    }
    judge();
    return over;
  }

  private boolean endRound(int flight) {
    roundEnd = acked + flight;
    lastMinimum = minimum;
    minimum = Long.MAX_VALUE;
    samples = 0;
    return conservative && ++rounds >= CONSERVATIVE_ROUNDS;
  }

  private void judge() {
    if (samples < SAMPLES) {
      return;
    }
    if (conservative) {
      // It was only jitter.
      conservative = minimum >= baseline;
    } else if (lastMinimum != Long.MAX_VALUE) {
      long threshold = Math.clamp(lastMinimum / DIVISOR, LEAST_THRESHOLD, LARGEST_THRESHOLD);
      if (minimum >= lastMinimum + threshold) {
        conservative = true;
        baseline = minimum;
        rounds = 0;
      }
    }
  }
}
