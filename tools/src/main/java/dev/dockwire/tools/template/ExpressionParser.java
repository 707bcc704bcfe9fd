package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Node.Operand;
import dev.dockwire.tools.template.Node.Pipeline;
import dev.dockwire.tools.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Parses what stands inside the delimiters: pipelines of commands of operands. Knows which
 * variables are declared and which functions exist.
 */
final class ExpressionParser {

  private final TokenReader reader;
  private final Predicate<String> isFunction;
  private final List<String> variables = new ArrayList<>(List.of("$"));

  ExpressionParser(TokenReader reader, Predicate<String> isFunction) {
    this.reader = reader;
    this.isFunction = isFunction;
  }

  int visibleVariables() {
    return variables.size();
  }

  /** Forgets the variables of a block that ends. */
  void forgetVariablesBeyond(int visible) {
    variables.subList(visible, variables.size()).clear();
  }

  /** A pipeline and the token that ends it; context names it in a complaint. */
  Pipeline pipeline(String context, Kind end) {
    int position = reader.peekPastSpace().position();
    List<Node.Variable> declared = new ArrayList<>();
    boolean assigns = declarations(context, declared);
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      Token token = reader.nextPastSpace();
      if (token.kind() == end) {
        check(commands, context);
        return new Pipeline(position, List.copyOf(declared), assigns, List.copyOf(commands));
      }
      switch (token.kind()) {
        case BOOL,
            CHAR_CONSTANT,
            DOT,
            FIELD,
            IDENTIFIER,
            NUMBER,
            NIL,
            RAW_STRING,
            STRING,
            VARIABLE,
            LEFT_PAREN -> {
          reader.back();
          commands.add(command());
        }
        default -> throw reader.unexpected(token, context);
      }
    }
  }

  /** The variables before {@code :=} or {@code =}; whether it was the latter. */
  private boolean declarations(String context, List<Node.Variable> declared) {
    while (reader.peekPastSpace().kind() == Kind.VARIABLE) {
      int beforeVariable = reader.mark();
      Token variable = reader.next();
      Token mark = reader.peekPastSpace();
      boolean comma = mark.kind() == Kind.CHAR && mark.text().equals(",");
      if (!comma && mark.kind() != Kind.ASSIGN && mark.kind() != Kind.DECLARE) {
        reader.reset(beforeVariable);
        return false;
      }
      reader.next();
      declared.add(new Node.Variable(variable.position(), List.of(variable.text())));
      variables.add(variable.text());
      if (!comma) {
        return mark.kind() == Kind.ASSIGN;
      }
      if (!context.equals("range") || declared.size() > 1) {
        throw reader.error("too many declarations in " + context);
      }
      switch (reader.peekPastSpace().kind()) {
        case VARIABLE, RIGHT_DELIMITER, RIGHT_PAREN -> {}
        default -> throw reader.error("range can only initialize variables");
      }
    }
    return false;
  }

  private void check(List<Node.Command> commands, String context) {
    if (commands.isEmpty()) {
      throw reader.error("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).words().getFirst()) {
        case Node.Constant _, Node.Dot _, Node.Nil _ ->
            throw reader.error("non executable command in pipeline stage " + (i + 1));
        default -> {}
      }
    }
  }

  private Node.Command command() {
    int position = reader.peekPastSpace().position();
    List<Operand> words = new ArrayList<>();
    while (true) {
      reader.peekPastSpace();
      Operand operand = operand();
      if (operand != null) {
        words.add(operand);
      }
      Token token = reader.next();
      switch (token.kind()) {
        case SPACE -> {
          continue;
        }
        case RIGHT_DELIMITER, RIGHT_PAREN -> reader.back();
        case PIPE -> {}
        default -> throw reader.unexpected(token, "operand");
      }
      if (words.isEmpty()) {
        throw reader.error("empty command");
      }
      return new Node.Command(position, List.copyOf(words));
    }
  }

  private Operand operand() {
    Operand term = term();
    if (term == null || reader.peek().kind() != Kind.FIELD) {
      return term;
    }
    int position = reader.peek().position();
    List<String> names = new ArrayList<>();
    while (reader.peek().kind() == Kind.FIELD) {
      names.add(reader.next().text().substring(1));
    }
    return switch (term) {
      case Node.Field field -> new Node.Field(position, concatenate(field.names(), names));
      case Node.Variable variable ->
          new Node.Variable(position, concatenate(variable.names(), names));
      case Node.Constant _, Node.Dot _, Node.Nil _ ->
          throw reader.error("unexpected . after term " + GoText.quote(term.source()));
      default -> new Node.Chain(position, term, List.copyOf(names));
    };
  }

  /** A term, or null with nothing taken. */
  private Operand term() {
    Token token = reader.nextPastSpace();
    int position = token.position();
    String text = token.text();
    switch (token.kind()) {
      case IDENTIFIER:
        if (!isFunction.test(text)) {
          throw reader.error("function " + GoText.quote(text) + " not defined");
        }
        return new Node.Identifier(position, text);
      case DOT:
        return new Node.Dot(position);
      case NIL:
        return new Node.Nil(position);
      case VARIABLE:
        if (!variables.contains(text)) {
          throw reader.error("undefined variable " + GoText.quote(text));
        }
        return new Node.Variable(position, List.of(text));
      case FIELD:
        return new Node.Field(position, List.of(text.substring(1)));
      case BOOL:
        return new Node.Bool(position, text.equals("true"));
      case LEFT_PAREN:
        reader.descend();
        Pipeline pipeline = pipeline("parenthesized pipeline", Kind.RIGHT_PAREN);
        reader.ascend();
        return pipeline;
      case CHAR_CONSTANT, NUMBER, STRING, RAW_STRING:
        return constant(token);
      default:
        reader.back();
        return null;
    }
  }

  private Operand constant(Token token) {
    try {
      return switch (token.kind()) {
        case STRING, RAW_STRING ->
            new Node.Quoted(token.position(), token.text(), GoText.unquote(token.text()));
        default -> NumberLiteral.parse(token.position(), token.text());
      };
    } catch (TemplateException e) {
      throw reader.error(e.getMessage());
    }
  }

  private static List<String> concatenate(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
