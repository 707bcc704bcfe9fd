package dev.dockwire.program.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A word as it is written: its parts are put together, split and matched when it is expanded. */
record Word(List<Part> parts) {

  static final Word EMPTY = new Word(List.of());

  Word {
    parts = List.copyOf(parts);
  }

  /** A stretch of a word; what stands in quotes is neither split nor matched with file names. */
  sealed interface Part {

    /** Characters that stand for themselves. */
    record Text(String text, boolean quoted) implements Part {}

    /**
     * {@code $name} or <code>${name operator operand}</code>.
     *
     * @param operator empty for the plain value; {@code length} for <code>${#name}</code>
     */
    record Parameter(String name, String operator, Word operand, boolean quoted) implements Part {}

    /** The output of a script. */
    record Substitution(Command script, boolean quoted) implements Part {}

    /** {@code $((expression))}. */
    record Arithmetic(Word expression, boolean quoted) implements Part {}
  }

  /** The whole word, if it is plain text without quotes: what a keyword has to be. */
  Optional<String> plain() {
    return parts.size() == 1 && parts.getFirst() instanceof Part.Text(String text, boolean quoted)
        ? Optional.of(text).filter(_ -> !quoted)
        : Optional.empty();
  }

  /** The assignment that this word is if it stands before a command, as in {@code NAME=value}. */
  Optional<Command.Assignment> assignment() {
    if (parts.isEmpty() || !(parts.getFirst() instanceof Part.Text(String text, boolean quoted))) {
      return Optional.empty();
    }
    int equals = text.indexOf('=');
    if (quoted || equals < 0 || !Variables.isName(text.substring(0, equals))) {
      return Optional.empty();
    }
    List<Part> value = new ArrayList<>(parts);
    value.set(0, new Part.Text(text.substring(equals + 1), false));
    return Optional.of(new Command.Assignment(text.substring(0, equals), new Word(value)));
  }
}
