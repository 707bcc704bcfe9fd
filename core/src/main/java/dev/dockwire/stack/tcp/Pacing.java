package dev.dockwire.stack.tcp;

import dev.dockwire.time.Clock;

/**
 * Spreads segments over time at the rate that {@link CongestionControl} wants. What fits a
 * millisecond goes at once, or two segments.
 */
final class Pacing {

  private static final long BURST_NANOS = 1_000_000;

  private final CongestionWindow window;
  private long nextAt;
  private long deadline = Clock.NEVER;

  Pacing(CongestionWindow window) {
    this.window = window;
  }

  /** Whether the next segment waits for its turn. */
  boolean holdsBack(long now) {
    if (nextAt <= now) {
      return false;
    }
    long burst = Math.max(BURST_NANOS, window.control().paceNanos(window.mss()));
    if (nextAt > now + burst) {
      deadline = nextAt;
      return true;
    }
    return false;
  }

  void sent(int octets, long now) {
    nextAt = Math.max(nextAt, now) + window.control().paceNanos(octets);
  }

  /** When it is the turn of what was held back. */
  long deadline() {
    return deadline;
  }

  void stop() {
    deadline = Clock.NEVER;
  }
}
