package dev.dockwire.program.shell;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Input;
import dev.dockwire.host.Pipe;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.program.shell.Command.And;
import dev.dockwire.program.shell.Command.Assignment;
import dev.dockwire.program.shell.Command.Background;
import dev.dockwire.program.shell.Command.Case;
import dev.dockwire.program.shell.Command.For;
import dev.dockwire.program.shell.Command.Function;
import dev.dockwire.program.shell.Command.If;
import dev.dockwire.program.shell.Command.Or;
import dev.dockwire.program.shell.Command.Pipeline;
import dev.dockwire.program.shell.Command.Redirected;
import dev.dockwire.program.shell.Command.Sequence;
import dev.dockwire.program.shell.Command.Simple;
import dev.dockwire.program.shell.Command.Subshell;
import dev.dockwire.program.shell.Command.While;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs commands, each to an exit status, on the process of the shell or subshell that it belongs
 * to. Programs become child processes; what a real shell forks for becomes a child process with an
 * interpreter of its own, on a copy of the state.
 */
final class Interpreter {

  /** Deeper calls of functions are refused before Java's stack is full. */
  private static final int MAX_CALL_DEPTH = 100;

  /** What a turn of a loop costs, so that time passes for a loop that only computes. */
  private static final long LOOP_TURN_NANOS = 1_000;

  private final Process self;
  private final ShellState state;
  private final Expander expander;
  private final Jobs jobs;
  private final boolean interactive;
  private Stdio stdio;
  private int callDepth;
  private int loopDepth;
  private int conditions;
  private int substitutionStatus;

  Interpreter(Process self, ShellState state, boolean interactive) {
    this.self = self;
    this.state = state;
    this.interactive = interactive;
    this.stdio = self.stdio();
    this.expander = new Expander(this, state);
    this.jobs = new Jobs(this);
  }

  Process self() {
    return self;
  }

  ShellState state() {
    return state;
  }

  Expander expander() {
    return expander;
  }

  Jobs jobs() {
    return jobs;
  }

  boolean isInteractive() {
    return interactive;
  }

  boolean isInLoop() {
    return loopDepth > 0;
  }

  Stdio stdio() {
    return stdio;
  }

  void stdio(Stdio replacement) {
    stdio = replacement;
  }

  void print(String text) {
    self.write(stdio.out(), text);
  }

  void printError(String text) {
    self.write(stdio.err(), text);
  }

  /** Prints a message after the shell's name and, in a script, the number of the line. */
  void complain(String message) {
    complain(message, stdio);
  }

  private void complain(String message, Stdio where) {
    String line = state.numbersLines && !interactive ? "line " + state.line + ": " : "";
    self.write(where.err(), state.name + ": " + line + message + "\n");
  }

  /** Prints a builtin's message. */
  private void complain(String builtin, String message) {
    String line = interactive ? "" : "line " + state.line + ": ";
    printError(state.name + ": " + builtin + ": " + line + message + "\n");
  }

  /**
   * Runs a command.
   *
   * @param last whether nothing comes after it, so that a program may take this process's place
   * @return the exit status, which is {@code $?} from now on
   */
  int run(Command command, boolean last) {
    state.status =
        switch (command) {
          case Simple simple -> runSimple(simple, last);
          case Pipeline pipeline -> runPipeline(pipeline);
          case And(Command left, Command right) ->
              runCondition(left) == 0 ? run(right, last) : state.status;
          case Or(Command left, Command right) ->
              runCondition(left) != 0 ? run(right, last) : state.status;
          case Sequence(List<Command> commands) -> runSequence(commands, last);
          case Background(Command job, String text) -> runInBackground(job, text);
          case Subshell(Command body) -> waitFor(List.of(fork(body, stdio)));
          case If(Command condition, Command then, Command otherwise) ->
              run(runCondition(condition) == 0 ? then : otherwise, last);
          case While loop -> runWhile(loop);
          case For loop -> runFor(loop);
          case Case choice -> runCase(choice);
          case Function(String name, Command body) -> {
            state.functions.put(name, body);
            yield 0;
          }
          case Redirected(Command inner, List<Command.Redirection> redirections) ->
              runRedirected(inner, redirections);
        };
    return state.status;
  }

