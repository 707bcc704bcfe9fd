package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.stack.tcp.ImpairedPath.Impairment;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams over paths that lose, reorder and duplicate: whatever happens, the octets are right. */
class ImpairedStreamTest {

  private static final long MILLI = 1_000_000;
  private static final long HALF_TRIP = 50 * MILLI;
  private static final int SIZE = 10 << 20;
  private static final double[] LOSSES = {0, 0.1, 1, 2, 5, 10, 20, 30};

  /** smoltcp's published goodput over such a path with buffers of 32 KiB, octets per second. */
  private static final int[] SMOLTCP = {
    322_945, 314_779, 219_670, 166_588, 76_626, 37_775, 6_079, 1_156
  };

  @Test
  void everySeedArrivesWhole() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator random = new Seed(seed).generator("impairment");
      double loss = LOSSES[random.nextInt(LOSSES.length)] / 100;
      double reorder = random.nextInt(51) / 100.0;
      double duplicate = random.nextInt(51) / 100.0;
      long delay = random.nextLong(100 * MILLI);
      Impairment impairment =
          new Impairment(delay, loss, reorder, 1 + random.nextLong(20 * MILLI), duplicate);
      int buffer = 4096 << random.nextInt(7);
      int up = random.nextInt(60_000);
      int down = random.nextInt(60_000);
      try {
        new Transfer(impairment, buffer, seed).run(up, down);
      } catch (AssertionError failed) {
        throw new AssertionError("seed " + seed + ", " + impairment + ", buffer " + buffer, failed);
      }
    }
  }

  @ParameterizedTest(name = "{0} % lost")
  @CsvSource({"0, 322945", "0.1, 280000", "5, 76626", "10, 37775"})
  void goodputIsAtLeast(double percent, int floor) throws IOException {
    assertThat(goodput(percent, 32 << 10, SIZE)).isGreaterThanOrEqualTo(floor);
  }

  private static long goodput(double percent, int buffer, int octets) throws IOException {
    long nanos = new Transfer(Impairment.loss(HALF_TRIP, percent / 100), buffer, 1).run(octets, 0);
    return (long) (octets * 1e9 / nanos);
  }

  @Test
  @Tag("table")
  void writeTheGoodputTable() throws IOException {
    StringBuilder table =
        new StringBuilder(
            """
            # Goodput of one TCP stream over a lossy path

            10 MiB over a path with a round trip of 100 ms that loses frames in both directions by
            chance (1 MiB from 20 %), in virtual time, seed 1; octets per second. Written by
            `mvn -pl core test -Dgroups=table -DexcludedGroups=`. The last column is what smoltcp
            has published for such a path with buffers of 32 KiB.

            | loss | 32 KiB buffers | 256 KiB | 1 MiB | smoltcp |
            |-----:|---------------:|--------:|------:|--------:|
            """);
    for (int i = 0; i < LOSSES.length; i++) {
      // Ten times less where a stream of 10 MiB would take a virtual day.
      int size = LOSSES[i] < 20 ? SIZE : SIZE / 10;
      table.append(
          String.format(
              Locale.ROOT,
              "| %s %% | %,d | %,d | %,d | %,d |%n",
              LOSSES[i],
              goodput(LOSSES[i], 32 << 10, size),
              goodput(LOSSES[i], 256 << 10, size),
              goodput(LOSSES[i], 1 << 20, size),
              SMOLTCP[i]));
    }
    Files.writeString(Path.of("docs", "goodput.md"), table);
  }
}
