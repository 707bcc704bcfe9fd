package dev.dockwire.program.shell;

import java.util.List;
import java.util.Optional;

/** What a script is parsed into. */
sealed interface Command {

  /**
   * Assignments, words and redirections; any of them may be missing.
   *
   * @param line where it ends, for error messages
   */
  record Simple(
      List<Assignment> assignments, List<Word> words, List<Redirection> redirections, int line)
      implements Command {}

  record Pipeline(List<Command> stages, boolean negated) implements Command {}

  record And(Command left, Command right) implements Command {}

  record Or(Command left, Command right) implements Command {}

  record Sequence(List<Command> commands) implements Command {

    static final Sequence EMPTY = new Sequence(List.of());
  }

  record Background(Command command, String text) implements Command {}

  record Subshell(Command body) implements Command {}

  record If(Command condition, Command then, Command otherwise) implements Command {}

  record While(Command condition, Command body, boolean until) implements Command {}

  /**
   * {@code for name in words}.
   *
   * @param words the positional parameters if there is no {@code in}
   */
  record For(String name, Optional<List<Word>> words, Command body) implements Command {}

  record Case(Word subject, List<Clause> clauses) implements Command {

    record Clause(List<Word> patterns, Command body) {}
  }

  record Function(String name, Command body) implements Command {}

  /** A compound command with redirections. */
  record Redirected(Command command, List<Redirection> redirections) implements Command {}

  record Assignment(String name, Word value) {}

  /**
   * One redirection.
   *
   * @param descriptor 0, 1 or 2
   * @param operator {@code <}, {@code >}, {@code >>}, {@code <&} or {@code >&}
   * @param target the file or the other descriptor
   */
  record Redirection(int descriptor, String operator, Word target) {}
}
