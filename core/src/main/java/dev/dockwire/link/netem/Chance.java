package dev.dockwire.link.netem;

/**
 * How often something happens.
 *
 * @param probability 0 to 1
 * @param correlation how much each draw depends on the one before, 0 to 1
 */
public record Chance(double probability, double correlation) {

  public static final Chance NEVER = new Chance(0, 0);

  public Chance {
    if (!(probability >= 0 && probability <= 1 && correlation >= 0 && correlation <= 1)) {
      throw new IllegalArgumentException("a chance of " + probability + ", " + correlation);
    }
  }

  public static Chance of(double probability) {
    return new Chance(probability, 0);
  }
}
