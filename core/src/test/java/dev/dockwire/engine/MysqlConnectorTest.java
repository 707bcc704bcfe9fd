package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An independent client, MariaDB's driver, speaks with the mysql image inside the world. */
class MysqlConnectorTest {

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world, EngineSettings.DEFAULT);

  @AfterEach
  void close() {
    engine.close();
  }

  private void startServer(String... options) {
    run(
        ContainerSpec.of("mysql")
            .withCommand(List.of(options))
            .withEnvironment(
                List.of(
                    "MYSQL_ROOT_PASSWORD=1234",
                    "MYSQL_DATABASE=shop",
                    "MYSQL_USER=app",
                    "MYSQL_PASSWORD=app1")),
        "db");
    Container client = run(ContainerSpec.of("alpine").withTerminal(true, true), "client");
    Process process =
        engine.exec(client, List.of("sleep", "1000000"), List.of(), Optional.empty(), Stdio.NULL);
    WorldSocketFactory.use(world, process.host().stack());
    world.loop().runUntil(world.now() + 1_000_000_000);
  }

  private Container run(ContainerSpec spec, String name) {
    Container container = engine.create(spec.withName(name));
    engine.start(container);
    return container;
  }

  private static Connection connect(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://172.17.0.2:3306/"
            + database
            + "?allowPublicKeyRetrieval=true&socketFactory="
            + WorldSocketFactory.class.getName(),
        user,
        password);
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        texts.add(String.join("|", row));
      }
      return texts;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--default-authentication-plugin=caching_sha2_password",
        "--default-authentication-plugin=mysql_native_password"
      })
  void itLogsInWithTheRightPasswordOnly(String option) throws SQLException {
    startServer(option);
    try (Connection connection = connect("shop", "app", "app1")) {
      assertThat(query(connection, "SELECT DATABASE(), USER(), 1 + 1"))
          .containsExactly("shop|app@172.17.0.3|2");
      assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("8.0.12");
    }
    assertThatThrownBy(() -> connect("shop", "app", "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class,
            refused -> {
              assertThat(refused.getErrorCode()).isEqualTo(1045);
              assertThat(refused.getSQLState()).isEqualTo("28000");
            })
        .hasMessageContaining("Access denied for user 'app'@'172.17.0.3' (using password: YES)");
    assertThatThrownBy(() -> connect("shop", "nobody", "x"))
        .hasMessageContaining("Access denied for user 'nobody'@'172.17.0.3'");
    assertThatThrownBy(() -> connect("shop", "app", ""))
        .hasMessageContaining("(using password: NO)");
    assertThatThrownBy(() -> connect("nosuch", "root", "1234"))
        .hasMessageContaining("Unknown database 'nosuch'");
  }

  @Test
  void rowsKeysTypesAndTransactionsComeThrough() throws SQLException {
    startServer();
    try (Connection connection = connect("shop", "root", "1234");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE item (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40) NOT NULL,"
              + " price DECIMAL(6,2), picture BLOB, sold BOOLEAN, at DATETIME)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO item (name, price, picture, sold, at) VALUES (?, ?, ?, ?, ?)",
              Statement.RETURN_GENERATED_KEYS)) {
        insert.setString(1, "it's a \"pear\" \\ ü €");
        insert.setBigDecimal(2, new java.math.BigDecimal("1.50"));
        insert.setBytes(3, new byte[] {1, 2, 3});
        insert.setBoolean(4, true);
        insert.setString(5, "2026-02-03 04:05:06");
        assertThat(insert.executeUpdate()).isOne();
        try (ResultSet keys = insert.getGeneratedKeys()) {
          assertThat(keys.next()).isTrue();
          assertThat(keys.getLong(1)).isOne();
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT * FROM item")) {
        assertThat(row.next()).isTrue();
        ResultSetMetaData columns = row.getMetaData();
        assertThat(columns.getColumnTypeName(1)).isEqualTo("BIGINT");
        assertThat(columns.getTableName(2)).isEqualTo("item");
        assertThat(row.getLong("id")).isOne();
        assertThat(row.getString("name")).isEqualTo("it's a \"pear\" \\ ü €");
        assertThat(row.getBigDecimal("price")).isEqualTo("1.50");
        assertThat(row.getBytes("picture")).containsExactly(1, 2, 3);
        assertThat(row.getBoolean("sold")).isTrue();
        assertThat(row.getTimestamp("at")).hasToString("2026-02-03 04:05:06.0");
      }
      connection.setAutoCommit(false);
      statement.executeUpdate("DELETE FROM item");
      connection.rollback();
      assertThat(query(connection, "SELECT COUNT(*) FROM item")).containsExactly("1");
      assertThatThrownBy(() -> statement.execute("SELECT * FROM nosuch"))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getErrorCode()).isEqualTo(1146));
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void aLongResultComesThroughWhole() throws SQLException {
    startServer();
    try (Connection connection = connect("shop", "root", "1234");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a INT, b VARCHAR(500))");
      StringBuilder insert = new StringBuilder("INSERT INTO t VALUES (0, '')");
      for (int i = 1; i < 2_000; i++) {
        insert.append(", (").append(i).append(", '").append("x".repeat(i % 500)).append("')");
      }
      assertThat(statement.executeUpdate(insert.toString())).isEqualTo(2_000);
      List<String> rows = query(connection, "SELECT a, LENGTH(b) FROM t ORDER BY a");
      assertThat(rows).hasSize(2_000).endsWith("1999|499");
      assertThat(query(connection, "SELECT b FROM t WHERE a = 499"))
          .containsExactly("x".repeat(499));
    }
  }
}
