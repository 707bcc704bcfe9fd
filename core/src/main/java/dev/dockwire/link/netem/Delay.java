package dev.dockwire.link.netem;

/**
 * How long each frame is held.
 *
 * @param jitterNanos how far the delay of a frame may be from {@code nanos}: half the width of a
 *     uniform distribution, one standard deviation of the others
 * @param correlation how much each delay depends on the one before, 0 to 1
 */
public record Delay(long nanos, long jitterNanos, double correlation, Distribution distribution) {

  public static final Delay NONE = new Delay(0, 0, 0, Distribution.UNIFORM);

  /** How delays are spread. */
  public enum Distribution {
    UNIFORM,
    NORMAL,
    PARETO,
    PARETO_NORMAL
  }

  public static Delay of(long nanos) {
    return new Delay(nanos, 0, 0, Distribution.UNIFORM);
  }

  /** The delay of a frame for which a number from 0 to 1 has been drawn; it may be negative. */
  long of(double draw) {
    double jitters =
        switch (distribution) {
          case UNIFORM -> Quantile.uniform(draw);
          case NORMAL -> Quantile.normal(draw);
          case PARETO -> Quantile.pareto(draw);
          case PARETO_NORMAL -> Quantile.paretoNormal(draw);
        };
    return nanos + Math.round(jitters * jitterNanos);
  }
}
