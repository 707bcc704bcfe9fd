package dev.dockwire.engine;

import dev.dockwire.engine.spec.RestartPolicy;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Counts how often one container has come back by its {@link RestartPolicy}, and says how long the
 * next time has to wait: 100 ms, then twice as long each time, at most a minute; from the beginning
 * after a run of ten seconds.
 */
final class Restarts {

  private static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MAX_DELAY_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long LONG_RUN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private RestartPolicy policy;
  private long delayNanos;
  private int count;
  private boolean stoppedByUser;

  Restarts(RestartPolicy policy) {
    this.policy = policy;
  }

  RestartPolicy policy() {
    return policy;
  }

  /** From the container's next end on. */
  void policy(RestartPolicy newPolicy) {
    policy = newPolicy;
  }

  /** Goes on from what another engine has counted. */
  void restore(int newCount, boolean newStoppedByUser) {
    count = newCount;
    stoppedByUser = newStoppedByUser;
  }

  /** A user starts the container: everything counts anew. */
  void startedByUser() {
    delayNanos = 0;
    count = 0;
    stoppedByUser = false;
  }

  /** A user has it end: whatever the policy is, it stays ended. */
  void stoppedByUser() {
    stoppedByUser = true;
  }

  /** The container has ended: in how many nanoseconds it starts again; empty if it does not. */
  OptionalLong delayAfter(int exitCode, long ranForNanos) {
    if (stoppedByUser || !policy.runsAgainAfter(exitCode, count)) {
      return OptionalLong.empty();
    }
    boolean fromTheBeginning = delayNanos == 0 || ranForNanos >= LONG_RUN_NANOS;
    delayNanos = fromTheBeginning ? FIRST_DELAY_NANOS : Math.min(2 * delayNanos, MAX_DELAY_NANOS);
    count++;
    return OptionalLong.of(delayNanos);
  }

  /**
   * Whether it starts again with a new engine; if a user has stopped it, only by {@code always}.
   *
   * @param exitCode its last one
   */
  boolean startsWithEngine(int exitCode) {
    return policy.name().equals("always")
        || !stoppedByUser && policy.runsAgainAfter(exitCode, count);
  }

  boolean isStoppedByUser() {
    return stoppedByUser;
  }

  /** Docker's RestartCount. */
  int count() {
    return count;
  }
}
