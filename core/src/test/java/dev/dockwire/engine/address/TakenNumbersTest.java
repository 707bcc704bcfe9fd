package dev.dockwire.engine.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakenNumbersTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theyAreWhatASetOfBitsWouldSay(long seed) {
    RandomGenerator random = new Seed(seed).generator("numbers");
    TakenNumbers taken = new TakenNumbers();
    BitSet expected = new BitSet();
    for (int step = 0; step < 20_000; step++) {
      int number = random.nextInt(64);
      if (random.nextBoolean()) {
        taken.add(number);
        expected.set(number);
      } else {
        taken.remove(number);
        expected.clear(number);
      }
      int asked = random.nextInt(66);
      assertThat(taken.contains(asked)).isEqualTo(expected.get(asked));
      assertThat(taken.nextFree(asked)).isEqualTo(expected.nextClearBit(asked));
      assertThat(taken.count()).isEqualTo(expected.cardinality());
    }
  }

  @Test
  void neighboursAreOneRunAndFarOnesCostNoMoreThanNearOnes() {
    TakenNumbers taken = new TakenNumbers();
    for (long number = 1; number <= 10_000; number++) {
      taken.add(number);
    }
    assertThat(taken.runs()).isOne();
    taken.add(0xffff_fffeL);
    assertThat(taken.runs()).isEqualTo(2);
    taken.remove(5_000);
    assertThat(taken.runs()).isEqualTo(3);
    taken.add(5_000);
    assertThat(taken.runs()).isEqualTo(2);
  }
}
