package dev.dockwire.stack.tcp;

/** The retransmission time-out from round trip samples (RFC 6298), in nanoseconds. */
final class RttEstimator {

  private static final long MILLI = 1_000_000;
  static final long INITIAL = 1000 * MILLI;
  static final long USUAL_MINIMUM = 200 * MILLI;
  private static final long MAXIMUM = 120_000 * MILLI;
  private static final long GRANULARITY = MILLI;

  private final long minimum;
  private long srtt;
  private long rttvar;
  private long rto = INITIAL;
  private int samples;

  /**
   * @param minimumNanos the least time-out
   */
  RttEstimator(long minimumNanos) {
    minimum = minimumNanos;
  }

  void sample(long rttNanos) {
    samples++;
    if (srtt == 0) {
      srtt = Math.max(rttNanos, 1);
      rttvar = rttNanos / 2;
    } else {
      rttvar += (Math.abs(srtt - rttNanos) - rttvar) / 4;
      srtt = Math.max(srtt + (rttNanos - srtt) / 8, 1);
    }
    rto = Math.clamp(srtt + Math.max(GRANULARITY, 4 * rttvar), minimum, MAXIMUM);
  }

  /** How many samples there were. */
  int samples() {
    return samples;
  }

  /** The SYN was sent more than once and nothing is known (RFC 6298, section 5.7). */
  void synWasLost() {
    if (srtt == 0) {
      rto = 3 * INITIAL;
    }
  }

  /** The smoothed round trip time; 0 while nothing is known. */
  long srttNanos() {
    return srtt;
  }

  long rttvarNanos() {
    return rttvar;
  }

  /** The time-out after so many in a row. */
  long rtoNanos(int backoffs) {
    return backoffs > 16 ? MAXIMUM : Math.min(rto << backoffs, MAXIMUM);
  }
}
