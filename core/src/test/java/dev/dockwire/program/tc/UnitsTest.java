package dev.dockwire.program.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "100ms, 100000",
    "1s, 1000000",
    "10, 10",
    "1.5ms, 1500",
    "3us, 3",
    "0x10, 16",
    "1e-3s, 1000",
    "-1ms, 4294966296",
    "inf, 0",
    "2secs, 2000000"
  })
  void timesAreRead(String text, long micros) {
    assertThat(Units.micros(text)).hasValue(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "1mbit, 125000",
    "64kbit, 8000",
    "100, 12",
    "1kbps, 1000",
    "1Gbit, 125000000",
    "1kibit, 128",
    "1tibps, 1099511627776",
    "1.5Mbit, 187500"
  })
  void ratesAreRead(String text, long octetsPerSecond) {
    assertThat(Units.rate(text)).hasValue(octetsPerSecond);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000", "10k, 10240", "32kbit, 4096", "1mb, 1048576", "1.9, 1"})
  void sizesAreRead(String text, long octets) {
    assertThat(Units.size(text)).hasValue(octets);
  }

  @ParameterizedTest
  @CsvSource({"10%, 0.1", "0.1%, 0.001", "100, 1", "1e1, 0.1"})
  void percentagesAreRead(String text, double probability) {
    assertThat(Units.probability(text).orElseThrow()).isCloseTo(probability, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"abc", "1x", "ms", "1sx"})
  void otherWordsAreNot(String text) {
    assertThat(Units.micros(text)).isEmpty();
    assertThat(Units.rate(text)).isEmpty();
    assertThat(Units.size(text)).isEmpty();
    assertThat(Units.probability(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1", "4294967296", "5g", "inf", "nan"})
  void sizesFitThirtyTwoBits(String text) {
    assertThat(Units.size(text)).isEmpty();
  }

  @Test
  void whatIsWrittenIsWhatTcWrites() {
    assertThat(Units.time(100_000)).isEqualTo("100ms");
    assertThat(Units.time(1_500_000)).isEqualTo("1.5s");
    assertThat(Units.time(999_999)).isEqualTo("1e+03ms");
    assertThat(Units.time(999)).isEqualTo("999us");
    assertThat(Units.percent(0.003)).isEqualTo("0.3%");
    assertThat(Units.percent(1e-9)).isEqualTo("1e-07%");
    assertThat(Units.size(10_240)).isEqualTo("10Kb");
    assertThat(Units.size(1_000)).isEqualTo("1000b");
    assertThat(Units.rate(125_000)).isEqualTo("1Mbit");
    assertThat(Units.rate(187_500)).isEqualTo("1500Kbit");
    assertThat(Units.rate(8_000)).isEqualTo("64Kbit");
    assertThat(Units.rate(12)).isEqualTo("96bit");
  }
}
