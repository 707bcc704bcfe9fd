package dev.dockwire.program.shell;

import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The background jobs of a shell. */
final class Jobs {

  private static final int COMMAND_COLUMN = 33;

  private record Job(int number, Process process, String text) {}

  private final Interpreter shell;
  private final List<Job> jobs = new ArrayList<>(0);

  Jobs(Interpreter shell) {
    this.shell = shell;
  }

  void add(Process process, String text) {
    int number = jobs.isEmpty() ? 1 : jobs.getLast().number() + 1;
    jobs.add(new Job(number, process, text));
  }

  /** Says which jobs have ended since the last prompt, and forgets them. */
  void reportEnded() {
    List<Job> ended = jobs.stream().filter(job -> job.process().hasEnded()).toList();
    for (Job job : ended) {
      shell.printError(shown(job));
    }
    jobs.removeAll(ended);
  }

  /** What the {@code jobs} command prints. */
  String list() {
    StringBuilder text = new StringBuilder();
    jobs.forEach(job -> text.append(shown(job)));
    jobs.removeIf(job -> job.process().hasEnded());
    return text.toString();
  }

  private String shown(Job job) {
    String mark = job == jobs.getLast() ? "+" : jobs.indexOf(job) == jobs.size() - 2 ? "-" : " ";
    String state = "[" + job.number() + "]" + mark + "  " + stateOf(job.process());
    return state + " ".repeat(Math.max(1, COMMAND_COLUMN - state.length())) + job.text() + "\n";
  }

  private static String stateOf(Process process) {
    if (!process.hasEnded()) {
      return "Running";
    }
    return process
        .endedBy()
        .map(Signal::text)
        .orElse(process.exitStatus() == 0 ? "Done" : "Done(" + process.exitStatus() + ")");
  }

  /** Waits until all jobs have ended. */
  int waitForAll() {
    for (Iterator<Job> each = jobs.iterator(); each.hasNext(); ) {
      Job job = each.next();
      if (!waitFor(job.process())) {
        return Signal.INT.exitStatus();
      }
      each.remove();
    }
    return 0;
  }

  /** Waits for one job; 127 if it is none of this shell's. */
  int waitFor(int pid) {
    Optional<Job> job = jobs.stream().filter(each -> each.process().pid() == pid).findFirst();
    if (job.isEmpty()) {
      return 127;
    }
    if (!waitFor(job.get().process())) {
      return Signal.INT.exitStatus();
    }
    jobs.remove(job.get());
    return job.get().process().exitStatus();
  }

  /** Returns false if a signal came first. */
  private boolean waitFor(Process process) {
    return shell.self().await(process.ended(), process::hasEnded);
  }

  /** The process that {@code %1}, {@code %%} or {@code %+} means. */
  Optional<Process> find(String text) {
    if (jobs.isEmpty()) {
      return Optional.empty();
    }
    if (text.equals("%%") || text.equals("%+") || text.equals("%")) {
      return Optional.of(jobs.getLast().process());
    }
    return jobs.stream()
        .filter(job -> text.equals("%" + job.number()))
        .map(Job::process)
        .findFirst();
  }
}
