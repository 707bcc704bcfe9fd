package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The data of one server: an H2 database in memory, in which MySQL's databases are schemas. Nobody
 * but its server can reach it, and no statement of a client's can reach the machine: clients'
 * statements run with the rights of a user who may not do what H2 reserves to its administrator, as
 * files, Java code and other databases are.
 */
public final class Database implements AutoCloseable {

  /** What stands behind MySQL's protocol, with its version. */
  public static final String ENGINE = "H2 " + org.h2.engine.Constants.VERSION;

  /** The schema that H2 has and MySQL has not: functions are there, and no tables. */
  static final String HIDDEN_SCHEMA = "PUBLIC";

  private static final String ADMINISTRATOR = "SA";
  private static final String ALL_DATABASES = "EVERYWHERE";
  private static final String ONE_DATABASE = "SOMEWHERE";

  /** Databases of one Java process need different names; nobody gets to see them. */
  private static final AtomicLong COUNT = new AtomicLong();

  private static final String SESSION_SETTINGS =
      // A wait inside H2 would stop the whole emulation: who would wait is told so instead.
      ";LOCK_TIMEOUT=0;TIME ZONE=UTC;NON_KEYWORDS=VALUE,USER,DAY,HOUR,MINUTE,MONTH,SECOND,YEAR";

  private static final String DATABASE_SETTINGS =
      ";MODE=MySQL;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;IGNORECASE=TRUE"
          + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

  /** What each database has from the beginning, and remarks. */
  private static final Pattern NOT_DATA =
      Pattern.compile("--|CREATE USER|CREATE (FORCE )?ALIAS|GRANT ");

  private final String url;
  private final LongSupplier epochNanos;
  private final RandomGenerator random;
  private final Connection administrator;

  private Database(String url, LongSupplier epochNanos, RandomGenerator random)
      throws SQLException {
    this.url = url;
    this.epochNanos = epochNanos;
    this.random = random;
    this.administrator = connect(ADMINISTRATOR, DATABASE_SETTINGS + SESSION_SETTINGS);
  }

  /**
   * Opens an empty database, or one that a script fills. The script is a file in a container, which
   * anybody may have changed, so it runs with a client's rights.
   *
   * @param script what {@link #script} returned, or nothing
   * @param epochNanos the time now, in nanoseconds since the Unix epoch
   * @throws MysqlException if the script cannot be executed
   */
  public static Database open(List<String> script, LongSupplier epochNanos, RandomGenerator random)
      throws MysqlException {
    String name = "mysql" + COUNT.incrementAndGet();
    Database database;
    try {
      database = new Database("jdbc:h2:mem:" + name, epochNanos, random);
      execute(database.administrator, initialStatements());
    } catch (SQLException e) {
      throw new IllegalStateException("a database in memory can be made", e);
    }
    try (Connection client = database.connect(ALL_DATABASES, SESSION_SETTINGS)) {
      execute(client, script);
      return database;
    } catch (SQLException e) {
      database.close();
      throw new MysqlException(1105, "HY000", String.valueOf(e.getMessage()));
    }
  }

  private static List<String> initialStatements() {
    String functions = SqlFunctions.class.getName();
    return List.of(
        "CREATE USER " + ALL_DATABASES + " PASSWORD ''",
        "GRANT ALTER ANY SCHEMA TO " + ALL_DATABASES,
        "CREATE USER " + ONE_DATABASE + " PASSWORD ''",
        "CREATE ALIAS NOW_ FOR \"" + functions + ".now\"",
        "CREATE ALIAS RAND_ FOR \"" + functions + ".rand\"",
        "CREATE ALIAS UUID_ FOR \"" + functions + ".uuid\"",
        "CREATE ALIAS FROM_UNIXTIME_ FOR \"" + functions + ".fromUnixTime\"",
        "CREATE ALIAS REPEAT_ FOR \"" + functions + ".repeat\"",
        "CREATE ALIAS LPAD_ FOR \"" + functions + ".leftPad\"",
        "CREATE ALIAS RPAD_ FOR \"" + functions + ".rightPad\"",
        "CREATE ALIAS DATE_FORMAT_ FOR \"" + functions + ".dateFormat\"");
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Connection connect(String user, String settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", "");
    return org.h2.Driver.load().connect(url + settings, properties);
  }

  /** Makes one of MySQL's databases if there is none of that name, for the account of one. */
  public void createDatabase(String name) {
    try {
      execute(
          administrator,
          List.of(
              "CREATE SCHEMA IF NOT EXISTS "
                  + Translator.name(name)
                  + " AUTHORIZATION "
                  + ONE_DATABASE));
    } catch (SQLException e) {
      throw new IllegalStateException("a schema of any name can be made", e);
    }
  }

  /**
   * Logs somebody in who has proved to be allowed to.
   *
   * @param client where from: an address, or localhost
   */
  public Session open(Account account, String client, long connectionId) {
    try {
      Connection connection =
          connect(account.database().isPresent() ? ONE_DATABASE : ALL_DATABASES, SESSION_SETTINGS);
      return new Session(this, connection, account, client, connectionId);
    } catch (SQLException e) {
      throw new IllegalStateException("the database is open", e);
    }
  }

  /**
   * The statements that make the same data again.
   *
   * @throws MysqlException if a statement has left the database in no state to tell
   */
  public List<String> script() throws MysqlException {
    List<String> statements = new ArrayList<>();
    try (java.sql.Statement statement = administrator.createStatement();
        ResultSet lines = statement.executeQuery("SCRIPT NOPASSWORDS NOSETTINGS")) {
      while (lines.next()) {
        if (!NOT_DATA.matcher(lines.getString(1)).lookingAt()) {
          statements.add(lines.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new MysqlException(1105, "HY000", String.valueOf(e.getMessage()));
    }
    return statements;
  }

  long epochNanos() {
    return epochNanos.getAsLong();
  }

  RandomGenerator random() {
    return random;
  }

  @Override
  public void close() {
    try {
      execute(administrator, List.of("SHUTDOWN IMMEDIATELY"));
    } catch (SQLException alreadyClosed) {
      // A database that has failed badly closes itself.
    }
  }
}
