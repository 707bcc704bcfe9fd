package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams over paths that do their worst: whatever happens, the octets are right. */
class StreamGridTest {

  private static final int SEEDS = 25;
  private static final int MANY_SEEDS = 1_000;
  private static final int OCTETS = 60_000;

  @ParameterizedTest
  @EnumSource(StreamGrid.class)
  void everySeedArrivesWhole(StreamGrid grid) throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      grid.run(seed, OCTETS);
    }
  }

  @Test
  void aThousandSeedsSurviveLossAndReordering() throws IOException {
    for (int seed = 0; seed < MANY_SEEDS; seed++) {
      StreamGrid.LOSS_AND_REORDER.run(seed, OCTETS / 2);
    }
  }

  @Test
  void everyTurnedBitIsFound() throws IOException {
    long corrupted = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      corrupted += StreamGrid.CORRUPT.run(seed, OCTETS).corrupted();
    }
    assertThat(corrupted).isPositive();
  }

  /** Each end's acknowledgments carry the number just behind what the other has room for. */
  @Test
  void fullWindowsWithGapsInBothDirectionsDoNotWaitForEachOther() throws IOException {
    assertThat(StreamGrid.EVERYTHING.run(680, OCTETS).nanos()).isLessThan(10_000_000_000L);
  }

  @Test
  void theSameSeedTakesTheSameTime() throws IOException {
    assertThat(StreamGrid.EVERYTHING.run(7, OCTETS))
        .isEqualTo(StreamGrid.EVERYTHING.run(7, OCTETS));
  }

  /** One run once more, as a failure asks for. */
  @Test
  @Tag("replay")
  void again() throws IOException {
    StreamGrid.valueOf(System.getProperty("grid"))
        .run(Integer.getInteger("seed"), Integer.getInteger("most"));
  }

  @Test
  @Tag("table")
  void writeTheTable() throws IOException {
    StringBuilder table =
        new StringBuilder(
            """
            # Streams over paths that do their worst

            1,000 seeds a row; each draws a path, buffers of 4 to 256 KiB, a congestion control and
            two streams of up to 59 KiB, one in each direction, compared octet by octet and by
            SHA-256. Invariants are checked in every turn: numbers in order, nothing sent beyond the
            window, no right edge that moves back, no buffer beyond its limit. Every frame with a bit
            turned over is found by a checksum. Written by
            `mvn -pl core test -Dgroups=table -DexcludedGroups=`.

            | path | streams | octets | virtual hours | frames corrupted and refused |
            |:-----|--------:|-------:|--------------:|-----------------------------:|
            """);
    for (StreamGrid grid : StreamGrid.values()) {
      long octets = 0;
      long nanos = 0;
      long corrupted = 0;
      for (int seed = 0; seed < MANY_SEEDS; seed++) {
        StreamGrid.Outcome outcome = grid.run(seed, OCTETS);
        octets += outcome.octets();
        nanos += outcome.nanos();
        corrupted += outcome.corrupted();
      }
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %.1f | %,d |%n",
              grid.name().toLowerCase(Locale.ROOT).replace('_', ' '),
              2 * MANY_SEEDS,
              octets,
              nanos / 3.6e12,
              corrupted));
    }
    Files.writeString(Path.of("docs", "streams.md"), table);
  }
}
