package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code SET}: variables of the session, and the forms that mean several of them. */
final class Assignments {

  private final Session session;

  Assignments(Session session) {
    this.session = session;
  }

  Answer answer(Statement statement) throws MysqlException, LockedException {
    statement.take();
    if (statement.skip("TRANSACTION")
        || statement.skip("SESSION", "TRANSACTION")
        || statement.skip("GLOBAL", "TRANSACTION")) {
      // Every transaction is READ COMMITTED here; what is asked for is at most remembered.
      return Answer.Done.NOTHING;
    }
    do {
      assign(statement);
    } while (statement.skip(","));
    statement.expectEnd();
    return Answer.Done.NOTHING;
  }

  private void assign(Statement statement) throws MysqlException, LockedException {
    if (statement.skip("NAMES")
        || statement.skip("CHARACTER", "SET")
        || statement.skip("CHARSET")) {
      String characterSet = statement.take().text();
      String collation =
          statement.skip("COLLATE") ? statement.take().text() : defaultCollation(characterSet);
      session
          .variables()
          .names(characterSet.equals("DEFAULT") ? "utf8mb4" : characterSet, collation);
      return;
    }
    if (statement.looksAt("PASSWORD") || statement.looksAt("ROLE")) {
      throw Errors.notSupported("SET " + statement.take().text());
    }
    boolean scoped =
        statement.skip("SESSION") || statement.skip("LOCAL") || statement.skip("GLOBAL");
    Token name = statement.take();
    if (!statement.skip("=") && !statement.skip(":=")) {
      throw Errors.syntax(
          statement.sql(), statement.atEnd() ? statement.sql().length() : statement.take().start());
    }
    List<Token> expression = statement.takeExpression();
    if (expression.isEmpty()) {
      throw Errors.syntax(statement.sql(), statement.sql().length());
    }
    if (name.kind() == Token.Kind.USER_VARIABLE && !scoped) {
      setUserVariable(statement, name, expression);
    } else {
      session.set(name.text(), value(statement, expression));
    }
  }

  private static String defaultCollation(String characterSet) {
    return switch (characterSet.toLowerCase(Locale.ROOT)) {
      case "utf8mb4", "default" -> "utf8mb4_0900_ai_ci";
      case "latin1" -> "latin1_swedish_ci";
      default -> characterSet + "_general_ci";
    };
  }

  private void setUserVariable(Statement statement, Token name, List<Token> expression)
      throws MysqlException, LockedException {
    Translation value = Translator.translate(session, expression);
    session.run(
        statement,
        new Translation(
            "SET @" + name.text() + " = " + value.sql(), value.starts(), value.tokens()));
  }

  /** What an expression comes to; a bare word is a text. */
  private String value(Statement statement, List<Token> expression)
      throws MysqlException, LockedException {
    Token first = expression.getFirst();
    if (expression.size() == 1
        && (first.kind() == Token.Kind.WORD
            || first.kind() == Token.Kind.STRING
            || first.kind() == Token.Kind.NUMBER)) {
      return first.text();
    }
    if (expression.size() == 1 && first.kind() == Token.Kind.SYSTEM_VARIABLE) {
      return session.variables().get(first.text());
    }
    Translation question = Translator.translate(session, expression);
    Answer answer =
        session.run(
            statement,
            new Translation("SELECT " + question.sql(), question.starts(), question.tokens()));
    byte[] value = answer instanceof Answer.Rows rows ? rows.rows().getFirst()[0] : null;
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }
}
