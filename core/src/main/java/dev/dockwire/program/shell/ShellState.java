package dev.dockwire.program.shell;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a subshell gets a copy of. */
final class ShellState {

  final Variables variables;
  final Map<String, Command> functions;

  /** What {@code $0} is and error messages begin with. */
  final String name;

  /** What {@code $$} is, in subshells, too. */
  final int shellPid;

  int status;
  int lastBackgroundPid;
  boolean exitOnError;
  boolean trace;

  ShellState(String name, int shellPid, Variables variables) {
    this.name = name;
    this.shellPid = shellPid;
    this.variables = variables;
    this.functions = new LinkedHashMap<>(0);
  }

  ShellState(ShellState other) {
    name = other.name;
    shellPid = other.shellPid;
    variables = new Variables(other.variables);
    functions = new LinkedHashMap<>(other.functions);
    status = other.status;
    lastBackgroundPid = other.lastBackgroundPid;
    exitOnError = other.exitOnError;
    trace = other.trace;
  }
}
