package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IsnGeneratorTest {

  private static final long SECOND = 1_000_000_000L;

  private final IsnGenerator isns = new IsnGenerator(new Seed(1).generator("isns"));

  @Test
  void oneConnectionsNumbersFollowAClockOfFourMicroseconds() {
    int first = isns.next(1, 80, 2, 5000, 7 * SECOND);
    assertThat(isns.next(1, 80, 2, 5000, 8 * SECOND) - first).isEqualTo(250_000);
  }

  @Test
  void eachConnectionBeginsElsewhere() {
    Set<Integer> numbers = new HashSet<>();
    Set<Integer> stamps = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      numbers.add(isns.next(1, 80, 2, 5000 + i, 0));
      numbers.add(isns.next(1, 80, 3 + i, 5000, 0));
      stamps.add(isns.timestampOffset(1, 80, 2, 5000 + i));
      stamps.add(isns.timestampOffset(1, 80, 3 + i, 5000));
    }
    assertThat(numbers).hasSize(200);
    assertThat(stamps).hasSize(200);
  }

  @Test
  void anotherHostsKeyGivesOtherNumbers() {
    IsnGenerator others = new IsnGenerator(new Seed(2).generator("isns"));
    assertThat(others.next(1, 80, 2, 5000, 0)).isNotEqualTo(isns.next(1, 80, 2, 5000, 0));
  }
}
