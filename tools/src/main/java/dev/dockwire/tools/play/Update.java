package dev.dockwire.tools.play;

import dev.dockwire.tools.play.Player.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rewrites the expected output of the steps that came out otherwise, and nothing else. */
final class Update {

  private Update() {}

  /** Returns how many steps were rewritten. */
  static int apply(Scenario scenario, List<Result> results) throws IOException {
    List<String> lines = new ArrayList<>(scenario.lines());
    int rewritten = 0;
    for (Result result : results.reversed()) {
      boolean wrongStatus =
          result.status().isPresent() && !result.status().equals(result.step().status());
      if (wrongStatus) {
        lines.set(result.step().statusLine() - 1, "? " + result.status().getAsInt());
      }
      List<String> expected = result.step().expected();
      boolean wrongOutput = !new Expectation(expected).matches(result.output());
      if (wrongOutput) {
        int first = result.step().expectedLine() - 1;
        lines.subList(first, first + expected.size()).clear();
        lines.addAll(first, result.output().stream().map(Update::asExpectation).toList());
      }
      if (wrongOutput || wrongStatus) {
        rewritten++;
      }
    }
    if (rewritten > 0) {
      Files.writeString(
          scenario.file(), lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }
    return rewritten;
  }

  /**
   * A line as output: one that would be read as a command, a key or a fence loses its beginning.
   */
  private static String asExpectation(String output) {
    if (!ScenarioReader.readsAsSomethingElse(output)) {
      return output;
    }
    String text = output.strip();
    return Expectation.ANY_TEXT + text.substring(Math.min(text.length(), 3));
  }
}
