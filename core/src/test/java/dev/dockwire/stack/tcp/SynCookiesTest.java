package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SynCookiesTest {

  private static final int LOCAL = 0xac11_0002;
  private static final int REMOTE = 0xac11_0003;
  private static final long SECOND = 1_000_000_000L;

  private final SynCookies cookies = new SynCookies(new Seed(1).generator("cookies"));

  private int make(int irs, int mss, long now) {
    return cookies.isn(LOCAL, 80, REMOTE, 40_000, irs, mss, now);
  }

  private int check(int irs, int cookie, long now) {
    return cookies.mss(LOCAL, 80, REMOTE, 40_000, irs, cookie, now);
  }

  @ParameterizedTest
  @CsvSource({
    "   0,   48",
    "  48,   48",
    "  49,   48",
    " 536,  536",
    "1459, 1440",
    "1460, 1460",
    "8959, 1460",
    "8960, 8960",
    "65535, 8960",
  })
  void bringsTheSegmentSizeBackRoundedDown(int offered, int restored) {
    assertThat(check(-1, make(-1, offered, SECOND), SECOND)).isEqualTo(restored);
  }

  @Test
  void belongsToOneConnectionAndOneNumberOfThePeer() {
    int cookie = make(1_000, 1_460, 0);

    assertThat(check(1_000, cookie, 0)).isEqualTo(1_460);
    assertThat(check(1_001, cookie, 0)).isZero();
    assertThat(cookies.mss(LOCAL, 81, REMOTE, 40_000, 1_000, cookie, 0)).isZero();
    assertThat(cookies.mss(LOCAL, 80, REMOTE, 40_001, 1_000, cookie, 0)).isZero();
    assertThat(cookies.mss(LOCAL, 80, REMOTE + 1, 40_000, 1_000, cookie, 0)).isZero();
    assertThat(cookies.mss(LOCAL + 1, 80, REMOTE, 40_000, 1_000, cookie, 0)).isZero();
  }

  @Test
  void noBitCanBeChanged() {
    int cookie = make(7, 1_460, 0);

    for (int bit = 0; bit < 32; bit++) {
      assertThat(check(7, cookie ^ 1 << bit, 0)).as("bit %d", bit).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, 0, 60, 6_000_000_000L})
  void livesToTheEndOfTheNextPeriod(long periodStart) {
    long start = periodStart * SECOND;
    int early = make(7, 1_460, start);
    int late = make(7, 1_460, start + 59 * SECOND);
    assertThat(early).isEqualTo(late);

    assertThat(check(7, early, start + 60 * SECOND)).isEqualTo(1_460);
    assertThat(check(7, late, start + 119 * SECOND)).isEqualTo(1_460);
    assertThat(check(7, late, start + 120 * SECOND)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {120, 180, 240, 300, 86_400})
  void aHostThatWasQuietForgetsAllTheSame(long seconds) {
    int cookie = make(7, 1_460, 0);

    assertThat(check(7, cookie, seconds * SECOND)).isZero();
  }

  @Test
  void knowsWhetherAnyCookieIsStillGood() {
    assertThat(cookies.isAnyOut(0)).isFalse();
    make(7, 1_460, 0);
    assertThat(cookies.isAnyOut(119 * SECOND)).isTrue();
    assertThat(cookies.isAnyOut(120 * SECOND)).isFalse();
  }

  @Test
  void guessesFail() {
    RandomGenerator random = new Seed(2).generator("guesses");
    int hits = 0;
    for (int i = 0; i < 200_000; i++) {
      hits += check(7, random.nextInt(), 0) == 0 ? 0 : 1;
    }

    assertThat(hits).isZero();
  }

  @Test
  void eachConnectionsNumberIsAnother() {
    Set<Integer> numbers = new HashSet<>();
    for (int port = 1; port <= 1_000; port++) {
      numbers.add(cookies.isn(LOCAL, 80, REMOTE, port, 7, 1_460, 0));
    }

    assertThat(numbers).hasSize(1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 62, 63, 64, 12_345, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void theTimestampCarriesScaleAndSackAndStaysInThePast(int timestamp) {
    for (int scale = SynCookies.NO_SCALE; scale <= 14; scale++) {
      for (boolean sack : new boolean[] {false, true}) {
        int stamp = SynCookies.stamp(timestamp, scale, sack);

        assertThat(SynCookies.windowScale(stamp)).isEqualTo(scale);
        assertThat(SynCookies.isSackPermitted(stamp)).isEqualTo(sack);
        assertThat(timestamp - stamp).isBetween(0, 63);
      }
    }
  }
}
