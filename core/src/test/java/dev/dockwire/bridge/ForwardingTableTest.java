package dev.dockwire.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTableTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long AGEING = 300 * SECOND;

  private final ForwardingTable table = new ForwardingTable(8_192, AGEING);

  @Test
  void whatWasSeenIsFoundWhereItWasSeenLast() {
    table.learn(0xa, 1, 0);
    table.learn(0xb, 2, 0);
    table.learn(0xa, 3, 0);

    assertThat(table.lookup(0xa, 0)).isEqualTo(3);
    assertThat(table.lookup(0xb, 0)).isEqualTo(2);
    assertThat(table.lookup(0xc, 0)).isEqualTo(ForwardingTable.NONE);
    assertThat(table.moves()).isOne();
  }

  @Test
  void theAddressThatLooksLikeAnEmptyPlaceInTheLowBitsIsOneOfMany() {
    table.learn(0xfeff_ffff_ffffL, 1, 0);
    table.learn(0x0000_0000_ffffL, 2, 0);

    assertThat(table.lookup(0xfeff_ffff_ffffL, 0)).isEqualTo(1);
    assertThat(table.lookup(0x0000_0000_ffffL, 0)).isEqualTo(2);
  }

  @Test
  void anAddressAgesUnlessItIsSeenAgain() {
    table.learn(0xa, 1, 0);
    table.learn(0xb, 1, 0);
    table.learn(0xb, 1, 200 * SECOND);

    assertThat(table.lookup(0xa, 299 * SECOND)).isEqualTo(1);
    assertThat(table.lookup(0xa, 301 * SECOND)).isEqualTo(ForwardingTable.NONE);
    assertThat(table.lookup(0xb, 301 * SECOND)).isEqualTo(1);
    assertThat(table.lookup(0xb, 499 * SECOND)).isEqualTo(1);
    assertThat(table.lookup(0xb, 502 * SECOND)).isEqualTo(ForwardingTable.NONE);
  }

  @Test
  void anAgedAddressThatTurnsUpElsewhereHasNotMoved() {
    table.learn(0xa, 1, 0);
    table.learn(0xa, 2, 400 * SECOND);

    assertThat(table.lookup(0xa, 400 * SECOND)).isEqualTo(2);
    assertThat(table.moves()).isZero();
  }

  @Test
  void aPinnedAddressNeitherAgesNorMovesNorIsEvicted() {
    ForwardingTable small = new ForwardingTable(4, AGEING);
    small.pin(0xa, 1);
    small.learn(0xa, 2, 0);
    for (long mac = 0x10; mac < 0x100; mac++) {
      small.learn(mac, 1, 1_000_000 * SECOND);
    }

    assertThat(small.lookup(0xa, 2_000_000 * SECOND)).isEqualTo(1);
    assertThat(small.moves()).isZero();
    assertThat(small.size()).isEqualTo(4);
  }

  @Test
  void aTableOfFewPlacesGoesOnLearningBesidePinnedAddresses() {
    ForwardingTable small = new ForwardingTable(4, AGEING);
    small.pin(0xa, 1);
    for (int port = 2; port <= 4; port++) {
      small.learn(0x10 + port, port, 0);
    }
    small.learn(0xb, 5, 2 * AGEING);

    assertThat(small.lookup(0xb, 2 * AGEING)).isEqualTo(5);
    assertThat(small.lookup(0xa, 2 * AGEING)).isEqualTo(1);
    assertThat(small.evictions()).isEqualTo(1);
  }

  @Test
  void noPlaceThatBecameEmptyIsTakenForTheBroadcastAddress() {
    ForwardingTable small = new ForwardingTable(4, AGEING);
    for (long mac = 1; mac <= 1_000; mac++) {
      small.learn(mac, 1, 0);
    }
    small.removePort(1);

    assertThat(small.isFresh(0xffff_ffff_ffffL, 1, 0)).isFalse();
  }

  @Test
  void growingKeepsEveryAddress() {
    for (int i = 0; i < 8_192; i++) {
      table.learn(0x0242_0000_0000L + i, i % 100, 0);
    }

    assertThat(table.size()).isEqualTo(8_192);
    assertThat(table.evictions()).isZero();
    for (int i = 0; i < 8_192; i++) {
      assertThat(table.lookup(0x0242_0000_0000L + i, 0)).isEqualTo(i % 100);
    }
  }

  @Test
  void removingAPortForgetsItsAddressesAndNoOthers() {
    for (int i = 0; i < 5_000; i++) {
      table.learn(i + 1, i % 7, 0);
    }
    table.removePort(3);
    table.removePort(500);

    for (int i = 0; i < 5_000; i++) {
      int expected = i % 7 == 3 ? ForwardingTable.NONE : i % 7;
      assertThat(table.lookup(i + 1, 0)).isEqualTo(expected);
    }
    assertThat(table.size()).isEqualTo(5_000 - 714);
  }

  @Test
  void movingMoreThanTenTimesASecondIsFlapping() {
    List<Boolean> reports = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      reports.add(table.learn(0xa, i % 2, 0));
    }

    assertThat(reports.subList(0, 11)).containsOnly(false);
    assertThat(reports.subList(11, 14)).containsOnly(true);
    assertThat(table.flaps()).isEqualTo(3);
  }

  @Test
  void movingEverySecondIsNotFlapping() {
    for (int i = 0; i < 50; i++) {
      assertThat(table.learn(0xa, i % 2, i * SECOND * 2)).isFalse();
    }
    assertThat(table.moves()).isEqualTo(49);
  }

  @Test
  void anEntryThatIsUsedAgainDoesNotInheritTheMovesOfTheFormerAddress() {
    ForwardingTable single = new ForwardingTable(1, AGEING);
    for (int i = 0; i < 11; i++) {
      single.learn(0xa, i % 2, 0);
    }
    single.learn(0xb, 0, 0);

    assertThat(single.learn(0xb, 1, 0)).isFalse();
  }

  /** Any order of sightings, removals and passing time, against a plain map. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithAPlainMap(long seed) {
    RandomGenerator random = new Seed(seed).generator("sightings");
    int limit = 1 + random.nextInt(120);
    ForwardingTable tested = new ForwardingTable(limit, 20 * SECOND);
    Model model = new Model(tested, limit);
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      int port = random.nextInt(6) * random.nextInt(2);
      switch (random.nextInt(50)) {
        case 0 -> model.removePort(port);
        case 1, 2 -> now += random.nextLong(8 * SECOND);
        default -> model.learn(1 + random.nextLong(200), port, now);
      }
      model.checkLookup(1 + random.nextLong(200), now);
    }
    model.checkAll(now);
  }

  private record Sighting(int port, long tick, long order) {}

  private static final class Model {

    private static final int AGEING_TICKS = 19;

    private final ForwardingTable table;
    private final int limit;
    private final Map<Long, Sighting> known = new HashMap<>();
    private long order;

    Model(ForwardingTable table, int limit) {
      this.table = table;
      this.limit = limit;
    }

    void learn(long mac, int port, long now) {
      table.learn(mac, port, now);
      Sighting before = known.get(mac);
      if (before == null && known.size() == limit) {
        evict();
      }
      if (before == null || before.port != port || before.tick != now >>> 30) {
        known.put(mac, new Sighting(port, now >>> 30, order++));
      }
    }

    /** Exactly one is gone: the longest unseen address of a port that had most. */
    private void evict() {
      List<Long> gone = known.keySet().stream().filter(mac -> !holds(mac)).toList();
      assertThat(gone).hasSize(1);
      Sighting evicted = known.get(gone.getFirst());
      long most = known.values().stream().mapToLong(seen -> countOf(seen.port)).max().orElseThrow();
      assertThat(countOf(evicted.port)).isEqualTo(most);
      assertThat(
              known.values().stream()
                  .filter(seen -> seen.port == evicted.port)
                  .min(Comparator.comparingLong(Sighting::order)))
          .contains(evicted);
      known.remove(gone.getFirst());
    }

    private boolean holds(long mac) {
      // Asked at the time of its sighting, so that age does not matter.
      return table.lookup(mac, known.get(mac).tick << 30) != ForwardingTable.NONE;
    }

    private long countOf(int port) {
      return known.values().stream().filter(seen -> seen.port == port).count();
    }

    void removePort(int port) {
      table.removePort(port);
      known.values().removeIf(seen -> seen.port == port);
    }

    void checkLookup(long mac, long now) {
      Sighting seen = known.get(mac);
      boolean found = seen != null && (now >>> 30) - seen.tick <= AGEING_TICKS;
      assertThat(table.lookup(mac, now)).isEqualTo(found ? seen.port : ForwardingTable.NONE);
    }

    void checkAll(long now) {
      assertThat(table.size()).isEqualTo(known.size());
      for (long mac = 1; mac <= 200; mac++) {
        checkLookup(mac, now);
      }
    }
  }
}
