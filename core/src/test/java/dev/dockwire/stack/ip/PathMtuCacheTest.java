package dev.dockwire.stack.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathMtuCacheTest {

  private static final int THERE = 0x0a00_0001;
  private static final int LINK = 1_500;
  private static final long SECOND = 1_000_000_000L;

  private final PathMtuCache cache = new PathMtuCache();

  @Test
  void whatIsSaidHoldsForTenMinutesAndOneDestination() {
    assertThat(cache.narrow(THERE, 1_280, 1_500, 0)).isTrue();

    assertThat(cache.mtuTo(THERE, LINK, 0)).isEqualTo(1_280);
    assertThat(cache.mtuTo(THERE + 1, LINK, 0)).isEqualTo(LINK);
    assertThat(cache.mtuTo(THERE, LINK, 600 * SECOND - 1)).isEqualTo(1_280);
    assertThat(cache.mtuTo(THERE, LINK, 600 * SECOND)).isEqualTo(LINK);
    assertThat(cache.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    " 1499, 1499",
    "  552,  552",
    "  551,  552",
    "   68,  552",
    "    1,  552",
  })
  void noPathIsNarrowerThanTheFloor(int said, int mtu) {
    assertThat(cache.narrow(THERE, said, 1_500, 0)).isTrue();
    assertThat(cache.mtuTo(THERE, LINK, 0)).isEqualTo(mtu);
  }

  @ParameterizedTest
  @CsvSource({
    " 9000, 9000, 8166",
    " 1500, 9000, 1492",
    " 1492, 1500, 1006",
    " 1006, 1500,  552",
    "  300, 1500,  552",
  })
  void silentRoutersGetTheNextPlateau(int length, int link, int mtu) {
    assertThat(cache.narrow(THERE, 0, length, 0)).isTrue();
    assertThat(cache.mtuTo(THERE, link, 0)).isEqualTo(mtu);
  }

  @Test
  void aPathIsNeverWidenedOrKeptNarrowByWhatIsSaid() {
    assertThat(cache.narrow(THERE, 1_500, 1_500, 0)).isFalse();
    assertThat(cache.narrow(THERE, 1_280, 1_500, 0)).isTrue();
    assertThat(cache.narrow(THERE, 1_400, 1_500, SECOND)).isFalse();
    assertThat(cache.narrow(THERE, 1_280, 1_500, 599 * SECOND)).isFalse();

    assertThat(cache.mtuTo(THERE, LINK, 600 * SECOND)).isEqualTo(LINK);
  }

  @Test
  void aLinkNarrowerThanTheFloorStaysAsItIs() {
    cache.narrow(THERE, 68, 300, 0);

    assertThat(cache.mtuTo(THERE, 300, 0)).isEqualTo(300);
  }

  @Test
  void onlyBelowTheFloorAreRoutersLeftToFragment() {
    cache.narrow(THERE, 552, 1_500, 0);
    assertThat(cache.isBelowFloor(THERE, 0)).isFalse();

    cache.narrow(THERE, 296, 552, 0);
    assertThat(cache.isBelowFloor(THERE, 0)).isTrue();
    assertThat(cache.mtuTo(THERE, LINK, 0)).isEqualTo(552);
  }

  @Test
  void aRouterThatRefusedWhatItSaysItTakesIsNotBelieved() {
    assertThat(cache.narrow(THERE, 1_400, 1_400, 0)).isFalse();
    assertThat(cache.size()).isZero();
  }

  @Test
  void changesShowInTheVersion() {
    int before = cache.version();
    cache.narrow(THERE, 1_280, 1_500, 0);
    int narrow = cache.version();
    assertThat(narrow).isNotEqualTo(before);

    cache.mtuTo(THERE, LINK, 600 * SECOND);
    assertThat(cache.version()).isNotEqualTo(narrow);
  }

  @Test
  void thereIsNoEndOfDestinationsButOfWhatIsKept() {
    for (int i = 0; i < 10 * PathMtuCache.MAX_PATHS; i++) {
      cache.narrow(i, 1_280, 1_500, i);
      assertThat(cache.mtuTo(i, LINK, i)).isEqualTo(1_280);
    }

    assertThat(cache.size()).isBetween(PathMtuCache.MAX_PATHS / 2, PathMtuCache.MAX_PATHS);
  }
}
