package dev.dockwire.time;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Simulated time: stands still while there is work and jumps to the next deadline when there is
 * none. Owned by the thread that turns the loop.
 */
public final class VirtualClock implements Clock {

  /** Every virtual world starts at the same moment, so that the same seed gives the same bytes. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private long now;

  @Override
  public long now() {
    return now;
  }

  @Override
  public long epochNanos() {
    return TimeUnit.SECONDS.toNanos(START.getEpochSecond());
  }

  @Override
  public boolean idleUntil(long deadline) {
    if (deadline == NEVER) {
      return false;
    }
    now = Math.max(now, deadline);
    return true;
  }

  @Override
  public void wake() {
    // A virtual clock never sleeps.
  }
}
