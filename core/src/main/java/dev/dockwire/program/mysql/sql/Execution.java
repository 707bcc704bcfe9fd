package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts statements to H2 and takes its answers, as far as there is room for them. */
final class Execution {

  private static final int MAX_ROWS = 100_000;
  private static final long MAX_BYTES = 16 << 20;

  /** Of the machine's own time: a statement that computes stops the whole emulation. */
  private static final int MAX_SECONDS = 10;

  private Execution() {}

  static Answer run(Connection connection, Statement statement, Translation translation)
      throws SQLException, MysqlException {
    try (java.sql.Statement execution = connection.createStatement()) {
      execution.setEscapeProcessing(false);
      execution.setQueryTimeout(MAX_SECONDS);
      if (execution.execute(translation.sql(), java.sql.Statement.RETURN_GENERATED_KEYS)) {
        return rows(execution.getResultSet(), statement);
      }
      long affected = Math.max(0, execution.getLargeUpdateCount());
      return new Answer.Done(
          affected, inserts(statement) ? insertId(execution) : 0, info(statement, affected));
    }
  }

  static List<String[]> ask(Connection connection, String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int count = result.getMetaData().getColumnCount();
      List<String[]> rows = new ArrayList<>();
      while (result.next()) {
        String[] row = new String[count];
        for (int i = 0; i < count; i++) {
          row[i] = result.getString(i + 1);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static Answer rows(ResultSet result, Statement statement)
      throws SQLException, MysqlException {
    ResultSetMetaData data = result.getMetaData();
    int count = data.getColumnCount();
    List<Optional<String>> labels = SelectLabels.of(statement);
    List<Column> columns = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      String label = data.getColumnLabel(i);
      columns.add(
          Column.of(data, i, labels.size() == count ? labels.get(i - 1).orElse(label) : label));
    }
    List<byte[][]> rows = new ArrayList<>();
    long bytes = 0;
    while (result.next()) {
      byte[][] row = new byte[count][];
      for (int i = 0; i < count; i++) {
        row[i] = value(result, i + 1, data.getColumnType(i + 1));
        bytes += row[i] == null ? 1 : row[i].length;
      }
      rows.add(row);
      if (rows.size() > MAX_ROWS || bytes > MAX_BYTES) {
        throw new MysqlException(
            1105,
            "HY000",
            "The result has more than " + MAX_ROWS + " rows or " + MAX_BYTES + " bytes");
      }
    }
    return new Answer.Rows(columns, rows);
  }

  private static byte[] value(ResultSet result, int index, int sqlType) throws SQLException {
    if (Column.isBinary(sqlType)) {
      return result.getBytes(index);
    }
    String text = result.getString(index);
    if (text == null) {
      return null;
    }
    String shown =
        switch (sqlType) {
          case Types.BOOLEAN, Types.BIT -> text.equalsIgnoreCase("TRUE") ? "1" : "0";
          case Types.DOUBLE, Types.FLOAT, Types.REAL -> number(text);
          default -> text;
        };
    return shown.getBytes(StandardCharsets.UTF_8);
  }

  /** A floating-point number without a fraction that is none. */
  private static String number(String text) {
    double value = Double.parseDouble(text);
    boolean plain = value == 0 || Math.abs(value) >= 1e-15 && Math.abs(value) < 1e15;
    if (!plain || !Double.isFinite(value)) {
      return text.replace("E", "e").replace(".0e", "e");
    }
    return value == 0 ? "0" : new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  private static boolean inserts(Statement statement) {
    return statement.verb().equals("INSERT") || statement.verb().equals("REPLACE");
  }

  /** The first number that an AUTO_INCREMENT column gave. */
  private static long insertId(java.sql.Statement execution) throws SQLException {
    try (ResultSet keys = execution.getGeneratedKeys()) {
      ResultSetMetaData data = keys.getMetaData();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        if (data.isAutoIncrement(i)) {
          return keys.next() ? keys.getLong(i) : 0;
        }
      }
      return 0;
    }
  }

  private static String info(Statement statement, long affected) {
    return switch (statement.verb()) {
      case "UPDATE" -> "Rows matched: " + affected + "  Changed: " + affected + "  Warnings: 0";
      case "INSERT", "REPLACE" ->
          insertsSeveral(statement) ? "Records: " + affected + "  Duplicates: 0  Warnings: 0" : "";
      default -> "";
    };
  }

  private static boolean insertsSeveral(Statement statement) {
    List<Token> tokens = statement.tokens();
    for (int i = 1; i < tokens.size() - 1; i++) {
      boolean nextTuple = tokens.get(i).is(",") && tokens.get(i + 1).is("(");
      if (tokens.get(i).is("SELECT") || nextTuple && tokens.get(i - 1).is(")")) {
        return true;
      }
    }
    return false;
  }
}
