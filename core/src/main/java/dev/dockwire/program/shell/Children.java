package dev.dockwire.program.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dockwire.host.Input;
import dev.dockwire.host.Pipe;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.SystemCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The child processes of a shell: programs, subshells, pipelines; how they are started, waited for,
 * and who has the terminal meanwhile. An interactive shell has job control: each job is a process
 * group, and one of them, or the shell's own, is the terminal's foreground.
 */
final class Children {

  /** What a subshell printed and ended with. */
  record Output(String text, int status) {}

  private final Interpreter shell;
  private final ShellState state;
  private final Process self;

  Children(Interpreter shell, ShellState state) {
    this.shell = shell;
    this.state = state;
    this.self = shell.self();
  }

  /** Starts the stages from left to right, each reading what the one before writes. */
  List<Process> startPipeline(List<Command> stages, Stdio stdio) {
    List<Process> processes = new ArrayList<>(stages.size());
    Stdio next = stdio;
    for (int i = 0; i < stages.size(); i++) {
      Stdio own = next;
      if (i < stages.size() - 1) {
        Pipe pipe = new Pipe();
        own = own.withOut(pipe.output());
        next = stdio.withIn(pipe.input());
      }
      Process stage = fork(stages.get(i), own);
      if (shell.isInteractive() && !processes.isEmpty()) {
        stage.join(processes.getFirst());
      }
      processes.add(stage);
    }
    return processes;
  }

  /** Starts a job in the background; returns its last process. */
  Process startInBackground(Command job, Stdio stdio) {
    // It does not take what is typed from those in the foreground.
    Stdio own = stdio.in().tty().isPresent() ? stdio.withIn(Input.NULL) : stdio;
    List<Process> processes =
        job instanceof Command.Pipeline pipeline && !pipeline.negated()
            ? startPipeline(pipeline.stages(), own)
            : List.of(fork(job, own));
    if (!shell.isInteractive()) {
      for (Process process : processes) {
        // Without job control a background job shares the terminal's group, not its interrupts.
        process.ignoreSignal(Signal.INT);
        process.ignoreSignal(Signal.QUIT);
      }
    }
    state.lastBackgroundPid = processes.getLast().pid();
    return processes.getLast();
  }

  /** Starts a subshell, as after a fork: on a copy of the state. */
  Process fork(Command command, Stdio stdio) {
    ShellState copy = new ShellState(state);
    return start(
        process -> new Interpreter(process, copy, false).runToEnd(command),
        self.arguments(),
        state.variables.environment(),
        stdio);
  }

  /** Starts a program, which leads a group of its own where there is job control. */
  Process start(
      Program program, List<String> arguments, Map<String, String> environment, Stdio stdio) {
    ProcessSpec spec = new ProcessSpec(arguments, environment, self.workingDirectory(), stdio);
    try {
      Process child = self.host().processes().start(program, self, spec);
      if (shell.isInteractive()) {
        child.lead();
      }
      return child;
    } catch (SystemCallException full) {
      throw new ShellException("can't fork: " + full.getMessage(), 2);
    }
  }

  /** Runs a script in a subshell and gathers what it prints, without the newlines at its end. */
  Output outputOf(Command script, Stdio stdio) {
    Pipe pipe = new Pipe();
    pipe.input().open();
    Process child = fork(script, stdio.withOut(pipe.output()));
    if (shell.isInteractive()) {
      foreground(child);
    }
    byte[] output = new LineReader(self, pipe.input()).readAll();
    pipe.input().close();
    int status = waitFor(List.of(child));
    int length = output.length;
    while (length > 0 && output[length - 1] == '\n') {
      length--;
    }
    return new Output(new String(output, 0, length, UTF_8).replace("\0", ""), status);
  }

  /** Waits for a job in the foreground; its last process has the status. */
  int waitFor(List<Process> job) {
    return shell.isInteractive() ? waitInForeground(job) : waitWithTerminal(job);
  }

  private int waitInForeground(List<Process> job) {
    foreground(job.getFirst());
    job.forEach(self::waitFor);
    foreground(self);
    if (job.stream().anyMatch(process -> process.endedBy().equals(Optional.of(Signal.INT)))) {
      // The shell was not in the foreground and did not get the Ctrl-C that was for it, too.
      throw new Jump(Jump.Kind.INTERRUPT, Signal.INT.exitStatus());
    }
    job.getLast().endedBy().ifPresent(this::report);
    return job.getLast().exitStatus();
  }

  private void foreground(Process leader) {
    self.stdio().in().tty().ifPresent(tty -> tty.foreground(List.of(leader)));
  }

  /** An interrupt reaches the shell with its child; the child may finish first what it has to. */
  private int waitWithTerminal(List<Process> job) {
    boolean mortal = self.pid() != 1 && !self.ignores(Signal.INT);
    boolean[] interrupted = new boolean[1];
    if (mortal) {
      self.onSignal(Signal.INT, () -> interrupted[0] = true);
    }
    job.forEach(self::waitFor);
    if (mortal) {
      self.defaultSignal(Signal.INT);
    }
    if (interrupted[0]) {
      self.signal(Signal.INT);
    }
    job.getLast().endedBy().ifPresent(this::report);
    return job.getLast().exitStatus();
  }

  private void report(Signal signal) {
    if (signal != Signal.INT && signal != Signal.PIPE) {
      shell.printError(signal.text() + "\n");
    }
  }
}
