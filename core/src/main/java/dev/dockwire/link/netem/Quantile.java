package dev.dockwire.link.netem;

/**
 * The distributions of netem's delays: how far a value is from the middle, in units of the jitter,
 * below which {@code probability} of all values are. They follow the tables that come with
 * iproute2, cut off where a table's 16 bits end.
 */
final class Quantile {

  private static final double LIMIT = 4;

  /**
   * A Pareto distribution of this shape, moved and stretched to a mean of 0 and a deviation of 1.
   */
  private static final double PARETO_SHAPE = 3;

  private static final double PARETO_MEAN = 1.5;
  private static final double PARETO_SCALE = 4.0 / 3.0;

  private Quantile() {}

  static double uniform(double probability) {
    return 2 * probability - 1;
  }

  /**
   * By Abramowitz and Stegun's rational approximation (26.2.23): right to 0.0005 standard
   * deviations.
   */
  static double normal(double probability) {
    double deviations = probability < 0.5 ? -upperTail(probability) : upperTail(1 - probability);
    return Math.clamp(deviations, -LIMIT, LIMIT);
  }

  private static double upperTail(double probability) {
    double t = Math.sqrt(-2 * Math.log(Math.max(probability, Double.MIN_NORMAL)));
    return t
        - (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  }

  static double pareto(double probability) {
    double pareto = Math.pow(1 - probability, -1 / PARETO_SHAPE);
    return Math.min(LIMIT, (pareto - PARETO_MEAN) * PARETO_SCALE);
  }

  /** A quarter of the one and three of the other. */
  static double paretoNormal(double probability) {
    return (normal(probability) + 3 * pareto(probability)) / 4;
  }
}
