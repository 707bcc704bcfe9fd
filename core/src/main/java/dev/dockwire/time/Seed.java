package dev.dockwire.time;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The one source of chance of an emulator. Each purpose has a generator of its own, so that one
 * part asking more often does not change what another part gets.
 */
public record Seed(long value) {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Chance that nobody can foretell, from the operating system: for worlds in real time. */
  public static RandomGenerator entropy() {
    return new SecureRandom();
  }

  /** The generator for one purpose, such as {@code "ids"}; the same seed gives the same numbers. */
  public RandomGenerator generator(String purpose) {
    long hash = FNV_OFFSET ^ value;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    return new SplittableRandom(hash ^ value);
  }
}
