package dev.dockwire.program.mysql.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.time.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements as MySQL understands them, answered by H2. */
class SessionTest {

  private static final Account ROOT = Account.of("root", "1234", Optional.empty());
  private static final long NEW_YEAR_2026 = 1_767_225_600_000_000_000L;

  private Database database;
  private Session session;

  private static Database open(List<String> script) throws MysqlException {
    return Database.open(script, () -> NEW_YEAR_2026, new Seed(1).generator("mysql"));
  }

  @BeforeEach
  void logIn() throws Exception {
    database = open(List.of());
    session = database.open(ROOT, "172.17.0.3", 8);
    run("CREATE DATABASE shop");
    run("USE shop");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  /** The columns' names and the rows, separated by bars; or what was done. */
  private static String run(Session session, String sql) throws Exception {
    return switch (session.execute(sql)) {
      case Answer.Done done ->
          done.affected()
              + (done.insertId() > 0 ? " id " + done.insertId() : "")
              + (done.info().isEmpty() ? "" : " " + done.info());
      case Answer.Rows rows -> {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(String.join("|", rows.columns().stream().map(Column::name).toList()));
        for (byte[][] row : rows.rows()) {
          StringJoiner line = new StringJoiner("|");
          for (byte[] value : row) {
            line.add(value == null ? "NULL" : new String(value, StandardCharsets.UTF_8));
          }
          lines.add(line.toString());
        }
        yield lines.toString();
      }
    };
  }

  private String run(String sql) throws Exception {
    return run(session, sql);
  }

  private String refusal(String sql) {
    try {
      return "no error but " + run(sql);
    } catch (MysqlException refused) {
      return refused.error().toString();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private void makeItems() throws Exception {
    run(
        """
        CREATE TABLE item (
          id INT NOT NULL AUTO_INCREMENT,
          name VARCHAR(20) NOT NULL,
          price DECIMAL(6,2) DEFAULT 1.50,
          added DATETIME DEFAULT CURRENT_TIMESTAMP,
          PRIMARY KEY (id), UNIQUE KEY by_name (name)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4\
        """);
    run("INSERT INTO item (name, price) VALUES ('apple', 0.5), (\"pear\", NULL)");
  }

  @Test
  void tablesAreMadeFilledAndRead() throws Exception {
    makeItems();
    assertThat(run("insert into item(name) values('fig')")).isEqualTo("1 id 3");
    assertThat(run("SELECT LAST_INSERT_ID()")).isEqualTo("LAST_INSERT_ID()\n3");
    assertThat(run("SELECT * FROM `item` WHERE name = \"APPLE\" or price is null ORDER BY id"))
        .isEqualTo(
            """
            id|name|price|added
            1|apple|0.50|2026-01-01 00:00:00
            2|pear|NULL|2026-01-01 00:00:00\
            """);
    assertThat(run("UPDATE item SET price = 2 WHERE id > 1"))
        .isEqualTo("2 Rows matched: 2  Changed: 2  Warnings: 0");
    assertThat(run("SELECT count(*), sum(price) total FROM shop.item"))
        .isEqualTo("count(*)|total\n3|4.50");
    assertThat(run("DELETE FROM item WHERE id = 1")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          select 1+1 ~ 1+1 ~ 2
          SELECT 'it''s', "a\\tb" AS x ~ it's|x ~ it's|a^TAB^b
          SELECT @@version, version() ~ @@version|version() ~ 8.0.12|8.0.12
          SELECT @@session.autocommit ac ~ ac ~ 1
          SELECT DATABASE(), USER(), CURRENT_USER() ~ DATABASE()|USER()|CURRENT_USER() ~ shop|root@172.17.0.3|root@%
          SELECT NOW(), CURDATE(), current_timestamp ~ NOW()|CURDATE()|current_timestamp ~ 2026-01-01 00:00:00|2026-01-01|2026-01-01 00:00:00
          SELECT DATE_FORMAT(NOW(), '%d.%m.%Y') d ~ d ~ 01.01.2026
          SELECT IF(1 > 2, 'yes', 'no') ~ IF(1 > 2, 'yes', 'no') ~ no
          SELECT TRUE, 1.0e0, CONNECTION_ID() # comment ~ TRUE|1.0e0|CONNECTION_ID() ~ 1|1|8
          SELECT /*!40001 7 */ -- seven ~ 7 ~ 7
          SELECT 1 <=> NULL x ~ x ~ 0
          SHOW VARIABLES LIKE 'wait_time%' ~ Variable_name|Value ~ wait_timeout|28800
          SHOW DATABASES LIKE 's%' ~ Database (s%) ~ shop
          """)
  void expressionsHaveMysqlsNamesAndValues(String sql, String names, String row) throws Exception {
    assertThat(run(sql)).isEqualTo(names + "\n" + row.replace("^TAB^", "\t"));
  }

  @Test
  void aTableIsDescribed() throws Exception {
    makeItems();
    run("CREATE INDEX by_price ON item (price)");
    assertThat(run("DESCRIBE item"))
        .isEqualTo(
            """
            Field|Type|Null|Key|Default|Extra
            id|int(11)|NO|PRI|NULL|auto_increment
            name|varchar(20)|NO|UNI|NULL|
            price|decimal(6,2)|YES|MUL|1.50|
            added|datetime|YES||CURRENT_TIMESTAMP|\
            """);
    assertThat(run("SHOW COLUMNS FROM shop.item")).isEqualTo(run("DESC item"));
    assertThat(run("SHOW TABLES")).isEqualTo("Tables_in_shop\nitem");
    assertThat(run("SHOW CREATE TABLE item"))
        .isEqualTo(
            """
            Table|Create Table
            item|CREATE TABLE `item` (
              `id` int(11) NOT NULL AUTO_INCREMENT,
              `name` varchar(20) NOT NULL,
              `price` decimal(6,2) DEFAULT '1.50',
              `added` datetime DEFAULT CURRENT_TIMESTAMP,
              PRIMARY KEY (`id`),
              UNIQUE KEY `by_name` (`name`),
              KEY `by_price` (`price`)
            ) ENGINE=H2\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          SELEC 1 ~ 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEC 1' at line 1
          SELECT * FORM item ~ 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'FORM item' at line 1
          SELECT 'open ~ 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near ''open' at line 1
          SELECT 1; SELECT 2 ~ 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELECT 2' at line 1
          SELECT * FROM nosuch ~ 1146 (42S02): Table 'shop.nosuch' doesn't exist
          SELECT * FROM other.nosuch ~ 1049 (42000): Unknown database 'other'
          SELECT colour FROM item ~ 1054 (42S22): Unknown column 'colour' in 'field list'
          DROP TABLE nosuch ~ 1051 (42S02): Unknown table 'shop.nosuch'
          CREATE TABLE item (id INT) ~ 1050 (42S01): Table 'item' already exists
          INSERT INTO item (id, name) VALUES (1, 'kiwi') ~ 1062 (23000): Duplicate entry '1' for key 'PRIMARY'
          INSERT INTO item (name) VALUES ('pear') ~ 1062 (23000): Duplicate entry 'pear' for key 'by_name'
          INSERT INTO item (name) VALUES (NULL) ~ 1048 (23000): Column 'name' cannot be null
          INSERT INTO item (name) VALUES ('a much too long name for it') ~ 1406 (22001): Data too long for column 'name' at row 1
          INSERT INTO item VALUES (1) ~ 1136 (21S01): Column count doesn't match value count at row 1
          SELECT nosuch(1) ~ 1305 (42000): FUNCTION shop.nosuch does not exist
          SELECT @@nosuch ~ 1193 (HY000): Unknown system variable 'nosuch'
          USE nosuch ~ 1049 (42000): Unknown database 'nosuch'
          CREATE DATABASE shop ~ 1007 (HY000): Can't create database 'shop'; database exists
          DROP DATABASE nosuch ~ 1008 (HY000): Can't drop database 'nosuch'; database doesn't exist
          CREATE USER 'x'@'%' IDENTIFIED BY 'y' ~ 1235 (42000): This version of MySQL doesn't yet support 'CREATE USER'
          ; ~ 1065 (42000): Query was empty
          SHOW NONSENSE ~ 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'NONSENSE' at line 1
          """)
  void errorsAreMysqls(String sql, String error) throws Exception {
    makeItems();
    assertThat(refusal(sql)).isEqualTo("ERROR " + error);
  }

  @Test
  void withoutADatabaseNothingIsNamedWithoutOne() throws Exception {
    run("DROP DATABASE shop");
    assertThat(run("SELECT DATABASE()")).isEqualTo("DATABASE()\nNULL");
    for (String sql : List.of("SELECT * FROM t", "CREATE TABLE t (a INT)", "SHOW TABLES")) {
      assertThat(refusal(sql)).isEqualTo("ERROR 1046 (3D000): No database selected");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT FILE_READ('/etc/passwd')",
        "SELECT * FROM CSVREAD('/etc/passwd')",
        "SELECT `FILE_READ`('/etc/passwd')",
        "CREATE ALIAS x FOR \"java.lang.System.exit\"",
        "CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW CALL 'x.Y'",
        "SCRIPT TO '/tmp/x'",
        "RUNSCRIPT FROM '/etc/passwd'",
        "BACKUP TO '/tmp/x.zip'",
        "CREATE LINKED TABLE l ('', 'jdbc:h2:/tmp/x', '', '', 't')",
        "SHUTDOWN",
        "CALL 1",
      })
  void noStatementReachesTheMachine(String sql) throws Exception {
    makeItems();
    assertThat(refusal(sql)).startsWith("ERROR ");
  }

  @Test
  void aTransactionIsSeenByOthersWhenItIsCommitted() throws Exception {
    makeItems();
    try (Session other = database.open(ROOT, "172.17.0.4", 9)) {
      run("BEGIN");
      run("DELETE FROM item WHERE id = 1");
      assertThat(session.status()).isEqualTo(3);
      assertThat(run(other, "SELECT COUNT(*) n FROM shop.item")).isEqualTo("n\n2");
      assertThatThrownBy(() -> other.execute("UPDATE shop.item SET price = 9 WHERE id = 1"))
          .isInstanceOf(LockedException.class);
      run("ROLLBACK");
      assertThat(run(other, "UPDATE shop.item SET price = 9 WHERE id = 1")).startsWith("1 ");
      run("START TRANSACTION");
      run("DELETE FROM item");
      run("COMMIT");
      assertThat(run(other, "SELECT COUNT(*) n FROM shop.item")).isEqualTo("n\n0");
    }
  }

  @Test
  void anAccountOfOneDatabaseIsKeptToIt() throws Exception {
    makeItems();
    database.createDatabase("own");
    Account account = Account.of("app", "secret", Optional.of("own"));
    try (Session app = database.open(account, "172.17.0.4", 9)) {
      assertThat(run(app, "SHOW DATABASES")).isEqualTo("Database\ninformation_schema\nown");
      app.use("own");
      run(app, "CREATE TABLE t (a INT)");
      assertThat(run(app, "INSERT INTO t VALUES (1)")).isEqualTo("1");
      assertThatThrownBy(() -> app.use("shop"))
          .hasMessage("Access denied for user 'app'@'%' to database 'shop'");
      assertThatThrownBy(() -> app.execute("CREATE DATABASE more"))
          .isInstanceOf(MysqlException.class);
      assertThatThrownBy(() -> app.execute("SELECT * FROM shop.item"))
          .isInstanceOf(MysqlException.class);
    }
  }

  @Test
  void variablesAreTheSessionsOwn() throws Exception {
    run("SET NAMES latin1, @@session.wait_timeout = 60, sql_mode = 'ANSI', autocommit=0");
    assertThat(run("SELECT @@character_set_client, @@wait_timeout w, @@sql_mode m, @@autocommit a"))
        .isEqualTo("@@character_set_client|w|m|a\nlatin1|60|ANSI|0");
    run("SET @total = 1 + 2");
    assertThat(run("SELECT @total")).isEqualTo("@total\n3");
    assertThat(refusal("SET version = '9'")).contains("1238 (HY000)");
  }

  @Test
  void theScriptMakesTheSameDataAgain() throws Exception {
    makeItems();
    run("INSERT INTO item (name) VALUES ('a\n;\\'q\\' ü')");
    String before = run("SELECT * FROM item ORDER BY id");
    try (Database again = open(database.script());
        Session next = again.open(ROOT, "localhost", 1)) {
      next.use("shop");
      assertThat(run(next, "SELECT * FROM item ORDER BY id")).isEqualTo(before);
      assertThat(run(next, "INSERT INTO item (name) VALUES ('next')")).isEqualTo("1 id 4");
    }
  }

  @Test
  void aScriptThatSomebodyHasWrittenReachesNothingEither() {
    for (String sql :
        List.of(
            "CREATE ALIAS x FOR \"java.lang.System.exit\"",
            "CREATE SCHEMA s AUTHORIZATION SA; SCRIPT TO '/tmp/x'",
            "CALL FILE_READ('/etc/passwd')",
            "nonsense")) {
      assertThatThrownBy(() -> open(List.of(sql))).isInstanceOf(MysqlException.class);
    }
  }

  @Test
  void aTextIsNotLongerThanAPacket() throws Exception {
    assertThat(run("SELECT REPEAT('ab', 3) a, REPEAT('x', 1000000000) b, LPAD('7', 3, '0') c"))
        .isEqualTo("a|b|c\nababab|NULL|007");
    assertThat(
            run("SELECT RPAD('abc', 2, '-') a, RPAD('a', 3, '-') b, LPAD('a', 2000000000, 'x') c"))
        .isEqualTo("a|b|c\nab|a--|NULL");
  }

  @Test
  void nestingTooDeepIsRefusedAndTheSessionGoesOn() throws Exception {
    assertThat(refusal("SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000)))
        .startsWith("ERROR 1436");
    assertThat(run("SELECT 1 a")).isEqualTo("a\n1");
  }

  @Test
  void chanceComesFromTheSeed() throws Exception {
    String first = run("SELECT RAND() r, UUID() u");
    try (Database again = open(List.of());
        Session same = again.open(ROOT, "localhost", 1)) {
      assertThat(run(same, "SELECT RAND() r, UUID() u")).isEqualTo(first);
    }
    assertThat(run("SELECT RAND() r, UUID() u")).isNotEqualTo(first);
  }

  @Test
  void aSessionThatBeginsAfreshKeepsItsDatabase() throws Exception {
    run("SET wait_timeout = 5");
    session.close();
    session = session.afresh();
    assertThat(session.current()).isEqualTo("shop");
    assertThat(run("CREATE TABLE things (id INT)")).isEqualTo("0");
    assertThat(run("SELECT @@wait_timeout")).endsWith("\n28800");
    run("DROP DATABASE shop");
    session.close();
    session = session.afresh();
    assertThat(session.current()).isEmpty();
  }
}
