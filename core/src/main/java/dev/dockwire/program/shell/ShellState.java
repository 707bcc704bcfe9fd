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

  /** Whether messages have the number of the line: not where there is only one script. */
  final boolean numbersLines;

  int line;
  int status;
  int lastBackgroundPid;
  boolean exitOnError;
  boolean trace;

  ShellState(String name, boolean numbersLines, int shellPid, Variables variables) {
    this.name = name;
    this.numbersLines = numbersLines;
    this.shellPid = shellPid;
    this.variables = variables;
    this.functions = new LinkedHashMap<>(0);
  }

  ShellState(ShellState other) {
    name = other.name;
    numbersLines = other.numbersLines;
    line = other.line;
    shellPid = other.shellPid;
    variables = new Variables(other.variables);
    functions = new LinkedHashMap<>(other.functions);
    status = other.status;
    lastBackgroundPid = other.lastBackgroundPid;
    exitOnError = other.exitOnError;
    trace = other.trace;
  }
}