  private int runSequence(List<Command> commands, boolean last) {
    int status = 0;
    for (int i = 0; i < commands.size(); i++) {
      status = run(commands.get(i), last && i == commands.size() - 1);
    }
    return status;
  }

  private int runCondition(Command condition) {
    conditions++;
    try {
      return run(condition, false);
    } finally {
      conditions--;
    }
  }

  private int runWhile(While loop) {
    int status = 0;
    while ((runCondition(loop.condition()) == 0) != loop.until()) {
      self.sleep(LOOP_TURN_NANOS);
      Optional<Jump> jump = runBody(loop.body());
      status = state.status;
      if (jump.isPresent()) {
        break;
      }
    }
    return status;
  }

  private int runFor(For loop) {
    List<String> values =
        loop.words().map(expander::arguments).orElse(state.variables.positional());
    state.status = 0;
    for (String value : values) {
      self.sleep(LOOP_TURN_NANOS);
      state.variables.set(loop.name(), value);
      if (runBody(loop.body()).isPresent()) {
        break;
      }
    }
    return state.status;
  }

  /** Runs the body of a loop once; returns a jump if the loop is to be left. */
  private Optional<Jump> runBody(Command body) {
    loopDepth++;
    try {
      run(body, false);
      return Optional.empty();
    } catch (Jump jump) {
      if (jump.kind() == Jump.Kind.RETURN || jump.kind() == Jump.Kind.INTERRUPT) {
        throw jump;
      }
      if (jump.value() > 1 && loopDepth > 1) {
        throw new Jump(jump.kind(), jump.value() - 1);
      }
      state.status = 0;
      return jump.kind() == Jump.Kind.BREAK ? Optional.of(jump) : Optional.empty();
    } finally {
      loopDepth--;
    }
  }

  private int runCase(Case choice) {
    String subject = expander.text(choice.subject());
    for (Case.Clause clause : choice.clauses()) {
      for (Word pattern : clause.patterns()) {
        if (Pattern.matches(expander.pattern(pattern), subject)) {
          return run(clause.body(), false);
        }
      }
    }
    return 0;
  }

  private int runRedirected(Command command, List<Command.Redirection> redirections) {
    Stdio before = stdio;
    try {
      stdio = redirected(redirections);
      return run(command, false);
    } catch (ShellException cannotOpen) {
      complain(cannotOpen.getMessage());
      return cannotOpen.status();
    } finally {
      stdio = before;
    }
  }

  private int runPipeline(Pipeline pipeline) {
    if (pipeline.stages().size() == 1) {
      return runCondition(pipeline.stages().getFirst()) == 0 ? 1 : 0;
    }
    int status = waitFor(startPipeline(pipeline.stages()));
    return pipeline.negated() ? (status == 0 ? 1 : 0) : checked(status);
  }

