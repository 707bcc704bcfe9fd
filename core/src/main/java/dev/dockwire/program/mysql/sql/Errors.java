package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.MysqlException;
import dev.dockwire.program.mysql.ServerError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcException;

/** MySQL's errors for what went wrong, H2's own among them. */
final class Errors {

  private static final int NEAR = 80;
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*)\"");

  /** The row's number, which is the key's value, where H2 shows the row that is there already. */
  private static final Pattern ROW_KEY = Pattern.compile("PRIMARY KEY ON .*/\\* key:(-?\\d+) \\*/");

  private static final Pattern KEY_VALUES =
      Pattern.compile("VALUES \\( ?(?:/\\*.*?\\*/ ?)?(.*?) ?\\)\"", Pattern.DOTALL);

  /** How H2 shows a text that is compared without regard to case. */
  private static final String CAST = "CAST\\((.*?) AS \\w+(?:\\(\\d+\\))?\\)";

  private Errors() {}

  /**
   * A statement that makes no sense from somewhere on.
   *
   * @param position where that is
   */
  static MysqlException syntax(String sql, int position) {
    String rest = sql.substring(Math.min(position, sql.length()));
    long line = sql.substring(0, Math.min(position, sql.length())).lines().count();
    return new MysqlException(
        1064,
        "42000",
        "You have an error in your SQL syntax; check the manual that corresponds to your MySQL"
            + " server version for the right syntax to use near '"
            + rest.substring(0, Math.min(NEAR, rest.length()))
            + "' at line "
            + Math.max(1, line));
  }

  static MysqlException unknownDatabase(String name) {
    return new MysqlException(1049, "42000", "Unknown database '" + name + "'");
  }

  static MysqlException accessDenied(Account account, String database) {
    return new MysqlException(
        1044,
        "42000",
        "Access denied for user '" + account.name() + "'@'%' to database '" + database + "'");
  }

  static MysqlException unknownVariable(String name) {
    return new MysqlException(1193, "HY000", "Unknown system variable '" + name + "'");
  }

  static MysqlException unknownTable(String database, String table) {
    return new MysqlException(
        1146, "42S02", "Table '" + database + "." + table + "' doesn't exist");
  }

  static MysqlException notSupported(String what) {
    return new MysqlException(
        1235, "42000", "This version of MySQL doesn't yet support '" + what + "'");
  }

  /**
   * What MySQL says where H2 says something else.
   *
   * @param database the one in use, or an empty text
   */
  static MysqlException of(
      JdbcException failure, Statement statement, Translation translation, String database) {
    String message = failure.getOriginalMessage();
    String name = quoted(message);
    String table = translation.qualifiedName(statement, name, database);
    return switch (failure.getErrorCode()) {
      case ErrorCode.SYNTAX_ERROR_1, ErrorCode.SYNTAX_ERROR_2 ->
          syntax(statement.sql(), translation.errorPosition(message));
      case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
          ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2,
          ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1,
          ErrorCode.VIEW_NOT_FOUND_1 -> {
        if (table.startsWith(".")) {
          yield new MysqlException(ServerError.NO_DATABASE);
        }
        yield statement.verb().equals("DROP")
            ? new MysqlException(1051, "42S02", "Unknown table '" + table + "'")
            : new MysqlException(1146, "42S02", "Table '" + table + "' doesn't exist");
      }
      case ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS_1, ErrorCode.VIEW_ALREADY_EXISTS_1 ->
          new MysqlException(1050, "42S01", "Table '" + name + "' already exists");
      case ErrorCode.COLUMN_NOT_FOUND_1 ->
          new MysqlException(1054, "42S22", "Unknown column '" + name + "' in 'field list'");
      case ErrorCode.AMBIGUOUS_COLUMN_NAME_1 ->
          new MysqlException(1052, "23000", "Column '" + name + "' in field list is ambiguous");
      case ErrorCode.DUPLICATE_COLUMN_NAME_1 ->
          new MysqlException(1060, "42S21", "Duplicate column name '" + name + "'");
      case ErrorCode.INDEX_ALREADY_EXISTS_1 ->
          new MysqlException(1061, "42000", "Duplicate key name '" + name + "'");
      case ErrorCode.INDEX_NOT_FOUND_1, ErrorCode.CONSTRAINT_NOT_FOUND_1 ->
          new MysqlException(
              1091, "42000", "Can't DROP '" + name + "'; check that column/key exists");
      case ErrorCode.DUPLICATE_KEY_1 -> duplicate(message);
      case ErrorCode.NULL_NOT_ALLOWED ->
          new MysqlException(1048, "23000", "Column '" + name + "' cannot be null");
      case ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_PARENT_MISSING_1 ->
          new MysqlException(
              1452,
              "23000",
              "Cannot add or update a child row: a foreign key constraint fails (" + name + ")");
      case ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_CHILD_EXISTS_1 ->
          new MysqlException(
              1451,
              "23000",
              "Cannot delete or update a parent row: a foreign key constraint fails ("
                  + name
                  + ")");
      case ErrorCode.VALUE_TOO_LONG_2 ->
          new MysqlException(
              1406, "22001", "Data too long for column '" + column(name) + "' at row 1");
      case ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_1, ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_2 ->
          new MysqlException(1264, "22003", "Out of range value: " + message);
      case ErrorCode.DATA_CONVERSION_ERROR_1 ->
          new MysqlException(1366, "HY000", "Incorrect value: '" + name + "'");
      case ErrorCode.COLUMN_COUNT_DOES_NOT_MATCH ->
          new MysqlException(1136, "21S01", "Column count doesn't match value count at row 1");
      case ErrorCode.DIVISION_BY_ZERO_1 -> new MysqlException(1365, "22012", "Division by 0");
      case ErrorCode.SUBQUERY_IS_NOT_SINGLE_COLUMN ->
          new MysqlException(1241, "21000", "Operand should contain 1 column(s)");
      case ErrorCode.SCALAR_SUBQUERY_CONTAINS_MORE_THAN_ONE_ROW ->
          new MysqlException(1242, "21000", "Subquery returns more than 1 row");
      case ErrorCode.FUNCTION_NOT_FOUND_1 ->
          new MysqlException(
              1305,
              "42000",
              "FUNCTION " + (database.isEmpty() ? "" : database + ".") + name + " does not exist");
      case ErrorCode.SCHEMA_NOT_FOUND_1 -> unknownDatabase(name);
      case ErrorCode.NOT_ENOUGH_RIGHTS_FOR_1, ErrorCode.ADMIN_RIGHTS_REQUIRED ->
          new MysqlException(
              1142, "42000", statement.verb() + " command denied to user for this object");
      case ErrorCode.DEADLOCK_1 ->
          new MysqlException(
              1213, "40001", "Deadlock found when trying to get lock; try restarting transaction");
      case ErrorCode.STATEMENT_WAS_CANCELED ->
          new MysqlException(
              3024,
              "HY000",
              "Query execution was interrupted, maximum statement execution time exceeded");
      default -> new MysqlException(1105, "HY000", message);
    };
  }

  /** Whether a statement met what another transaction has changed and not committed. */
  static boolean isLock(JdbcException failure) {
    return failure.getErrorCode() == ErrorCode.LOCK_TIMEOUT_1
        || failure.getErrorCode() == ErrorCode.CONCURRENT_UPDATE_1;
  }

  private static String quoted(String message) {
    Matcher matcher = QUOTED.matcher(message);
    return matcher.find() ? matcher.group(1).replace("\"\"", "\"") : "";
  }

  /** The column's name out of {@code name CHARACTER VARYING(3)}. */
  private static String column(String definition) {
    return definition.replaceFirst("^\"?([^\" ]*)\"?.*", "$1");
  }

  private static MysqlException duplicate(String message) {
    String index = quoted(message).replaceFirst("\\s.*", "").replaceFirst("^.*\\.", "");
    Matcher rowKey = ROW_KEY.matcher(message);
    Matcher keyValues = KEY_VALUES.matcher(message);
    String value = "";
    if (rowKey.find()) {
      value = rowKey.group(1);
    } else if (keyValues.find()) {
      value = keyValues.group(1).replaceAll(CAST, "$1").replace("'", "").replace(", ", "-");
    }
    boolean primary = message.contains("PRIMARY KEY") || message.contains("PRIMARY_KEY");
    return new MysqlException(
        1062,
        "23000",
        "Duplicate entry '"
            + value
            + "' for key '"
            + (primary ? "PRIMARY" : index.replaceFirst("_INDEX_\\w+$", ""))
            + "'");
  }
}
