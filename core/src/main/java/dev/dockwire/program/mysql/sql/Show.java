package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.program.mysql.ServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code SHOW} and {@code DESCRIBE}, out of what H2 says about itself. */
final class Show {

  static final String INFORMATION_SCHEMA = "information_schema";

  private final Session session;

  Show(Session session) {
    this.session = session;
  }

  Answer answer(Statement statement) throws MysqlException, LockedException {
    boolean explain = statement.looksAt("EXPLAIN") || !statement.looksAt("SHOW");
    statement.take();
    if (explain) {
      if (statement.looksAt("SELECT")) {
        throw Errors.notSupported("EXPLAIN SELECT");
      }
      return columns(statement, statement.takeName());
    }
    boolean full = statement.skip("FULL") || statement.skip("EXTENDED");
    if (!statement.skip("SESSION")) {
      statement.skip("GLOBAL");
    }
    Token what = statement.take();
    return switch (what.text().toUpperCase(java.util.Locale.ROOT)) {
      case "DATABASES", "SCHEMAS" -> databases(statement.takeLike());
      case "TABLES" -> tables(statement, full);
      case "COLUMNS", "FIELDS" -> {
        expectFrom(statement);
        yield columns(statement, statement.takeName());
      }
      case "VARIABLES" -> variables(statement);
      case "STATUS" -> pairs(Map.of("Threads_connected", "1"), statement.takeLike());
      case "WARNINGS", "ERRORS" ->
          Answer.Rows.ofText(List.of("Level", "Code", "Message"), List.of());
      case "ENGINES" ->
          Answer.Rows.ofText(
              List.of("Engine", "Support", "Comment", "Transactions", "XA", "Savepoints"),
              List.<String[]>of(
                  new String[] {"H2", "DEFAULT", Variables.VERSION_COMMENT, "YES", "NO", "YES"}));
      case "CREATE" -> create(statement);
      case "INDEX", "INDEXES", "KEYS" -> {
        expectFrom(statement);
        yield new TableDescription(session, qualified(statement, statement.takeName())).indexes();
      }
      case "PROCESSLIST" -> processes();
      case "GRANTS" -> grants();
      case "COLLATION",
          "CHARACTER",
          "PLUGINS",
          "PRIVILEGES",
          "TRIGGERS",
          "EVENTS",
          "PROCEDURE",
          "FUNCTION",
          "TABLE",
          "ENGINE",
          "MASTER",
          "SLAVE",
          "BINARY",
          "OPEN" ->
          throw Errors.notSupported("SHOW " + what.text());
      default -> throw Errors.syntax(statement.sql(), what.start());
    };
  }

  private static void expectFrom(Statement statement) throws MysqlException {
    if (!statement.skip("FROM") && !statement.skip("IN")) {
      Token wrong = statement.take();
      throw Errors.syntax(statement.sql(), wrong.start());
    }
  }

  private Answer databases(Optional<String> like) throws MysqlException {
    List<String[]> rows =
        session.databases().stream()
            .filter(name -> matches(name, like))
            .map(name -> new String[] {name})
            .toList();
    return Answer.Rows.ofText(List.of("Database" + suffix(like)), rows);
  }

  private static String suffix(Optional<String> like) {
    return like.map(pattern -> " (" + pattern + ")").orElse("");
  }

  /** Whether a name is like a pattern of SQL: percent signs and underscores are wild. */
  private static boolean matches(String name, Optional<String> like) {
    if (like.isEmpty()) {
      return true;
    }
    StringBuilder regex = new StringBuilder();
    String pattern = like.get();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        regex.append(Pattern.quote(pattern.substring(++i, i + 1)));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .matcher(name)
        .matches();
  }