  /** Starts the stages from left to right, each reading what the one before writes. */
  private List<Process> startPipeline(List<Command> stages) {
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
      if (interactive && !processes.isEmpty()) {
        stage.join(processes.getFirst());
      }
      processes.add(stage);
    }
    return processes;
  }

  private int runInBackground(Command job, String text) {
    List<Process> processes =
        job instanceof Pipeline pipeline && !pipeline.negated()
            ? startPipelineInBackground(pipeline)
            : List.of(fork(job, inBackground()));
    if (!interactive) {
      for (Process process : processes) {
        // Without job control a background job shares the terminal's group, not its interrupts.
        process.ignoreSignal(Signal.INT);
        process.ignoreSignal(Signal.QUIT);
      }
    }
    state.lastBackgroundPid = processes.getLast().pid();
    jobs.add(processes.getLast(), text);
    return 0;
  }

  private List<Process> startPipelineInBackground(Pipeline pipeline) {
    Stdio before = stdio;
    stdio = inBackground();
    try {
      return startPipeline(pipeline.stages());
    } finally {
      stdio = before;
    }
  }

  /** A job in the background does not take what is typed from those in the foreground. */
  private Stdio inBackground() {
    return stdio.in().tty().isPresent() ? stdio.withIn(Input.NULL) : stdio;
  }

  /** Starts a subshell, which leads a group of its own where there is job control. */
  private Process fork(Command command, Stdio childStdio) {
    ShellState copy = new ShellState(state);
    Process child =
        start(
            process -> new Interpreter(process, copy, false).runToEnd(command),
            self.arguments(),
            state.variables.environment(),
            childStdio);
    if (interactive) {
      child.lead();
    }
    return child;
  }

  private Process start(
      Program program, List<String> arguments, Map<String, String> environment, Stdio childStdio) {
    return self.host()
        .processes()
        .start(
            program,
            self,
            new ProcessSpec(arguments, environment, self.workingDirectory(), childStdio));
  }

  /** Runs all that a subshell has to run. */
  int runToEnd(Command command) {
    try {
      return run(command, true);
    } catch (Jump jump) {
      return jump.value();
    } catch (ShellException fatal) {
      if (!fatal.isPrinted()) {
        complain(fatal.getMessage());
      }
      return fatal.status();
    }
  }

  /** Runs a script in a subshell and gathers what it prints, without the newlines at its end. */
  String outputOf(Command script) {
    Pipe pipe = new Pipe();
    pipe.input().open();
    Process child = fork(script, stdio.withOut(pipe.output()));
    if (interactive) {
      foreground(child);
    }
    byte[] output = new LineReader(self, pipe.input()).readAll();
    pipe.input().close();
    substitutionStatus = waitFor(List.of(child));
    int length = output.length;
    while (length > 0 && output[length - 1] == '\n') {
      length--;
    }
    return new String(output, 0, length, StandardCharsets.UTF_8).replace("\0", "");
  }

  /** Waits for a job in the foreground; its last process has the status. */
  private int waitFor(List<Process> job) {
    return interactive ? waitInForeground(job) : waitWithTerminal(job);
  }

  private int waitInForeground(List<Process> job) {
    foreground(job.getFirst());
    job.forEach(self::waitFor);
    foreground(self);
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
    job.getLast().endedBy().filter(signal -> signal != Signal.INT).ifPresent(this::report);
    return job.getLast().exitStatus();
  }

  private void report(Signal signal) {
    if (signal == Signal.INT) {
      printError("\n");
    } else if (signal != Signal.PIPE) {
      printError(signal.text() + "\n");
    }
  }

  private int runSimple(Simple simple, boolean last) {
    state.line = simple.line();
    substitutionStatus = 0;
    List<String> words = expander.arguments(simple.words());
    if (words.isEmpty()) {
      return checked(runAssignments(simple));
    }
    trace(words);
    Command function = state.functions.get(words.getFirst());
    Optional<Builtin> builtin = Builtins.find(words.getFirst());
    if (builtin.isPresent() || function != null) {
      return checked(runHere(simple, words, function, builtin));
    }
    return checked(runProgram(simple, words, last));
  }

  /** With {@code set -e}, a command that failed ends the shell unless something looks at it. */
  private int checked(int status) {
    if (status != 0 && state.exitOnError && conditions == 0) {
      self.exit(status);
    }
    return status;
  }

  private int runAssignments(Simple simple) {
    try {
      redirected(simple.redirections());
    } catch (ShellException cannotOpen) {
      complain(cannotOpen.getMessage());
      return cannotOpen.status();
    }
    for (Assignment assignment : simple.assignments()) {
      String value = expander.text(assignment.value());
      state.variables.set(assignment.name(), value);
      trace(List.of(assignment.name() + "=" + value));
    }
    return substitutionStatus;
  }

  private void trace(List<String> words) {
    if (state.trace) {
      printError("+ " + String.join(" ", words) + "\n");
    }
  }

  /** Runs a function or a builtin, in the shell itself. */
  private int runHere(
      Simple simple, List<String> words, Command function, Optional<Builtin> builtin) {
    Stdio before = stdio;
    Map<String, Optional<String>> saved = new LinkedHashMap<>(0);
    try {
      stdio = redirectedHere(simple);
      for (Assignment assignment : simple.assignments()) {
        saved.putIfAbsent(assignment.name(), state.variables.get(assignment.name()));
        state.variables.set(assignment.name(), expander.text(assignment.value()));
      }
      if (function != null) {
        return call(function, words);
      }
      int status = builtin.get().run(this, words);
      if (words.getFirst().equals("exec")) {
        before = stdio;
      }
      return status;
    } catch (ShellException failed) {
      if (function != null) {
        throw failed;
      }
      if (!failed.isPrinted()) {
        complain(words.getFirst(), failed.getMessage());
      }
      if (builtin.get().isSpecial()) {
        throw failed.printed();
      }
      return failed.status();
    } finally {
      stdio = before;
      saved.forEach(
          (name, value) ->
              value.ifPresentOrElse(
                  old -> state.variables.set(name, old), () -> state.variables.unset(name)));
    }
  }

  private Stdio redirectedHere(Simple simple) {
    try {
      return redirected(simple.redirections());
    } catch (ShellException cannotOpen) {
      complain(cannotOpen.getMessage());
      throw cannotOpen.printed();
    }
  }

  private int call(Command function, List<String> words) {
    List<String> positional = state.variables.positional();
    state.variables.positional(words.subList(1, words.size()));
    callDepth++;
    int outerLoops = loopDepth;
    loopDepth = 0;
    try {
      requireDepth();
      return run(function, false);
    } catch (Jump jump) {
      if (jump.kind() == Jump.Kind.INTERRUPT) {
        throw jump;
      }
      return jump.value();
    } finally {
      loopDepth = outerLoops;
      callDepth--;
      state.variables.positional(positional);
    }
  }

  private int runProgram(Simple simple, List<String> words, boolean last) {
    Stdio childStdio = stdio;
    try {
      childStdio = redirected(simple.redirections());
      Map<String, String> environment = state.variables.environment();
      for (Assignment assignment : simple.assignments()) {
        environment.put(assignment.name(), expander.text(assignment.value()));
      }
      Program program = find(words.getFirst());
      if (last) {
        self.exec(
            program, new ProcessSpec(words, environment, self.workingDirectory(), childStdio));
      }
      return runProgram(program, words, environment, childStdio);
    } catch (ShellException failed) {
      complain(failed.getMessage(), childStdio);
      return failed.status();
    }
  }

  private int runProgram(
      Program program, List<String> words, Map<String, String> environment, Stdio childStdio) {
    Process child = start(program, words, environment, childStdio);
    if (interactive) {
      child.lead();
    }
    return waitFor(List.of(child));
  }

  /** Runs a builtin or a program, whatever functions there are. */
  int runWithoutFunctions(List<String> words) {
    Optional<Builtin> builtin = Builtins.find(words.getFirst());
    return builtin.isPresent()
        ? builtin.get().run(this, words)
        : runProgram(find(words.getFirst()), words, state.variables.environment(), stdio);
  }

  /** Runs a command from within a builtin. */
  int runNested(Command command) {
    callDepth++;
    try {
      requireDepth();
      return run(command, false);
    } finally {
      callDepth--;
    }
  }

  private void requireDepth() {
    if (callDepth > MAX_CALL_DEPTH) {
      throw new ShellException("maximum function recursion depth reached", 2);
    }
  }

  /**
   * Finds the program that a command's name means, by itself if it has a slash, else along PATH.
   *
   * @throws ShellException with status 127 if there is none, 126 if it cannot be run
   */
  Program find(String name) {
    if (name.isEmpty()) {
      throw new ShellException(": Permission denied", 127);
    }
    boolean denied = false;
    for (String path : candidates(name)) {
      Optional<FileNode> node = self.host().files().find(path);
      if (node.isPresent()
          && node.get() instanceof FileNode.RegularFile file
          && file.program().isPresent()) {
        return file.program().get();
      }
      denied |=
          node.isPresent() && (name.contains("/") || !(node.get() instanceof FileNode.Directory));
    }
    throw denied
        ? new ShellException(name + ": Permission denied", 126)
        : new ShellException(name + ": not found", 127);
  }

  /** The places where a command may be. */
  List<String> candidates(String name) {
    if (name.contains("/")) {
      return List.of(FileTree.resolve(self.workingDirectory(), name));
    }
    List<String> places = new ArrayList<>();
    for (String directory :
        state.variables.get("PATH").orElse("/sbin:/usr/sbin:/bin:/usr/bin").split(":")) {
      places.add(
          FileTree.resolve(
              FileTree.resolve(self.workingDirectory(), directory.isEmpty() ? "." : directory),
              name));
    }
    return places;
  }

  /**
   * The standard streams after some redirections.
   *
   * @throws ShellException if a file cannot be opened
   */
  private Stdio redirected(List<Command.Redirection> redirections) {
    return new Redirector(self, expander).apply(redirections, stdio);
  }
}
