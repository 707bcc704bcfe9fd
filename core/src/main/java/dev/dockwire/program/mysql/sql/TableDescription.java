package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One table as {@code DESCRIBE}, {@code SHOW INDEX} and {@code SHOW CREATE TABLE} show it. */
final class TableDescription {

  private record Field(String name, String type, boolean nullable, String fallback, String extra) {}

  /** An index and its columns. */
  private record Key(String name, boolean unique, List<String> columns) {}

  private final Session session;
  private final String condition;
  private final String table;
  private final List<Field> fields = new ArrayList<>();
  private final Map<String, Key> keys = new LinkedHashMap<>();

  /**
   * @param name the database's and the table's
   */
  TableDescription(Session session, String[] name) throws MysqlException {
    this.session = session;
    this.table = name[1];
    this.condition =
        " WHERE c.TABLE_SCHEMA = CAST("
            + Translator.literal(Session.schemaOf(name[0]))
            + " AS VARCHAR_IGNORECASE) AND c.TABLE_NAME = CAST("
            + Translator.literal(name[1])
            + " AS VARCHAR_IGNORECASE) ";
    readFields();
    if (fields.isEmpty()) {
      throw Errors.unknownTable(name[0], name[1]);
    }
    readKeys();
  }

  private void readFields() throws MysqlException {
    for (String[] row :
        session.ask(
            "SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION,"
                + " NUMERIC_SCALE, IS_NULLABLE, COLUMN_DEFAULT, IS_IDENTITY"
                + " FROM INFORMATION_SCHEMA.COLUMNS c"
                + condition
                + "ORDER BY ORDINAL_POSITION")) {
      fields.add(
          new Field(
              row[0],
              type(row[1], row[2], row[3], row[4]),
              row[5].equals("YES"),
              fallback(row[6]),
              row[7].equals("YES") ? "auto_increment" : ""));
    }
  }

  private static String type(String sqlType, String length, String precision, String scale) {
    return switch (sqlType) {
      case "INTEGER" -> "int(11)";
      case "BIGINT" -> "bigint(20)";
      case "SMALLINT" -> "smallint(6)";
      case "TINYINT" -> "tinyint(4)";
      case "BOOLEAN" -> "tinyint(1)";
      case "NUMERIC", "DECIMAL", "DECFLOAT" -> "decimal(" + precision + "," + scale + ")";
      case "DOUBLE PRECISION" -> "double";
      case "REAL" -> "float";
      case "CHARACTER" -> "char(" + length + ")";
      case "CHARACTER VARYING", "VARCHAR_IGNORECASE" -> "varchar(" + length + ")";
      case "CHARACTER LARGE OBJECT" -> "text";
      case "BINARY LARGE OBJECT" -> "blob";
      case "BINARY VARYING" -> "varbinary(" + length + ")";
      case "TIMESTAMP" -> "datetime";
      default -> sqlType.toLowerCase(Locale.ROOT);
    };
  }

  private static String fallback(String expression) {
    if (expression == null || expression.startsWith("'")) {
      return expression == null
          ? null
          : expression.substring(1, expression.length() - 1).replace("''", "'");
    }
    return expression.contains("NOW_") ? "CURRENT_TIMESTAMP" : expression;
  }

  private void readKeys() throws MysqlException {
    for (String[] row :
        session.ask(
            "SELECT c.INDEX_NAME, INDEX_TYPE_NAME, COLUMN_NAME"
                + " FROM INFORMATION_SCHEMA.INDEX_COLUMNS c JOIN INFORMATION_SCHEMA.INDEXES i"
                + " ON c.INDEX_SCHEMA = i.INDEX_SCHEMA AND c.INDEX_NAME = i.INDEX_NAME"
                + condition
                + "ORDER BY INDEX_TYPE_NAME = 'INDEX', INDEX_TYPE_NAME, c.INDEX_NAME,"
                + " ORDINAL_POSITION")) {
      boolean primary = row[1].equals("PRIMARY KEY");
      String name = primary ? "PRIMARY" : row[0].replaceFirst("_INDEX_\\w+$", "");
      keys.computeIfAbsent(name, made -> new Key(made, !row[1].equals("INDEX"), new ArrayList<>(1)))
          .columns()
          .add(row[2]);
    }
  }

  Answer columns() {
    List<String[]> rows = new ArrayList<>();
    for (Field field : fields) {
      rows.add(
          new String[] {
            field.name(),
            field.type(),
            field.nullable() ? "YES" : "NO",
            keyOf(field.name()),
            field.fallback(),
            field.extra()
          });
    }
    return Answer.Rows.ofText(List.of("Field", "Type", "Null", "Key", "Default", "Extra"), rows);
  }

  private String keyOf(String column) {
    String found = "";
    for (Key key : keys.values()) {
      if (key.columns().contains(column) && key.name().equals("PRIMARY")) {
        return "PRI";
      }
      if (key.columns().getFirst().equals(column) && found.isEmpty()) {
        found = key.unique() && key.columns().size() == 1 ? "UNI" : "MUL";
      }
    }
    return found;
  }

  Answer indexes() {
    List<String[]> rows = new ArrayList<>();
    for (Key key : keys.values()) {
      for (int i = 0; i < key.columns().size(); i++) {
        rows.add(
            new String[] {
              table,
              key.unique() ? "0" : "1",
              key.name(),
              Integer.toString(i + 1),
              key.columns().get(i),
              "BTREE"
            });
      }
    }
    return Answer.Rows.ofText(
        List.of("Table", "Non_unique", "Key_name", "Seq_in_index", "Column_name", "Index_type"),
        rows);
  }

  Answer create() {
    List<String> lines = new ArrayList<>();
    for (Field field : fields) {
      lines.add(
          "  `"
              + field.name()
              + "` "
              + field.type()
              + (field.nullable() ? "" : " NOT NULL")
              + (field.fallback() == null
                  ? field.nullable() ? " DEFAULT NULL" : ""
                  : " DEFAULT " + quotedDefault(field.fallback()))
              + (field.extra().isEmpty() ? "" : " AUTO_INCREMENT"));
    }
    for (Key key : keys.values()) {
      String kind =
          key.name().equals("PRIMARY")
              ? "PRIMARY KEY"
              : (key.unique() ? "UNIQUE KEY `" : "KEY `") + key.name() + "`";
      lines.add(
          key.columns().stream().collect(Collectors.joining("`,`", "  " + kind + " (`", "`)")));
    }
    String text = "CREATE TABLE `" + table + "` (\n" + String.join(",\n", lines) + "\n) ENGINE=H2";
    return Answer.Rows.ofText(
        List.of("Table", "Create Table"), List.<String[]>of(new String[] {table, text}));
  }

  private static String quotedDefault(String value) {
    return value.equals("CURRENT_TIMESTAMP") ? value : Translator.literal(value);
  }
}
