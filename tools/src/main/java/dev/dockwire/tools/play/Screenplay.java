package dev.dockwire.tools.play;

import dev.dockwire.tools.play.Player.Result;
import dev.dockwire.tools.play.Scenario.Step;
import java.io.PrintWriter;
import java.util.List;

/** Prints a session as it goes: in colour on a terminal, plainly elsewhere. */
final class Screenplay {

  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean colour;

  Screenplay(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  void typed(Step step) {
    print(BOLD, step.shown());
  }

  void output(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  void problem(Scenario scenario, Result result) {
    print(
        RED,
        scenario.file()
            + ":"
            + result.step().line()
            + ": not as expected: "
            + result.step().shown());
    for (String line : result.problem()) {
      print(line.startsWith("-") ? GREEN : line.startsWith("+") ? RED : "", "    " + line);
    }
  }

  void verdict(Scenario scenario, List<Result> results, boolean inTime) {
    long wrong = results.stream().filter(result -> !result.isAsExpected()).count();
    if (!inTime) {
      print(RED, scenario.file() + ": time limit reached after " + results.size() + " steps");
    } else if (wrong > 0) {
      print(
          RED, scenario.file() + ": " + wrong + " of " + results.size() + " steps not as expected");
    } else {
      print(GREEN, scenario.file() + ": " + results.size() + " steps as expected");
    }
  }

  private void print(String style, String line) {
    out.println(colour && !style.isEmpty() ? style + line + PLAIN : line);
    out.flush();
  }
}
