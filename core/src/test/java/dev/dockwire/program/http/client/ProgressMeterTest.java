package dev.dockwire.program.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines as curl 7.88.1 of Debian 12 has printed them. */
class ProgressMeterTest {

  @Test
  void showsATransferAsCurlDoes() {
    assertThat(ProgressMeter.line(0, 0, 0, 0, 0))
        .isEqualTo(
            "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0");
    assertThat(ProgressMeter.line(50, 5, 0, 0, 868_000))
        .isEqualTo(
            "\r 10    50   10     5    0     0   5760      0 --:--:-- --:--:-- --:--:--  5000");
    assertThat(ProgressMeter.line(5, 5, 0, 0, 946_000))
        .isEqualTo(
            "\r100     5  100     5    0     0   5285      0 --:--:-- --:--:-- --:--:--  5000");
    assertThat(ProgressMeter.line(0, 0, 0, 0, 1_001_000_000))
        .isEqualTo(
            "\r  0     0    0     0    0     0      0      0 --:--:--  0:00:01 --:--:--     0");
  }

  @Test
  void sizesFitFiveColumns() {
    assertThat(ProgressMeter.size(99_999)).isEqualTo("99999");
    assertThat(ProgressMeter.size(200_000)).isEqualTo(" 195k");
    assertThat(ProgressMeter.size(20L << 20)).isEqualTo("20.0M");
    assertThat(ProgressMeter.size(200L << 20)).isEqualTo(" 200M");
  }
}
