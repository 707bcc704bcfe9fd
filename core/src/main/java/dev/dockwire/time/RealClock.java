package dev.dockwire.time;

import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The machine's own time. Idling first spins for a moment, then parks, so an idle loop is free. */
public final class RealClock implements Clock {

  /** Spinning longer than this costs more than the wake-up it saves on a shared machine. */
  private static final long DEFAULT_SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

  private final long origin = System.nanoTime();
  private final long epochNanos;
  private final long spinNanos;
  private volatile Thread parked;
  private volatile boolean woken;

  public RealClock() {
    this(DEFAULT_SPIN_NANOS);
  }

  /**
   * @param spinNanos how long an idle loop spins before it parks; {@link #NEVER} to spin for ever
   */
  public RealClock(long spinNanos) {
    Instant started = Instant.now();
    this.epochNanos = TimeUnit.SECONDS.toNanos(started.getEpochSecond()) + started.getNano();
    this.spinNanos = spinNanos;
  }

  @Override
  public long now() {
    return System.nanoTime() - origin;
  }

  @Override
  public long epochNanos() {
    return epochNanos;
  }

  @Override
  public boolean idleUntil(long deadline) {
    long start = now();
    long now = start;
    while (!woken && now < deadline && now - start < spinNanos) {
      Thread.onSpinWait();
      now = now();
    }
    parked = Thread.currentThread();
    while (!woken && now < deadline && !Thread.currentThread().isInterrupted()) {
      if (deadline == NEVER) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, deadline - now);
      }
      now = now();
    }
    parked = null;
    woken = false;
    return true;
  }

  @Override
  public void wake() {
    // Whatever the caller made ready must be visible before it looks whether anybody sleeps.
    VarHandle.fullFence();
    if (!woken) {
      woken = true;
    }
    Thread sleeper = parked;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }
}
