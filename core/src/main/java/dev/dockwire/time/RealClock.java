package dev.dockwire.time;

import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The machine's own time. Idling first spins for a moment, then sleeps, so an idle loop is free.
 */
public final class RealClock implements Clock {

  /** Spinning longer than this costs more than the wake-up it saves on a shared machine. */
  private static final long DEFAULT_SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

  private final long origin = System.nanoTime();
  private final long epochNanos;
  private final long spinNanos;
  private final Sleeper sleeper;
  private volatile boolean woken;

  public RealClock() {
    this(DEFAULT_SPIN_NANOS);
  }

  /**
   * @param spinNanos how long an idle loop spins before it sleeps; {@link #NEVER} to spin for ever
   */
  public RealClock(long spinNanos) {
    this(spinNanos, new Parking());
  }

  /**
   * @param sleeper what an idle loop waits in, which may end for reasons of its own
   */
  public RealClock(long spinNanos, Sleeper sleeper) {
    Instant started = Instant.now();
    this.epochNanos = TimeUnit.SECONDS.toNanos(started.getEpochSecond()) + started.getNano();
    this.spinNanos = spinNanos;
    this.sleeper = sleeper;
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
    if (!woken && now < deadline && !Thread.currentThread().isInterrupted()) {
      sleeper.sleep(deadline == NEVER ? NEVER : deadline - now);
    }
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
    sleeper.wake();
  }
}
