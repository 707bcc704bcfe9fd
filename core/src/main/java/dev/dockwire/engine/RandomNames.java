package dev.dockwire.engine;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Names for containers that were given none: an adjective and the surname of a scientist. */
final class RandomNames {

  private static final List<String> ADJECTIVES =
      List.of(
          "admiring",
          "agitated",
          "amazing",
          "bold",
          "brave",
          "busy",
          "charming",
          "clever",
          "cool",
          "dazzling",
          "eager",
          "elegant",
          "epic",
          "festive",
          "focused",
          "friendly",
          "gallant",
          "gifted",
          "happy",
          "hopeful",
          "inspiring",
          "jolly",
          "keen",
          "kind",
          "lucid",
          "modest",
          "nifty",
          "nostalgic",
          "optimistic",
          "peaceful",
          "pensive",
          "quirky",
          "relaxed",
          "serene",
          "sharp",
          "stoic",
          "sweet",
          "tender",
          "trusting",
          "vibrant",
          "vigilant",
          "wizardly",
          "wonderful",
          "xenodochial",
          "youthful",
          "zealous",
          "zen");

  private static final List<String> SURNAMES =
      List.of(
          "archimedes",
          "babbage",
          "bell",
          "bohr",
          "boyd",
          "cerf",
          "curie",
          "darwin",
          "dijkstra",
          "einstein",
          "elion",
          "euclid",
          "euler",
          "faraday",
          "fermat",
          "feynman",
          "franklin",
          "galileo",
          "gauss",
          "germain",
          "goodall",
          "hamilton",
          "hawking",
          "heisenberg",
          "hermann",
          "hopper",
          "hypatia",
          "jemison",
          "johnson",
          "kepler",
          "knuth",
          "lamarr",
          "leavitt",
          "liskov",
          "lovelace",
          "maxwell",
          "mclean",
          "meitner",
          "mendel",
          "morse",
          "newton",
          "noether",
          "pasteur",
          "payne",
          "perlman",
          "planck",
          "ramanujan",
          "ride",
          "ritchie",
          "shannon",
          "tesla",
          "thompson",
          "torvalds",
          "turing",
          "wing",
          "wozniak",
          "wright",
          "yonath");

  private final RandomGenerator random;

  RandomNames(RandomGenerator random) {
    this.random = random;
  }

  /** A name that is not taken; a digit is added when all tries were. */
  String next(Predicate<String> taken) {
    String name = pair();
    for (int tries = 0; tries < 5 && taken.test(name); tries++) {
      name = pair();
    }
    while (taken.test(name)) {
      name += random.nextInt(10);
    }
    return name;
  }

  private String pair() {
    return ADJECTIVES.get(random.nextInt(ADJECTIVES.size()))
        + "_"
        + SURNAMES.get(random.nextInt(SURNAMES.size()));
  }
}
