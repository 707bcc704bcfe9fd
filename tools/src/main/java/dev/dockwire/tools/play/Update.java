package dev.dockwire.tools.play;

import dev.dockwire.tools.play.Player.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
      replace(scenario.file(), lines);
    }
    return rewritten;
  }

  /** Written beside it first: whatever happens meanwhile, the old file is there or the new one. */
  private static void replace(Path file, List<String> lines) throws IOException {
    Path old = file.toRealPath();
    Path unready = old.resolveSibling(old.getFileName() + ".new");
    String lineEnd = Files.readString(old).contains("\r\n") ? "\r\n" : "\n";
    try {
      Files.writeString(
          unready, lines.stream().map(line -> line + lineEnd).collect(Collectors.joining()));
      Files.setPosixFilePermissions(unready, Files.getPosixFilePermissions(old));
      Files.move(unready, old, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unready);
    }
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