  private Answer tables(Statement statement, boolean full) throws MysqlException {
    String database = session.current();
    if (statement.skip("FROM") || statement.skip("IN")) {
      database = statement.takeName();
    }
    if (database.isEmpty()) {
      throw new MysqlException(ServerError.NO_DATABASE);
    }
    String name = database;
    if (session.databases().stream().noneMatch(name::equalsIgnoreCase)) {
      throw Errors.unknownDatabase(name);
    }
    Optional<String> like = statement.takeLike();
    List<String[]> rows =
        session
            .ask(
                "SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA ="
                    + " "
                    + Translator.literal(Session.schemaOf(name))
                    + " ORDER BY TABLE_NAME")
            .stream()
            .filter(row -> matches(row[0], like))
            .map(row -> full ? row : new String[] {row[0]})
            .toList();
    String heading = "Tables_in_" + name + suffix(like);
    return Answer.Rows.ofText(full ? List.of(heading, "Table_type") : List.of(heading), rows);
  }

  /** A table's name together with its database's, which may stand before or behind it. */
  private String[] qualified(Statement statement, String first) throws MysqlException {
    String[] name = {session.current(), first};
    if (statement.skip(".")) {
      name = new String[] {first, statement.takeName()};
    } else if (statement.skip("FROM") || statement.skip("IN")) {
      name[0] = statement.takeName();
    }
    if (name[0].isEmpty()) {
      throw new MysqlException(ServerError.NO_DATABASE);
    }
    return name;
  }

  private Answer columns(Statement statement, String first) throws MysqlException {
    return new TableDescription(session, qualified(statement, first)).columns();
  }

  private Answer create(Statement statement) throws MysqlException {
    if (statement.skip("DATABASE") || statement.skip("SCHEMA")) {
      String name = statement.takeName();
      return Answer.Rows.ofText(
          List.of("Database", "Create Database"),
          List.<String[]>of(
              new String[] {
                name,
                "CREATE DATABASE `"
                    + name
                    + "` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE"
                    + " utf8mb4_0900_ai_ci */"
              }));
    }
    if (!statement.skip("TABLE")) {
      throw Errors.notSupported("SHOW CREATE " + statement.take().text());
    }
    return new TableDescription(session, qualified(statement, statement.takeName())).create();
  }

  private Answer variables(Statement statement) throws MysqlException {
    Map<String, String> all = session.variables().all();
    if (!statement.skip("WHERE")) {
      return pairs(all, statement.takeLike());
    }
    // As in WHERE Variable_name = 'a' OR Variable_name IN ('b', 'c'): whatever is named.
    List<String> named = new ArrayList<>();
    while (!statement.atEnd()) {
      Token token = statement.take();
      if (token.kind() == Token.Kind.STRING) {
        named.add(token.text());
      }
    }
    List<String[]> rows =
        all.entrySet().stream()
            .filter(pair -> named.stream().anyMatch(n -> matches(pair.getKey(), Optional.of(n))))
            .map(pair -> new String[] {pair.getKey(), pair.getValue()})
            .toList();
    return Answer.Rows.ofText(List.of("Variable_name", "Value"), rows);
  }

  private static Answer pairs(Map<String, String> all, Optional<String> like) {
    List<String[]> rows =
        all.entrySet().stream()
            .filter(pair -> matches(pair.getKey(), like))
            .map(pair -> new String[] {pair.getKey(), pair.getValue()})
            .toList();
    return Answer.Rows.ofText(List.of("Variable_name", "Value"), rows);
  }

  private Answer processes() {
    String database = session.current().isEmpty() ? null : session.current();
    return Answer.Rows.ofText(
        List.of("Id", "User", "Host", "db", "Command", "Time", "State", "Info"),
        List.<String[]>of(
            new String[] {
              Long.toString(session.connectionId()),
              session.account().name(),
              session.client(),
              database,
              "Query",
              "0",
              "starting",
              "SHOW PROCESSLIST"
            }));
  }

  private Answer grants() {
    String user = session.account().name();
    String rights =
        session
            .account()
            .database()
            .map(own -> "GRANT ALL PRIVILEGES ON `" + own + "`.* TO `" + user + "`@`%`")
            .orElse("GRANT ALL PRIVILEGES ON *.* TO `" + user + "`@`%` WITH GRANT OPTION");
    return Answer.Rows.ofText(
        List.of("Grants for " + user + "@%"), List.<String[]>of(new String[] {rights}));
  }
}
