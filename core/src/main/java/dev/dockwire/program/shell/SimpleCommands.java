package dev.dockwire.program.shell;

import dev.dockwire.host.Errno;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.program.shell.Command.Assignment;
import dev.dockwire.program.shell.Command.Simple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs simple commands (POSIX.1, Shell Command Language, 2.9.1): expands their words, redirects
 * their streams and assigns their variables, then runs what the first word names: a function or a
 * builtin in the shell itself, or a program, which is a child.
 */
final class SimpleCommands {

  private final Interpreter shell;
  private final Process self;
  private final ShellState state;
  private final Expander expander;
  private final Children children;
  private int substitutionStatus;

  SimpleCommands(Interpreter shell, ShellState state, Expander expander, Children children) {
    this.shell = shell;
    this.self = shell.self();
    this.state = state;
    this.expander = expander;
    this.children = children;
  }

  /** A command substitution has ended: the status of a command without words. */
  void substituted(int status) {
    substitutionStatus = status;
  }

  /**
   * Runs one.
   *
   * @param last whether nothing comes after it, so that a program may take the shell's place
   * @return the exit status
   */
  int run(Simple simple, boolean last) {
    state.line = simple.line();
    substitutionStatus = 0;
    List<String> words = expander.arguments(simple.words());
    if (words.isEmpty()) {
      return runAssignments(simple);
    }
    trace(words);
    Command function = state.functions.get(words.getFirst());
    Optional<Builtin> builtin = Builtins.find(words.getFirst());
    return builtin.isPresent() || function != null
        ? runHere(simple, words, function, builtin)
        : runProgram(simple, words, last);
  }

  private int runAssignments(Simple simple) {
    try {
      shell.redirected(simple.redirections());
    } catch (ShellException cannotOpen) {
      shell.complain(cannotOpen.getMessage());
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
      shell.printError("+ " + String.join(" ", words) + "\n");
    }
  }

  /** Runs a function or a builtin, in the shell itself. */
  private int runHere(
      Simple simple, List<String> words, Command function, Optional<Builtin> builtin) {
    Stdio before = shell.stdio();
    Map<String, Optional<String>> saved = new LinkedHashMap<>(0);
    try {
      shell.stdio(redirectedHere(simple));
      for (Assignment assignment : simple.assignments()) {
        saved.putIfAbsent(assignment.name(), state.variables.get(assignment.name()));
        state.variables.set(assignment.name(), expander.text(assignment.value()));
      }
      if (function != null) {
        return shell.call(function, words);
      }
      int status = runBuiltin(builtin.get(), words);
      if (words.getFirst().equals("exec")) {
        before = shell.stdio();
      }
      return status;
    } catch (ShellException failed) {
      if (function != null) {
        throw failed;
      }
      if (!failed.isPrinted()) {
        shell.complain(words.getFirst(), failed.getMessage());
      }
      if (builtin.get().isSpecial()) {
        throw failed.printed();
      }
      return failed.status();
    } finally {
      shell.stdio(before);
      saved.forEach(
          (name, value) ->
              value.ifPresentOrElse(
                  old -> state.variables.set(name, old), () -> state.variables.unset(name)));
    }
  }

  private Stdio redirectedHere(Simple simple) {
    try {
      return shell.redirected(simple.redirections());
    } catch (ShellException cannotOpen) {
      shell.complain(cannotOpen.getMessage());
      throw cannotOpen.printed();
    }
  }

  /**
   * A full disk is the builtin's trouble, not the shell's; a reader that has gone is the shell's.
   */
  private int runBuiltin(Builtin builtin, List<String> words) {
    try {
      return builtin.run(shell, words);
    } catch (SystemCallException failed) {
      if (failed.errno() == Errno.EPIPE) {
        throw failed;
      }
      shell.printError(state.name + ": write error: " + failed.getMessage() + "\n");
      return 1;
    }
  }

  private int runProgram(Simple simple, List<String> words, boolean last) {
    Stdio childStdio = shell.stdio();
    try {
      childStdio = shell.redirected(simple.redirections());
      Map<String, String> environment = state.variables.environment();
      for (Assignment assignment : simple.assignments()) {
        environment.put(assignment.name(), expander.text(assignment.value()));
      }
      Program program = shell.search().find(words.getFirst());
      if (last) {
        self.exec(
            program, new ProcessSpec(words, environment, self.workingDirectory(), childStdio));
      }
      return runProgram(program, words, environment, childStdio);
    } catch (ShellException failed) {
      shell.complain(failed.getMessage(), childStdio);
      return failed.status();
    }
  }

  private int runProgram(
      Program program, List<String> words, Map<String, String> environment, Stdio childStdio) {
    return children.waitFor(List.of(children.start(program, words, environment, childStdio)));
  }

  /** Runs a builtin or a program, whatever functions there are. */
  int runWithoutFunctions(List<String> words) {
    Optional<Builtin> builtin = Builtins.find(words.getFirst());
    return builtin.isPresent()
        ? builtin.get().run(shell, words)
        : runProgram(
            shell.search().find(words.getFirst()),
            words,
            state.variables.environment(),
            shell.stdio());
  }
}
