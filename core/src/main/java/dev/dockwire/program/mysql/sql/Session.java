package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.program.mysql.ServerStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.h2.jdbc.JdbcException;

/** One client's view of a database: what it has chosen and set, and its transaction. */
public final class Session implements AutoCloseable, Translator.Facts {

  private static final String THREAD_STACK =
      "Thread stack overrun: the statement is nested too deeply";

  private final Database database;
  private final Connection connection;
  private final Account account;
  private final String client;
  private final long connectionId;
  private final Variables variables = new Variables();
  private final Show show = new Show(this);
  private final Definitions definitions = new Definitions(this);
  private String current = "";
  private boolean inTransaction;
  private long lastInsertId;
  private long rowCount;
  private long foundRows;

  Session(
      Database database, Connection connection, Account account, String client, long connectionId) {
    this.database = database;
    this.connection = connection;
    this.account = account;
    this.client = client;
    this.connectionId = connectionId;
  }

  /**
   * Executes a statement.
   *
   * @throws MysqlException if it is refused
   * @throws LockedException if it has done nothing yet and is to be executed again later
   */
  public Answer execute(String sql) throws MysqlException, LockedException {
    Statement statement = Statement.parse(sql);
    SqlFunctions.World world =
        new SqlFunctions.World(
            Instant.ofEpochSecond(database.epochNanos() / 1_000_000_000), database.random());
    Answer answer;
    try {
      answer = ScopedValue.where(SqlFunctions.WORLD, world).call(() -> dispatch(statement));
    } catch (MysqlException | LockedException | RuntimeException refused) {
      throw refused;
    } catch (Exception e) {
      throw new IllegalStateException("nothing else is thrown", e);
    }
    switch (answer) {
      case Answer.Done done -> {
        rowCount = done.affected();
        lastInsertId = done.insertId() > 0 ? done.insertId() : lastInsertId;
      }
      case Answer.Rows rows -> {
        rowCount = -1;
        foundRows = rows.rows().size();
      }
    }
    return answer;
  }

  private Answer dispatch(Statement statement) throws MysqlException, LockedException {
    return switch (statement.verb()) {
      case "SELECT", "WITH", "TABLE", "VALUES", "(" -> runInTransaction(statement);
      case "INSERT", "UPDATE", "DELETE", "REPLACE" -> runInTransaction(statement);
      case "CREATE", "DROP", "ALTER", "TRUNCATE", "RENAME" -> definitions.answer(statement);
      case "SHOW", "DESC", "DESCRIBE", "EXPLAIN" -> show.answer(statement);
      case "SET" -> new Assignments(this).answer(statement);
      case "USE" -> {
        statement.take();
        use(statement.take().text());
        statement.expectEnd();
        yield Answer.Done.NOTHING;
      }
      case "BEGIN", "START" -> begin();
      case "COMMIT" -> endTransaction(true);
      case "ROLLBACK" ->
          statement.tokens().stream().anyMatch(token -> token.is("TO"))
              ? run(statement)
              : endTransaction(false);
      case "SAVEPOINT", "RELEASE" -> run(statement);
      case "FLUSH", "UNLOCK" -> Answer.Done.NOTHING;
      case "GRANT",
          "REVOKE",
          "LOCK",
          "CALL",
          "LOAD",
          "PREPARE",
          "EXECUTE",
          "KILL",
          "HANDLER",
          "DO",
          "ANALYZE",
          "OPTIMIZE",
          "CHECK",
          "XA" ->
          throw Errors.notSupported(statement.verb());
      default -> throw Errors.syntax(statement.sql(), statement.tokens().getFirst().start());
    };
  }

  /** Without autocommit any statement begins a transaction. */
  private Answer runInTransaction(Statement statement) throws MysqlException, LockedException {
    Answer answer = run(statement);
    inTransaction |= !isAutoCommit();
    return answer;
  }

  /** Has H2 execute a statement. */
  Answer run(Statement statement) throws MysqlException, LockedException {
    return run(statement, Translator.translate(this, statement.tokens()));
  }

  /** Has H2 execute what stands for a statement. */
  Answer run(Statement statement, Translation translation) throws MysqlException, LockedException {
    try {
      return Execution.run(connection, statement, translation);
    } catch (SQLException e) {
      if (e instanceof JdbcException failure) {
        if (Errors.isLock(failure)) {
          throw new LockedException();
        }
        throw Errors.of(failure, statement, translation, current);
      }
      throw new MysqlException(1105, "HY000", String.valueOf(e.getMessage()));
    } catch (StackOverflowError tooDeep) {
      // H2 reads a statement recursively; the client's nesting must not end the server.
      throw new MysqlException(1436, "HY000", THREAD_STACK);
    }
  }

  /** The rows of a question that is put here and not by the client. */
  List<String[]> ask(String sql) throws MysqlException {
    try {
      return Execution.ask(connection, sql);
    } catch (SQLException e) {
      throw new MysqlException(1105, "HY000", String.valueOf(e.getMessage()));
    }
  }

