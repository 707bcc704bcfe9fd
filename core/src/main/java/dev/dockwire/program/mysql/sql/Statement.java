package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One statement, as a list of tokens with a place in it. */
final class Statement {

  private final String sql;
  private final List<Token> tokens;
  private int next;

  private Statement(String sql, List<Token> tokens) {
    this.sql = sql;
    this.tokens = tokens;
  }

  /**
   * @throws MysqlException if there is no statement, or more than one
   */
  static Statement parse(String sql) throws MysqlException {
    List<Token> tokens = new ArrayList<>(Lexer.tokens(sql));
    while (!tokens.isEmpty() && tokens.getLast().is(";")) {
      tokens.removeLast();
    }
    if (tokens.isEmpty()) {
      throw new MysqlException(1065, "42000", "Query was empty");
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is(";") || tokens.get(i).is("?")) {
        throw Errors.syntax(sql, tokens.get(tokens.get(i).is(";") ? i + 1 : i).start());
      }
    }
    return new Statement(sql, List.copyOf(tokens));
  }

  String sql() {
    return sql;
  }

  List<Token> tokens() {
    return tokens;
  }

  /** The first word, in upper case. */
  String verb() {
    return tokens.getFirst().text().toUpperCase(Locale.ROOT);
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  /** Whether the next tokens are these words. */
  boolean looksAt(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (next + i >= tokens.size() || !tokens.get(next + i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Skips these words if they are next. */
  boolean skip(String... words) {
    boolean there = looksAt(words);
    next += there ? words.length : 0;
    return there;
  }

  Token take() throws MysqlException {
    if (atEnd()) {
      throw Errors.syntax(sql, sql.length());
    }
    return tokens.get(next++);
  }

  String takeName() throws MysqlException {
    Token token = take();
    if (!token.isName()) {
      throw Errors.syntax(sql, token.start());
    }
    return token.text();
  }

  /** The tokens up to a comma outside parentheses or the end. */
  List<Token> takeExpression() {
    int start = next;
    int depth = 0;
    while (!atEnd() && (depth > 0 || !tokens.get(next).is(","))) {
      depth += tokens.get(next).is("(") ? 1 : tokens.get(next).is(")") ? -1 : 0;
      next++;
    }
    return tokens.subList(start, next);
  }

  void expectEnd() throws MysqlException {
    if (!atEnd()) {
      throw Errors.syntax(sql, tokens.get(next).start());
    }
  }

  /** The text after LIKE, if that is next. */
  Optional<String> takeLike() throws MysqlException {
    return skip("LIKE") ? Optional.of(take().text()) : Optional.empty();
  }
}
