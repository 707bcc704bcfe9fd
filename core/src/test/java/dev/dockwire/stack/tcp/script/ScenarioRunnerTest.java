package dev.dockwire.stack.tcp.script;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario that holds is silent; one that does not fails at the line, and says what came. */
class ScenarioRunnerTest {

  private static final String RIGHT =
      """
      # A line is echoed, and the host closes first.
      0 accepted <mss 1460, sackOK, ts 1000, wscale 7>
      0 < P. 1:6(5) ack 1 <ts now>
      0 > . 1:1(0) ack 6 win 1023 <ts 0 ecr 1000>
      0 read "abcde"
      +0.5 write 5
      > P. 1:6(5) ack 6
      0.700 > P. 1:6(5) ack 6
      0.800 < . 6:6(0) ack 6 <ts now>
      shutdown
      > F. 6:6(0) ack 6
      state FIN-WAIT-1
      +0.1 < R 6:6(0)
      error ECONNRESET
      connections 0
      counter tcp.rst_bad_seq 0
      """;

  private static void play(String text) {
    ScenarioRunner.play(Script.parse("echo.tcp", List.of(text.split("\n"))));
  }

  @Test
  void whatIsRightHolds() {
    assertThatCode(() -> play(RIGHT)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0} instead of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "P. 1:5(4) ack 6 | P. 1:6(5) ack 6 | echo.tcp:7: | the sequence numbers differ",
        ". 1:6(5) ack 6 | P. 1:6(5) ack 6 | echo.tcp:7: | the control bits differ",
        "P. 1:6(5) ack 5 | P. 1:6(5) ack 6 | echo.tcp:7: | the acknowledgment differs",
        "win 65535 | win 1023 | echo.tcp:4: | the window differs",
        "<ts 1 ecr 1000> | <ts 0 ecr 1000> | echo.tcp:4: | the options differ",
        "<sack 1:2> | <ts 0 ecr 1000> | echo.tcp:4: | the options differ",
        "ecr 999 | ecr 1000 | echo.tcp:4: | the options differ",
        "0.699 > | 0.700 > | echo.tcp:8: | expected 0.699 > P. 1:6(5) ack 6, came nothing",
        "0.701 > | 0.700 > | echo.tcp:8: | came 0.7 > P. 1:6(5) ack 6",
        "0 read \"abcdf\" | 0 read \"abcde\" | echo.tcp:5: | came \"abcde\"",
        "0 read nothing | 0 read \"abcde\" | echo.tcp:5: | expected nothing",
        "write 5 = 4 | write 5 | echo.tcp:6: | expected 4, came 5",
        "state FIN-WAIT-2 | state FIN-WAIT-1 | echo.tcp:12: | came FIN-WAIT-1",
        "error ETIMEDOUT | error ECONNRESET | echo.tcp:14: | came ECONNRESET at 0.9",
        "connections 1 | connections 0 | echo.tcp:15: | came 0",
        "rst_bad_seq 1 | rst_bad_seq 0 | echo.tcp:16: | came 0",
        "tcp.nonsense | tcp.rst_bad_seq | echo.tcp:16: | there is no counter tcp.nonsense",
        "+0.1 wait | +0.1 < R 6:6(0) | echo.tcp:13: | there is no wait",
        "1:6(4) | 1:6(5) | echo.tcp:3: | do not fit together"
      })
  void whatIsWrongFailsWhereItIs(String wrong, String right, String place, String why) {
    assertThatThrownBy(() -> play(RIGHT.replace(right, wrong)))
        .isInstanceOf(ScenarioFailure.class)
        .hasMessageContaining(place)
        .hasMessageContaining(why);
  }

  @Test
  void aSegmentThatNoLineExpectsFailsTheNextLine() {
    assertThatThrownBy(() -> play(RIGHT.replace("0.700 > P. 1:6(5) ack 6\n", "")))
        .hasMessageContaining("echo.tcp:8:")
        .hasMessageContaining("expected nothing, came 0.7 > P. 1:6(5) ack 6")
        .hasMessageContaining("in: 0.800 < . 6:6(0)");
  }

  @Test
  void aSegmentLeftAtTheEndFails() {
    assertThatThrownBy(() -> play(RIGHT.substring(0, RIGHT.indexOf("> P. 1:6(5)"))))
        .hasMessageContaining("in: (the end)")
        .hasMessageContaining("expected nothing, came 0.5 > P. 1:6(5) ack 6");
  }

  @Test
  void anErrorThatNoLineExpectsFails() {
    assertThatThrownBy(() -> play(RIGHT.replace("error ECONNRESET\n", "")))
        .hasMessageContaining("expected no error, came ECONNRESET at 0.9");
  }

  @Test
  void aFailureTellsWhatHappenedBefore() {
    assertThatThrownBy(() -> play(RIGHT.replace("ack 6 win 1023", "ack 7")))
        .hasMessageContaining("0 < S 0:0(0) <mss 1460, sackOK, ts 1000, wscale 7>")
        .hasMessageContaining("0 > S. 0:0(0) ack 1 win 65535 <mss 1460, sackOK, ts 0 ecr 1000");
  }

  @Test
  void loopsCountAndCompute() {
    play(
        """
        # The first sixteen segments are acknowledged at once.
        0 accepted
        repeat 16 {
          +0.01 < P. {i+1}:{i+2}(1) ack 1
          > . 1:1(0) ack {i+2}
        }
        each t in 0.2 0.4 {
          define SEGMENT P. {5*t+16}:{5*t+17}(1)
          {t} < $SEGMENT ack 1
          +0.04 > . 1:1(0) ack {5*t+17}
        }
        """);
  }
}
