package dev.dockwire.tools.template;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The tree of a parsed template: statements that write, and operands that have a value. {@code
 * position} is a character index into the text; {@link Operand#source} is how Go's error texts show
 * an operand, which is not always how it was written.
 */
sealed interface Node {

  int position();

  /** What stands outside of the delimiters, or between them as a whole. */
  sealed interface Statement extends Node {}

  /** What has a value. */
  sealed interface Operand extends Node {
    String source();
  }

  /** An operand written out in the template, whose value needs no data. */
  sealed interface Constant extends Operand {}

  record Text(int position, String text) implements Statement {}

  record Action(int position, Pipeline pipeline) implements Statement {}

  record If(int position, Pipeline pipeline, List<Statement> body, List<Statement> otherwise)
      implements Statement {}

  record With(int position, Pipeline pipeline, List<Statement> body, List<Statement> otherwise)
      implements Statement {}

  record Range(int position, Pipeline pipeline, List<Statement> body, List<Statement> otherwise)
      implements Statement {}

  record Break(int position) implements Statement {}

  record Continue(int position) implements Statement {}

  /** Commands, each fed the value of the one before; the last value may go to variables. */
  record Pipeline(int position, List<Variable> declared, boolean assigns, List<Command> commands)
      implements Operand {

    @Override
    public String source() {
      String stages = join(commands, " | ");
      return declared.isEmpty()
          ? stages
          : join(declared, ", ") + (assigns ? " = " : " := ") + stages;
    }
  }

  record Command(int position, List<Operand> words) implements Operand {

    @Override
    public String source() {
      return words.stream().map(Node::parenthesized).collect(Collectors.joining(" "));
    }
  }

  record Identifier(int position, String name) implements Operand {

    @Override
    public String source() {
      return name;
    }
  }

  record Field(int position, List<String> names) implements Operand {

    @Override
    public String source() {
      return "." + String.join(".", names);
    }
  }

  /** {@code $x} or {@code $x.A.B}; the first name is the variable's, with its dollar. */
  record Variable(int position, List<String> names) implements Operand {

    @Override
    public String source() {
      return String.join(".", names);
    }
  }

  /** Fields of anything that is neither dot nor a variable: {@code (index .A 0).B}. */
  record Chain(int position, Operand base, List<String> names) implements Operand {

    @Override
    public String source() {
      return parenthesized(base) + "." + String.join(".", names);
    }
  }

  record Dot(int position) implements Operand {

    @Override
    public String source() {
      return ".";
    }
  }

  record Nil(int position) implements Operand {

    @Override
    public String source() {
      return "nil";
    }
  }

  record Bool(int position, boolean value) implements Constant {

    @Override
    public String source() {
      return Boolean.toString(value);
    }
  }

  record Quoted(int position, String source, String text) implements Constant {}

  /** Either form is null where the constant has none: 1.5 is no integer. */
  record Number(int position, String source, Long integer, Double real) implements Constant {

    boolean isWrittenAsReal() {
      boolean hexadecimal = source.matches("0[xX][^pP]*");
      return !hexadecimal && source.charAt(0) != '\'' && source.matches(".*[.eEpP].*");
    }
  }

  private static String parenthesized(Operand operand) {
    return operand instanceof Pipeline ? "(" + operand.source() + ")" : operand.source();
  }

  private static String join(List<? extends Operand> operands, String separator) {
    return operands.stream().map(Operand::source).collect(Collectors.joining(separator));
  }
}
