package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Node.Operand;
import dev.dockwire.tools.template.Node.Pipeline;
import dev.dockwire.tools.template.Node.Statement;
import dev.dockwire.tools.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Builds the tree of a template by recursive descent, one method per rule of the grammar, and says
 * Go's words about what does not fit. Knows which variables are declared and which functions exist.
 *
 * <p>Limits: {@value #DEEPEST} nested parentheses and blocks; no {@code define}, {@code template}
 * and {@code block}.
 */
final class Parser {

  private static final int DEEPEST = 100;

  private final List<Token> tokens;
  private final Predicate<String> isFunction;
  private final List<String> variables = new ArrayList<>(List.of("$"));
  private int index;
  private int furthest;
  private int actionLine;
  private int rangeDepth;
  private int depth;

  private Parser(String text, Predicate<String> isFunction) {
    this.tokens = Lexer.tokens(text);
    this.isFunction = isFunction;
  }

  static List<Statement> parse(String text, Predicate<String> isFunction) {
    return new Parser(text, isFunction).template();
  }

  private List<Statement> template() {
    List<Statement> statements = new ArrayList<>();
    while (peek().kind() != Kind.EOF) {
      Statement statement = statement();
      if (statement == null) {
        throw error("unexpected " + terminator());
      }
      statements.add(statement);
    }
    return List.copyOf(statements);
  }

  /** Statements up to {@code end} or {@code else}, at which the parser then stands. */
  private List<Statement> block() {
    List<Statement> statements = new ArrayList<>();
    while (peekPastSpace().kind() != Kind.EOF) {
      Statement statement = statement();
      if (statement == null) {
        return List.copyOf(statements);
      }
      statements.add(statement);
    }
    throw error("unexpected EOF");
  }

  /** The next statement; null, with the keyword not yet taken, at {@code end} or {@code else}. */
  private Statement statement() {
    Token token = nextPastSpace();
    return switch (token.kind()) {
      case TEXT -> new Node.Text(token.position(), token.text());
      case LEFT_DELIMITER -> {
        actionLine = token.line();
        Statement action = action();
        if (action != null) {
          actionLine = 0;
        }
        yield action;
      }
      default -> throw unexpected(token, "input");
    };
  }

  private Statement action() {
    Token token = nextPastSpace();
    int position = token.position();
    switch (token.kind()) {
      case BREAK:
        leavesRange("{{break}}");
        return new Node.Break(position);
      case CONTINUE:
        leavesRange("{{continue}}");
        return new Node.Continue(position);
      case IF, WITH, RANGE:
        return branch(token.kind());
      case ELSE, END:
        index--;
        return null;
      default:
        index--;
        return new Node.Action(peek().position(), pipeline("command", Kind.RIGHT_DELIMITER));
    }
  }

  private void leavesRange(String statement) {
    Token token = nextPastSpace();
    if (token.kind() != Kind.RIGHT_DELIMITER) {
      throw unexpected(token, statement);
    }
    if (rangeDepth == 0) {
      throw error(statement + " outside {{range}}");
    }
  }

  private Statement branch(Kind kind) {
    descend();
    int visible = variables.size();
    Pipeline pipeline = pipeline(kind.name().toLowerCase(), Kind.RIGHT_DELIMITER);
    rangeDepth += kind == Kind.RANGE ? 1 : 0;
    List<Statement> body = block();
    rangeDepth -= kind == Kind.RANGE ? 1 : 0;
    List<Statement> otherwise = List.of();
    if (terminator().equals("{{else}}")) {
      // "else if" is an if inside the else, and the one end serves both; so is "else with".
      if (kind != Kind.RANGE && peek().kind() == kind) {
        next();
        otherwise = List.of(branch(kind));
      } else {
        otherwise = block();
        String end = terminator();
        if (!end.equals("{{end}}")) {
          throw error("expected end; found " + end);
        }
      }
    }
    variables.subList(visible, variables.size()).clear();
    depth--;
    int position = pipeline.position();
    return switch (kind) {
      case IF -> new Node.If(position, pipeline, body, otherwise);
      case WITH -> new Node.With(position, pipeline, body, otherwise);
      default -> new Node.Range(position, pipeline, body, otherwise);
    };
  }

  /** Takes the {@code end} or {@code else} that {@link #statement} stopped at. */
  private String terminator() {
    Token word = next();
    boolean end = word.kind() == Kind.END;
    Kind following = peekPastSpace().kind();
    if (end || following != Kind.IF && following != Kind.WITH) {
      Token close = nextPastSpace();
      if (close.kind() != Kind.RIGHT_DELIMITER) {
        throw unexpected(close, word.text());
      }
    }
    actionLine = 0;
    return end ? "{{end}}" : "{{else}}";
  }

  private Pipeline pipeline(String context, Kind end) {
    int position = peekPastSpace().position();
    List<Node.Variable> declared = new ArrayList<>();
    boolean assigns = declarations(context, declared);
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      Token token = nextPastSpace();
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
          index--;
          commands.add(command());
        }
        default -> throw unexpected(token, context);
      }
    }
  }

  /** The variables before {@code :=} or {@code =}; whether it was the latter. */
  private boolean declarations(String context, List<Node.Variable> declared) {
    while (peekPastSpace().kind() == Kind.VARIABLE) {
      int beforeVariable = index;
      Token variable = next();
      Token mark = peekPastSpace();
      boolean comma = mark.kind() == Kind.CHAR && mark.text().equals(",");
      if (!comma && mark.kind() != Kind.ASSIGN && mark.kind() != Kind.DECLARE) {
        index = beforeVariable;
        return false;
      }
      next();
      declared.add(new Node.Variable(variable.position(), List.of(variable.text())));
      variables.add(variable.text());
      if (!comma) {
        return mark.kind() == Kind.ASSIGN;
      }
      if (!context.equals("range") || declared.size() > 1) {
        throw error("too many declarations in " + context);
      }
      switch (peekPastSpace().kind()) {
        case VARIABLE, RIGHT_DELIMITER, RIGHT_PAREN -> {}
        default -> throw error("range can only initialize variables");
      }
    }
    return false;
  }

  private void check(List<Node.Command> commands, String context) {
    if (commands.isEmpty()) {
      throw error("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).words().getFirst()) {
        case Node.Constant _, Node.Dot _, Node.Nil _ ->
            throw error("non executable command in pipeline stage " + (i + 1));
        default -> {}
      }
    }
  }

  private Node.Command command() {
    int position = peekPastSpace().position();
    List<Operand> words = new ArrayList<>();
    while (true) {
      peekPastSpace();
      Operand operand = operand();
      if (operand != null) {
        words.add(operand);
      }
      Token token = next();
      switch (token.kind()) {
        case SPACE -> {
          continue;
        }
        case RIGHT_DELIMITER, RIGHT_PAREN -> index--;
        case PIPE -> {}
        default -> throw unexpected(token, "operand");
      }
      if (words.isEmpty()) {
        throw error("empty command");
      }
      return new Node.Command(position, List.copyOf(words));
    }
  }

  private Operand operand() {
    Operand term = term();
    if (term == null || peek().kind() != Kind.FIELD) {
      return term;
    }
    int position = peek().position();
    List<String> names = new ArrayList<>();
    while (peek().kind() == Kind.FIELD) {
      names.add(next().text().substring(1));
    }
    return switch (term) {
      case Node.Field field -> new Node.Field(position, concatenate(field.names(), names));
      case Node.Variable variable ->
          new Node.Variable(position, concatenate(variable.names(), names));
      case Node.Constant _, Node.Dot _, Node.Nil _ ->
          throw error("unexpected . after term " + GoText.quote(term.source()));
      default -> new Node.Chain(position, term, List.copyOf(names));
    };
  }

  /** A term, or null with nothing taken. */
  private Operand term() {
    Token token = nextPastSpace();
    int position = token.position();
    String text = token.text();
    switch (token.kind()) {
      case IDENTIFIER:
        if (!isFunction.test(text)) {
          throw error("function " + GoText.quote(text) + " not defined");
        }
        return new Node.Identifier(position, text);
      case DOT:
        return new Node.Dot(position);
      case NIL:
        return new Node.Nil(position);
      case VARIABLE:
        if (!variables.contains(text)) {
          throw error("undefined variable " + GoText.quote(text));
        }
        return new Node.Variable(position, List.of(text));
      case FIELD:
        return new Node.Field(position, List.of(text.substring(1)));
      case BOOL:
        return new Node.Bool(position, text.equals("true"));
      case LEFT_PAREN:
        descend();
        Pipeline pipeline = pipeline("parenthesized pipeline", Kind.RIGHT_PAREN);
        depth--;
        return pipeline;
      case CHAR_CONSTANT, NUMBER, STRING, RAW_STRING:
        return constant(token);
      default:
        index--;
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
      throw error(e.getMessage());
    }
  }

  private static List<String> concatenate(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private void descend() {
    if (++depth > DEEPEST) {
      throw error("max expression depth exceeded");
    }
  }

  private Token next() {
    Token token = peek();
    index++;
    return token;
  }

  private Token peek() {
    // An error or the end of the file is the last token, and is met again by whoever looks on.
    int at = Math.min(index, tokens.size() - 1);
    furthest = Math.max(furthest, at);
    return tokens.get(at);
  }

  private Token nextPastSpace() {
    Token token = peekPastSpace();
    index++;
    return token;
  }

  private Token peekPastSpace() {
    while (peek().kind() == Kind.SPACE) {
      index++;
    }
    return peek();
  }

  private TemplateException unexpected(Token token, String context) {
    if (token.kind() != Kind.ERROR) {
      return error("unexpected " + token + " in " + context);
    }
    if (actionLine == 0 || actionLine == token.line()) {
      return error(token.text());
    }
    String where = token.text().endsWith(" action") ? " started at :" : " in action started at :";
    return error(token.text() + where + actionLine);
  }

  private TemplateException error(String message) {
    return new TemplateException("template: :" + tokens.get(furthest).line() + ": " + message);
  }
}
