package dev.dockwire.tools.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationTest {

  private static boolean matches(List<String> expected, String... actual) {
    return new Expectation(expected).matches(List.of(actual));
  }

  @Test
  void linesAreComparedWithoutBlanksAtTheirEnd() {
    assertThat(matches(List.of("a  ", "b"), "a", "b   ")).isTrue();
    assertThat(matches(List.of(" a"), "a")).isFalse();
    assertThat(matches(List.of("a"), "a", "b")).isFalse();
    assertThat(matches(List.of("a", "b"), "a")).isFalse();
    assertThat(matches(List.of())).isTrue();
    assertThat(matches(List.of(), "unexpected")).isFalse();
  }

  @Test
  void threeDotsStandForAnyLines() {
    assertThat(matches(List.of("...", "z"), "z")).isTrue();
    assertThat(matches(List.of("...", "z"), "a", "z", "b", "z")).isTrue();
    assertThat(matches(List.of("a", "..."), "a")).isTrue();
    assertThat(matches(List.of("a", "...", "c", "..."), "a", "b", "c", "d")).isTrue();
    assertThat(matches(List.of("a", "...", "c"), "a", "b", "d")).isFalse();
  }

  @Test
  void dotsInBracketsStandForAnyText() {
    assertThat(matches(List.of("time=[..] ms"), "time=0.131 ms")).isTrue();
    assertThat(matches(List.of("[..]"), "")).isTrue();
    assertThat(matches(List.of("a[..]b[..]c"), "a.b(")).isFalse();
    assertThat(matches(List.of("a[..]b[..]c"), "a.b(c)c")).isTrue();
    assertThat(matches(List.of("1.5 [..]"), "1x5 y")).as("other text is literal").isFalse();
  }

  @Test
  void outputThatGoesOnMeetsWhatIsExpectedSoFar() {
    Expectation expectation = new Expectation(List.of("PING", "...", "seq=1 [..]"));
    assertThat(expectation.isMetBy(List.of("PING", "seq=0 x"))).isFalse();
    assertThat(expectation.isMetBy(List.of("PING", "seq=0 x", "seq=1 y", "seq=2 z"))).isTrue();
  }

  @Test
  void theDifferenceKeepsWhatAgrees() {
    Expectation expectation = new Expectation(List.of("a", "b", "c"));
    assertThat(expectation.difference(List.of("a", "x", "c", "d")))
        .containsExactly("  a", "- b", "+ x", "  c", "+ d");
  }

  @Test
  void hundredThousandLinesAreNoTrouble() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add("line " + i);
    }
    Expectation expectation = new Expectation(many);
    assertThat(expectation.matches(many)).isTrue();
    List<String> other = new ArrayList<>(many);
    other.set(99_998, "else");
    assertThat(expectation.matches(other)).isFalse();
    assertThat(expectation.difference(other))
        .containsExactly(
            "  first difference at line 99999 of the output", "- line 99998", "+ else");
  }
}
