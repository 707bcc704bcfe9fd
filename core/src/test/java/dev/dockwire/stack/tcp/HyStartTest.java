package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Slow start that ends before the queue overflows (RFC 9406). */
class HyStartTest {

  private static final int MSS = 1000;
  private static final long MILLI = 1_000_000;

  private final CongestionWindow window = new CongestionWindow(new Cubic());
  private long now;

  HyStartTest() {
    window.start(MSS);
  }

  /** One round trip in which each segment is acknowledged by itself. */
  private void round(long rttMillis) {
    int flight = window.octets();
    for (int acked = 0; acked < flight; acked += MSS) {
      window.acknowledged(MSS, flight, 100 * MILLI, rttMillis * MILLI, now);
    }
    now += rttMillis * MILLI;
  }

  @Test
  void doublesWhileTheRoundTripStays() {
    for (int i = 0; i < 5; i++) {
      round(100);
    }
    assertThat(window.octets()).isEqualTo(10 * 32 * MSS);
    assertThat(window.isInSlowStart()).isTrue();
  }

  @Test
  void growsSlowerWhenTheRoundTripGrowsAndStopsAfterFiveRounds() {
    round(100);
    round(100);
    round(115);
    int before = window.octets();
    round(115);
    assertThat(window.octets()).isGreaterThan(before).isLessThan(before * 3 / 2);
    for (int i = 0; i < 5; i++) {
      round(115);
    }
    assertThat(window.isInSlowStart()).isFalse();
  }

  @Test
  void goesOnIfItWasOnlyJitter() {
    round(100);
    round(100);
    round(115);
    for (int i = 0; i < 6; i++) {
      round(100);
    }
    assertThat(window.isInSlowStart()).isTrue();
  }
}
