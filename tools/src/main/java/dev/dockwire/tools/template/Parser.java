package dev.dockwire.tools.template;

import dev.dockwire.tools.template.Node.Pipeline;
import dev.dockwire.tools.template.Node.Statement;
import dev.dockwire.tools.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Builds the tree of a template by recursive descent, one method per rule of the grammar, and says
 * Go's words about what does not fit. This is the grammar of statements; what they compute is left
 * to {@link ExpressionParser}.
 *
 * <p>Limits: no {@code define}, {@code template} and {@code block}.
 */
final class Parser {

  private final TokenReader reader;
  private final ExpressionParser expressions;
  private int rangeDepth;

  private Parser(String text, Predicate<String> isFunction) {
    this.reader = new TokenReader(text);
    this.expressions = new ExpressionParser(reader, isFunction);
  }

  static List<Statement> parse(String text, Predicate<String> isFunction) {
    return new Parser(text, isFunction).template();
  }

  private List<Statement> template() {
    List<Statement> statements = new ArrayList<>();
    while (reader.peek().kind() != Kind.EOF) {
      Statement statement = statement();
      if (statement == null) {
        throw reader.error("unexpected " + terminator());
      }
      statements.add(statement);
    }
    return List.copyOf(statements);
  }

  /** Statements up to {@code end} or {@code else}, at which the parser then stands. */
  private List<Statement> block() {
    List<Statement> statements = new ArrayList<>();
    while (reader.peekPastSpace().kind() != Kind.EOF) {
      Statement statement = statement();
      if (statement == null) {
        return List.copyOf(statements);
      }
      statements.add(statement);
    }
    throw reader.error("unexpected EOF");
  }

  /** The next statement; null, with the keyword not yet taken, at {@code end} or {@code else}. */
  private Statement statement() {
    Token token = reader.nextPastSpace();
    return switch (token.kind()) {
      case TEXT -> new Node.Text(token.position(), token.text());
      case LEFT_DELIMITER -> {
        reader.actionBegins(token.line());
        Statement action = action();
        if (action != null) {
          reader.actionBegins(0);
        }
        yield action;
      }
      default -> throw reader.unexpected(token, "input");
    };
  }

  private Statement action() {
    Token token = reader.nextPastSpace();
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
        reader.back();
        return null;
      default:
        reader.back();
        return new Node.Action(
            reader.peek().position(), expressions.pipeline("command", Kind.RIGHT_DELIMITER));
    }
  }

  private void leavesRange(String statement) {
    Token token = reader.nextPastSpace();
    if (token.kind() != Kind.RIGHT_DELIMITER) {
      throw reader.unexpected(token, statement);
    }
    if (rangeDepth == 0) {
      throw reader.error(statement + " outside {{range}}");
    }
  }

  private Statement branch(Kind kind) {
    reader.descend();
    int visible = expressions.visibleVariables();
    Pipeline pipeline =
        expressions.pipeline(kind.name().toLowerCase(Locale.ROOT), Kind.RIGHT_DELIMITER);
    rangeDepth += kind == Kind.RANGE ? 1 : 0;
    List<Statement> body = block();
    rangeDepth -= kind == Kind.RANGE ? 1 : 0;
    List<Statement> otherwise = List.of();
    if (terminator().equals("{{else}}")) {
      // "else if" is an if inside the else, and the one end serves both; so is "else with".
      if (kind != Kind.RANGE && reader.peek().kind() == kind) {
        reader.next();
        otherwise = List.of(branch(kind));
      } else {
        otherwise = block();
        String end = terminator();
        if (!end.equals("{{end}}")) {
          throw reader.error("expected end; found " + end);
        }
      }
    }
    expressions.forgetVariablesBeyond(visible);
    reader.ascend();
    int position = pipeline.position();
    return switch (kind) {
      case IF -> new Node.If(position, pipeline, body, otherwise);
      case WITH -> new Node.With(position, pipeline, body, otherwise);
      default -> new Node.Range(position, pipeline, body, otherwise);
    };
  }

  /** Takes the {@code end} or {@code else} that {@link #statement} stopped at. */
  private String terminator() {
    Token word = reader.next();
    boolean end = word.kind() == Kind.END;
    Kind following = reader.peekPastSpace().kind();
    if (end || following != Kind.IF && following != Kind.WITH) {
      Token close = reader.nextPastSpace();
      if (close.kind() != Kind.RIGHT_DELIMITER) {
        throw reader.unexpected(close, word.text());
      }
    }
    reader.actionBegins(0);
    return end ? "{{end}}" : "{{else}}";
  }
}
