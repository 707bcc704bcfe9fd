package dev.dockwire.stack.icmp;

/**
 * Lets through so much in a while, and a burst of more after a pause. Starts full. Keeps only the
 * time at which it will be full again (the generic cell rate algorithm, ITU-T I.371).
 */
final class TokenBucket {

  private final long nanosPerToken;
  private final long capacityNanos;
  private long fullAt;

  TokenBucket(long nanosPerToken, int burst) {
    this.nanosPerToken = nanosPerToken;
    this.capacityNanos = nanosPerToken * burst;
    refill();
  }

  /** Starts full once more. */
  void refill() {
    fullAt = Long.MIN_VALUE;
  }

  /** Whether a token is there. */
  boolean hasToken(long now) {
    return Math.max(fullAt, now) + nanosPerToken - now <= capacityNanos;
  }

  /** Takes tokens, down to none. */
  void take(int tokens, long now) {
    long emptiest = now + capacityNanos;
    fullAt = Math.min(Math.max(fullAt, now) + tokens * nanosPerToken, emptiest);
  }
}
