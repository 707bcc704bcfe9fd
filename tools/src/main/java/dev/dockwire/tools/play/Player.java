package dev.dockwire.tools.play;

import dev.dockwire.tools.play.Scenario.Action;
import dev.dockwire.tools.play.Scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Plays the steps of a scenario in order and compares what comes back with what is expected. */
final class Player {

  /**
   * What became of one step.
   *
   * @param status the exit status, if the step asserts one and a shell could be asked
   * @param problem what is wrong, as lines for the reader; empty if all is as expected
   */
  record Result(Step step, List<String> output, OptionalInt status, List<String> problem) {
    boolean isAsExpected() {
      return problem.isEmpty();
    }
  }

  private final Scenario scenario;
  private final Session session;
  private final Screenplay screenplay;
  private final List<Result> results = new ArrayList<>();

  Player(Scenario scenario, Session session, Screenplay screenplay) {
    this.scenario = scenario;
    this.session = session;
    this.screenplay = screenplay;
  }

  /** Plays all steps; returns false if the time limit ended it. */
  boolean play() {
    if (!session.start()) {
      return false;
    }
    List<Step> steps = scenario.steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean thenKey = i + 1 < steps.size() && steps.get(i + 1).isKey();
      screenplay.typed(step);
      if (step.action() == Action.CONTAINER_COMMAND && !session.isAttached()) {
        settle(
            step,
            List.of(),
            OptionalInt.empty(),
            List.of("no container is attached to type this at"));
        continue;
      }
      Session.Outcome outcome = session.play(step, thenKey);
      screenplay.output(outcome.output());
      if (!outcome.ended()) {
        settle(
            step,
            outcome.output(),
            OptionalInt.empty(),
            List.of("time limit: the command has not ended"));
        return false;
      }
      OptionalInt status = step.status().isPresent() ? session.lastStatus() : OptionalInt.empty();
      settle(step, outcome.output(), status, problem(step, outcome.output(), status));
    }
    return true;
  }

  private static List<String> problem(Step step, List<String> output, OptionalInt status) {
    List<String> problem = new ArrayList<>();
    Expectation expectation = new Expectation(step.expected());
    if (!expectation.matches(output)) {
      problem.addAll(expectation.difference(output));
    }
    if (!status.equals(step.status())) {
      problem.add("- exit status " + step.status().getAsInt());
      problem.add(
          status.isPresent()
              ? "+ exit status " + status.getAsInt()
              : "+ no exit status: the command has not ended");
    }
    return problem;
  }

  private void settle(Step step, List<String> output, OptionalInt status, List<String> problem) {
    Result result = new Result(step, output, status, problem);
    results.add(result);
    if (!result.isAsExpected()) {
      screenplay.problem(scenario, result);
    }
  }

  List<Result> results() {
    return results;
  }
}
