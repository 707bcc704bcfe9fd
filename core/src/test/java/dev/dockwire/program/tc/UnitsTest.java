package dev.dockwire.program.tc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "100ms, 100000000",
    "1s, 1000000000",
    "10, 10000",
    "1.5ms, 1500000",
    "3us, 3000",
    "7ns, 7",
    "2secs, 2000000000"
  })
  void timesAreRead(String text, long nanos) {
    assertThat(Units.nanos(text)).hasValue(nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "1mbit, 1000000",
    "64kbit, 64000",
    "100, 100",
    "1kbps, 8000",
    "1Gbit, 1000000000",
    "1kibit, 1024",
    "1.5Mbit, 1500000"
  })
  void ratesAreRead(String text, long bitsPerSecond) {
    assertThat(Units.rate(text)).hasValue(bitsPerSecond);
  }

  @ParameterizedTest
  @CsvSource({"10%, 0.1", "0.1%, 0.001", "100, 1"})
  void percentagesAreRead(String text, double probability) {
    assertThat(Units.probability(text).orElseThrow()).isEqualTo(probability);
  }

  @ParameterizedTest
  @CsvSource({"abc", "1x", "ms", "-1", "''"})
  void otherWordsAreNot(String text) {
    assertThat(Units.nanos(text)).isEmpty();
    assertThat(Units.rate(text)).isEmpty();
    assertThat(Units.probability(text)).isEmpty();
  }

  @Test
  void whatIsWrittenIsWhatTcWrites() {
    assertThat(Units.time(100_000_000)).isEqualTo("100ms");
    assertThat(Units.time(1_500_000_000)).isEqualTo("1.5s");
    assertThat(Units.time(999)).isEqualTo("999ns");
    assertThat(Units.percent(0.003)).isEqualTo("0.3%");
    assertThat(Units.rate(1_000_000)).isEqualTo("1Mbit");
    assertThat(Units.rate(1_500_000)).isEqualTo("1500Kbit");
    assertThat(Units.rate(64_000)).isEqualTo("64Kbit");
    assertThat(Units.rate(100)).isEqualTo("100bit");
  }
}
