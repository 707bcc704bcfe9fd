package dev.dockwire.program.mysql.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names of a query's columns where they are expressions: MySQL shows their own text. */
final class SelectLabels {

  private SelectLabels() {}

  /**
   * One for each expression of the outermost list, empty where H2's is right; or nothing at all.
   */
  static List<Optional<String>> of(Statement statement) {
    List<Token> tokens = statement.tokens();
    List<Optional<String>> labels = new ArrayList<>();
    if (!tokens.getFirst().is("SELECT")) {
      return labels;
    }
    int start =
        tokens.size() > 1 && (tokens.get(1).is("DISTINCT") || tokens.get(1).is("ALL")) ? 2 : 1;
    int depth = 0;
    for (int i = start; i <= tokens.size(); i++) {
      boolean end = i == tokens.size() || depth == 0 && endsList(tokens.get(i));
      if (end || depth == 0 && tokens.get(i).is(",")) {
        if (i == start
            || tokens.get(i - 1).is("*") && (i - start == 1 || tokens.get(i - 2).is("."))) {
          return List.of();
        }
        labels.add(label(statement.sql(), tokens.subList(start, i)));
        start = i + 1;
      }
      if (end) {
        return labels;
      }
      depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
    }
    return labels;
  }

  private static boolean endsList(Token token) {
    return token.is("FROM")
        || token.is("LIMIT")
        || token.is("UNION")
        || token.is("WHERE")
        || token.is("ORDER")
        || token.is("INTO");
  }

  private static Optional<String> label(String sql, List<Token> expression) {
    int size = expression.size();
    Token last = expression.getLast();
    if (last.isName() && size > 1) {
      Token before = expression.get(size - 2);
      boolean alias = before.isName() || before.is(")") || before.kind() == Token.Kind.NUMBER;
      boolean literalBefore =
          before.kind() == Token.Kind.STRING || before.kind() == Token.Kind.SYSTEM_VARIABLE;
      if (before.is(".") || (alias || literalBefore) && !last.is("END")) {
        return before.is(".") ? Optional.empty() : Optional.of(last.text());
      }
    }
    if (size > 1 && expression.get(size - 2).is("AS")) {
      return Optional.of(last.text());
    }
    if (size == 1 && (last.kind() == Token.Kind.STRING || last.kind() == Token.Kind.NAME)) {
      return Optional.of(last.text());
    }
    return Optional.of(sql.substring(expression.getFirst().start(), last.end()));
  }
}
