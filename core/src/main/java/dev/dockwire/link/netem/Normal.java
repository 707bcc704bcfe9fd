package dev.dockwire.link.netem;

/**
 * The normal distribution's quantiles, by Abramowitz and Stegun's rational approximation (26.2.23):
 * right to 0.0005 standard deviations.
 */
final class Normal {

  private Normal() {}

  /**
   * How many standard deviations above the mean a value is that {@code probability} of all are
   * below.
   */
  static double quantile(double probability) {
    return probability < 0.5 ? -upperTail(probability) : upperTail(1 - probability);
  }

  private static double upperTail(double probability) {
    double t = Math.sqrt(-2 * Math.log(Math.max(probability, Double.MIN_NORMAL)));
    return t
        - (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  }
}
