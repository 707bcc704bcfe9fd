package dev.dockwire.program.shell;

import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.program.shell.Command.And;
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
import java.util.List;
import java.util.Optional;

/**
 * Runs commands, each to an exit status, on the process of the shell or subshell that it belongs
 * to: which ones, how often, and where a jump leads. {@link SimpleCommands} does what they are made
 * of; programs and subshells become {@link Children}.
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
  private final Children children;
  private final CommandSearch search;
  private final SimpleCommands simpleCommands;
  private final boolean interactive;
  private Stdio stdio;
  private int callDepth;
  private int loopDepth;
  private int conditions;

  Interpreter(Process self, ShellState state, boolean interactive) {
    this.self = self;
    this.state = state;
    this.interactive = interactive;
    this.stdio = self.stdio();
    this.expander = new Expander(this, state);
    this.jobs = new Jobs(this);
    this.children = new Children(this, state);
    this.search = new CommandSearch(self, state.variables);
    this.simpleCommands = new SimpleCommands(this, state, expander, children);
  }

  Process self() {
    return self;
  }

  ShellState state() {
    return state;
  }

  CommandSearch search() {
    return search;
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

  void stdio(Stdio newStdio) {
    stdio = newStdio;
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

  void complain(String message, Stdio where) {
    String line = state.numbersLines && !interactive ? "line " + state.line + ": " : "";
    self.write(where.err(), state.name + ": " + line + message + "\n");
  }

  /** Prints a builtin's message. */
  void complain(String builtin, String message) {
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
          case Simple simple -> checked(simpleCommands.run(simple, last));
          case Pipeline pipeline -> runPipeline(pipeline);
          case And(Command left, Command right) ->
              runCondition(left) == 0 ? run(right, last) : state.status;
          case Or(Command left, Command right) ->
              runCondition(left) != 0 ? run(right, last) : state.status;
          case Sequence(List<Command> commands) -> runSequence(commands, last);
          case Background(Command job, String text) -> {
            jobs.add(children.startInBackground(job, stdio), text);
            yield 0;
          }
          case Subshell(Command body) -> children.waitFor(List.of(children.fork(body, stdio)));
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
    int status = children.waitFor(children.startPipeline(pipeline.stages(), stdio));
    return pipeline.negated() ? (status == 0 ? 1 : 0) : checked(status);
  }

  /** What a script prints in a subshell, whose status is that of a command without words. */
  String outputOf(Command script) {
    Children.Output output = children.outputOf(script, stdio);
    simpleCommands.substituted(output.status());
    return output.text();
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

  /** With {@code set -e}, a command that failed ends the shell unless something looks at it. */
  private int checked(int status) {
    if (status != 0 && state.exitOnError && conditions == 0) {
      self.exit(status);
    }
    return status;
  }

  /** Runs a function with the words of its call. */
  int call(Command function, List<String> words) {
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

  /** Runs a builtin or a program, whatever functions there are. */
  int runWithoutFunctions(List<String> words) {
    return simpleCommands.runWithoutFunctions(words);
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
   * The standard streams after some redirections.
   *
   * @throws ShellException if a file cannot be opened
   */
  Stdio redirected(List<Command.Redirection> redirections) {
    return new Redirector(self, expander).apply(redirections, stdio);
  }
}
