package dev.dockwire.link.netem;

import java.util.random.RandomGenerator;

/** Numbers from 0 to 1, each a mixture of a fresh one and the one before (netem's own way). */
final class CorrelatedDraw {

  private final RandomGenerator random;
  private double last;

  CorrelatedDraw(RandomGenerator random) {
    this.random = random;
    this.last = random.nextDouble();
  }

  double next(double correlation) {
    double fresh = random.nextDouble();
    if (correlation == 0) {
      return fresh;
    }
    last = fresh * (1 - correlation) + last * correlation;
    return last;
  }

  boolean happens(Chance chance) {
    return chance.probability() > 0 && next(chance.correlation()) < chance.probability();
  }
}