  private Answer begin() throws MysqlException {
    endTransaction(true);
    autoCommit(false);
    inTransaction = true;
    return Answer.Done.NOTHING;
  }

  /** Ends the transaction, if there is one; the next begins as the session has it. */
  Answer endTransaction(boolean commit) throws MysqlException {
    try {
      if (!connection.getAutoCommit()) {
        if (commit) {
          connection.commit();
        } else {
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      throw new MysqlException(1105, "HY000", String.valueOf(e.getMessage()));
    }
    inTransaction = false;
    autoCommit(isAutoCommit());
    return Answer.Done.NOTHING;
  }

  private boolean isAutoCommit() throws MysqlException {
    return variables.get("autocommit").equals("ON");
  }

  private void autoCommit(boolean on) throws MysqlException {
    try {
      connection.setAutoCommit(on);
    } catch (SQLException e) {
      throw new MysqlException(1105, "HY000", String.valueOf(e.getMessage()));
    }
  }

  /** Sets a variable, and does what that means. */
  void set(String name, String value) throws MysqlException {
    variables.set(name, value);
    if (name.toLowerCase(Locale.ROOT).endsWith("autocommit")) {
      if (isAutoCommit()) {
        endTransaction(true);
      } else {
        autoCommit(false);
      }
    }
  }

  /**
   * Chooses the database that names without one mean.
   *
   * @throws MysqlException if there is none of that name, or it is not the account's
   */
  public void use(String name) throws MysqlException {
    if (name.equals(current)) {
      return;
    }
    Optional<String> found = find(name);
    if (account.database().isPresent() && !mayUse(name)) {
      throw Errors.accessDenied(account, name);
    }
    choose(found.orElseThrow(() -> Errors.unknownDatabase(name)));
  }

  private boolean mayUse(String name) {
    return name.equalsIgnoreCase(Show.INFORMATION_SCHEMA)
        || account.database().filter(own -> !own.equalsIgnoreCase(name)).isEmpty();
  }

  private Optional<String> find(String name) throws MysqlException {
    return databases().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  private void choose(String name) throws MysqlException {
    String schema = name.isEmpty() ? Database.HIDDEN_SCHEMA : schemaOf(name);
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute("SET SCHEMA " + Translator.name(schema));
      current = name;
    } catch (SQLException e) {
      throw Errors.unknownDatabase(name);
    }
  }

  static String schemaOf(String database) {
    return database.equalsIgnoreCase(Show.INFORMATION_SCHEMA) ? "INFORMATION_SCHEMA" : database;
  }

  /** The databases that the account may see, sorted. */
  List<String> databases() throws MysqlException {
    return ask("SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA").stream()
        .map(row -> row[0].equals("INFORMATION_SCHEMA") ? Show.INFORMATION_SCHEMA : row[0])
        .filter(name -> !name.equals(Database.HIDDEN_SCHEMA) && mayUse(name))
        .sorted()
        .toList();
  }

  /** Has no database chosen if the chosen one is gone. */
  void forgetDropped() throws MysqlException {
    if (!current.isEmpty() && find(current).isEmpty()) {
      choose("");
    }
  }

  @Override
  public Optional<String> function(String upperName) {
    return Optional.ofNullable(
        switch (upperName) {
          case "VERSION" -> Translator.literal(Variables.VERSION);
          case "DATABASE", "SCHEMA" -> current.isEmpty() ? "NULL" : Translator.literal(current);
          case "USER", "SESSION_USER", "SYSTEM_USER" ->
              Translator.literal(account.name() + "@" + client);
          case "CURRENT_USER" ->
              Translator.literal(
                  account.name()
                      + (client.equals("localhost") && account.database().isEmpty()
                          ? "@localhost"
                          : "@%"));
          case "CONNECTION_ID" -> Long.toString(connectionId);
          case "LAST_INSERT_ID" -> Long.toString(lastInsertId);
          case "ROW_COUNT" -> Long.toString(rowCount);
          case "FOUND_ROWS" -> Long.toString(foundRows);
          default -> null;
        });
  }

  @Override
  public String variable(String name) throws MysqlException {
    return variables.literal(name);
  }

  public Variables variables() {
    return variables;
  }

  Account account() {
    return account;
  }

  String client() {
    return client;
  }

  long connectionId() {
    return connectionId;
  }

  /** The database in use; empty if there is none. */
  public String current() {
    return current;
  }

  /** What {@link ServerStatus} says of this session. */
  public int status() throws MysqlException {
    return (inTransaction ? ServerStatus.IN_TRANSACTION : 0)
        | (isAutoCommit() ? ServerStatus.AUTOCOMMIT : 0);
  }

  /** The same client's session as it was at login, but for the database that is in use. */
  public Session afresh() throws MysqlException {
    Session fresh = database.open(account, client, connectionId);
    if (fresh.find(current).isPresent()) {
      fresh.choose(current);
    }
    return fresh;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException alreadyClosed) {
      // Its transaction is rolled back in either case.
    }
  }
}
