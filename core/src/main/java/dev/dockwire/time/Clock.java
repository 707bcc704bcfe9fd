package dev.dockwire.time;

/**
 * Where "now" comes from. A loop asks; protocol code never does.
 *
 * <p>Times are monotonic nanoseconds that start near 0 when the clock is made, so they compare with
 * plain {@code <} for 292 years and {@link #NEVER} is later than all of them.
 */
public sealed interface Clock permits RealClock, VirtualClock {

  /** A deadline that never comes. */
  long NEVER = Long.MAX_VALUE;

  /** Monotonic nanoseconds since this clock was made. */
  long now();

  /** The wall-clock time of the monotonic time 0, in nanoseconds since the Unix epoch. */
  long epochNanos();

  /**
   * Lets time pass until {@code deadline}, or until {@link #wake} is called.
   *
   * @return false if nothing can ever happen: the deadline is {@link #NEVER} and this clock does
   *     not wait for the world outside
   */
  boolean idleUntil(long deadline);

  /** Ends an {@link #idleUntil} early; may be called from any thread, and before the idling. */
  void wake();
}
