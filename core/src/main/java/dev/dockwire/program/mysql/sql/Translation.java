package dev.dockwire.program.mysql.sql;

import java.util.List;

/**
 * A statement for H2.
 *
 * @param starts where each of the statement's tokens begins in it
 */
record Translation(String sql, List<Integer> starts, List<Token> tokens) {

  private static final String MARK = "[*]";

  /** Where in the original stands what H2 has marked in its message. */
  int errorPosition(String message) {
    int from = message.indexOf('"') + 1;
    int mark = message.indexOf(MARK, from) - from;
    for (int i = 0; i < starts.size(); i++) {
      if (starts.get(i) >= mark) {
        return tokens.get(i).start();
      }
    }
    return tokens.getLast().end();
  }

  /** A table's name as {@code database.table}, the way the statement names it. */
  String qualifiedName(Statement statement, String name, String database) {
    List<Token> all = statement.tokens();
    for (int i = 2; i < all.size(); i++) {
      if (all.get(i).isName()
          && all.get(i).text().equalsIgnoreCase(name)
          && all.get(i - 1).is(".")) {
        return all.get(i - 2).text() + "." + name;
      }
    }
    return database + "." + name;
  }
}
