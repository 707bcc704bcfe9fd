package dev.dockwire.stack.tcp;

import dev.dockwire.time.Seed;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** The kinds of paths that streams must survive, and one run over such a path for each seed. */
enum StreamGrid {
  LOSS {
    @Override
    Impairment impairment(RandomGenerator random) {
      double[] shares = {0.001, 0.01, 0.05, 0.1, 0.2, 0.3};
      return delay(random, 100).withLoss(shares[random.nextInt(shares.length)]);
    }
  },
  BURSTS {
    @Override
    Impairment impairment(RandomGenerator random) {
      return delay(random, 100).withLoss(share(random, 5), 1 + random.nextLong(500 * MILLI));
    }
  },
  REORDER {
    @Override
    Impairment impairment(RandomGenerator random) {
      return delay(random, 100).withReorder(share(random, 50), 1 + random.nextLong(100 * MILLI));
    }
  },
  DUPLICATE {
    @Override
    Impairment impairment(RandomGenerator random) {
      return delay(random, 100).withDuplicate(share(random, 50));
    }
  },
  CORRUPT {
    @Override
    Impairment impairment(RandomGenerator random) {
      return delay(random, 100).withCorrupt(random.nextInt(1, 21) / 100.0);
    }
  },
  DELAY_AND_RATE {
    @Override
    Impairment impairment(RandomGenerator random) {
      long rate = 64_000L << random.nextInt(18);
      return delay(random, 2_000)
          .withReorder(random.nextInt(2), 1 + random.nextLong(500 * MILLI))
          .withRate(rate, 1_500 * (1 + random.nextInt(1_000)));
    }
  },
  LOSS_AND_REORDER {
    @Override
    Impairment impairment(RandomGenerator random) {
      return delay(random, 50).withLoss(0.2).withReorder(0.5, 20 * MILLI);
    }
  },
  EVERYTHING {
    @Override
    Impairment impairment(RandomGenerator random) {
      return delay(random, 100)
          .withLoss(share(random, 15), random.nextLong(20 * MILLI))
          .withReorder(share(random, 50), 1 + random.nextLong(20 * MILLI))
          .withDuplicate(share(random, 50))
          .withCorrupt(share(random, 5));
    }
  };

  /** What one run came to. */
  record Outcome(int octets, long nanos, long corrupted) {}

  private static final long MILLI = 1_000_000;
  private static final String[] CONTROLS = {"cubic", "cubic", "reno", "bbr"};

  abstract Impairment impairment(RandomGenerator random);

  private static Impairment delay(RandomGenerator random, int atMostMillis) {
    return Impairment.delay(random.nextLong(atMostMillis * MILLI));
  }

  private static double share(RandomGenerator random, int percent) {
    return random.nextInt(percent + 1) / 100.0;
  }

  /**
   * Streams in both directions over a path that the seed draws.
   *
   * @param most octets in each direction
   * @throws AssertionError with the seed if anything is not as it should be
   */
  Outcome run(int seed, int most) throws IOException {
    RandomGenerator random = new Seed(seed).generator("grid " + this);
    Impairment impairment = impairment(random);
    int buffer = 4096 << random.nextInt(7);
    String control = CONTROLS[random.nextInt(CONTROLS.length)];
    int up = 1 + random.nextInt(most);
    int down = random.nextInt(most);
    try {
      Transfer transfer = new Transfer(impairment, buffer, seed).with(control).inPieces();
      long nanos = transfer.run(up, down);
      transfer.loop.runUntil(transfer.loop.now() + MILLI);
      if (transfer.corrupted() != transfer.refused()) {
        throw new AssertionError(
            transfer.corrupted() + " corrupted, " + transfer.refused() + " refused");
      }
      return new Outcome(up + down, nanos, transfer.corrupted());
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError(
          "%s, seed %d: %s, buffer %d, %s, %d up, %d down; again: mvn -pl core test"
                  .formatted(this, seed, impairment, buffer, control, up, down)
              + " -Dtest=StreamGridTest#again -Dgroups=replay -DexcludedGroups= -Dgrid=%s -Dseed=%d -Dmost=%d"
                  .formatted(this, seed, most),
          failed);
    }
  }
}
