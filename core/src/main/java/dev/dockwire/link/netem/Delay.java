package dev.dockwire.link.netem;

/**
 * How long each frame is held.
 *
 * @param jitterNanos how far the delay of a frame may be from {@code nanos}: half the width of a
 *     uniform distribution, one standard deviation of a normal one
 * @param correlation how much each delay depends on the one before, 0 to 1
 */
public record Delay(long nanos, long jitterNanos, double correlation, Distribution distribution) {

  public static final Delay NONE = new Delay(0, 0, 0, Distribution.UNIFORM);

  /** How delays are spread. */
  public enum Distribution {
    UNIFORM,
    /** Cut off at four standard deviations, as the table of Linux's tc is. */
    NORMAL
  }

  public static Delay of(long nanos) {
    return new Delay(nanos, 0, 0, Distribution.UNIFORM);
  }
}
