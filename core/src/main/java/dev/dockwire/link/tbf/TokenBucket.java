package dev.dockwire.link.tbf;

/**
 * A bucket of tokens that fills at a rate; what a frame costs is the time that it takes at that
 * rate, in nanoseconds. Multiplies and shifts as Linux's packet schedulers do, to the same
 * nanosecond.
 */
final class TokenBucket {

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long TOP_OF_MULTIPLIER = 1L << 31;

  private final long multiplier;
  private final int shift;
  private final long depthNanos;
  private long tokens;
  private long filledAt;

  /** A full bucket. */
  TokenBucket(long bytesPerSecond, long depth) {
    long factor = NANOS_PER_SECOND;
    int doublings = 0;
    while ((Long.divideUnsigned(factor, bytesPerSecond) & TOP_OF_MULTIPLIER) == 0 && factor > 0) {
      factor <<= 1;
      doublings++;
    }
    multiplier = Long.divideUnsigned(factor, bytesPerSecond);
    shift = doublings;
    depthNanos = nanos(depth);
    tokens = depthNanos;
  }

  /** How long so many octets take. */
  long nanos(long octets) {
    return octets * multiplier >>> shift;
  }

  long depthNanos() {
    return depthNanos;
  }

  /** How long it takes until a frame may pass; 0 if it may now. */
  long waitNanos(int length, long now) {
    return Math.max(0, nanos(length) - tokensAt(now));
  }

  /** Takes a frame's tokens out. */
  void take(int length, long now) {
    tokens = tokensAt(now) - nanos(length);
    filledAt = now;
  }

  private long tokensAt(long now) {
    return Math.min(depthNanos, tokens + Math.min(now - filledAt, depthNanos));
  }
}
