package dev.dockwire.engine;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Ids of containers, networks and endpoints: 64 random hexadecimal digits. */
final class Ids {

  /** How much of an id people are shown. */
  static final int SHORT_LENGTH = 12;

  private RandomGenerator random;

  Ids(RandomGenerator random) {
    this.random = random;
  }

  /** Goes on with another sequence. */
  void reseed(RandomGenerator newRandom) {
    random = newRandom;
  }

  String next() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String shorten(String id) {
    return id.substring(0, SHORT_LENGTH);
  }
}
