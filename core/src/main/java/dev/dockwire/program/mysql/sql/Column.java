package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.PayloadWriter;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/**
 * A column of an answer.
 *
 * @param type MySQL's number of the type
 * @param length how wide a value can be shown, in octets
 * @param flags NOT_NULL and others
 */
public record Column(
    String schema, String table, String name, int type, long length, int flags, int decimals) {

  public static final int NOT_NULL = 1;
  private static final int BINARY_FLAG = 128;
  private static final int AUTO_INCREMENT = 512;

  private static final int TINY = 1;
  private static final int SHORT = 2;
  private static final int LONG = 3;
  private static final int FLOAT = 4;
  private static final int DOUBLE = 5;
  private static final int NULL = 6;
  private static final int LONGLONG = 8;
  private static final int DATE = 10;
  private static final int TIME = 11;
  private static final int DATETIME = 12;
  private static final int DECIMAL = 246;
  private static final int BLOB = 252;
  private static final int VAR_STRING = 253;
  private static final int STRING = 254;

  private static final int UTF8MB4 = 255;
  private static final int BINARY = 63;
  private static final int OCTETS_PER_CHARACTER = 4;
  private static final int NOT_FIXED = 31;

  static Column text(String name) {
    return new Column("", "", name, VAR_STRING, 256 * OCTETS_PER_CHARACTER, 0, NOT_FIXED);
  }

  /** The column of a result that H2 made. */
  static Column of(ResultSetMetaData data, int index, String name) throws SQLException {
    int type = typeOf(data.getColumnType(index));
    int flags =
        (data.isNullable(index) == ResultSetMetaData.columnNoNulls ? NOT_NULL : 0)
            | (isText(type) && !isBinary(data.getColumnType(index)) ? 0 : BINARY_FLAG)
            | (data.isAutoIncrement(index) ? AUTO_INCREMENT : 0);
    long width = data.getColumnDisplaySize(index);
    return new Column(
        orEmpty(data.getSchemaName(index)),
        orEmpty(data.getTableName(index)),
        name,
        type,
        Math.min(isText(type) ? width * OCTETS_PER_CHARACTER : width, 0xffff_ffffL),
        flags,
        type == DECIMAL ? data.getScale(index) : isNumeric(type) && type != DOUBLE ? 0 : NOT_FIXED);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static int typeOf(int sqlType) {
    return switch (sqlType) {
      case Types.BOOLEAN, Types.BIT, Types.TINYINT -> TINY;
      case Types.SMALLINT -> SHORT;
      case Types.INTEGER -> LONG;
      case Types.BIGINT -> LONGLONG;
      case Types.REAL -> FLOAT;
      case Types.FLOAT, Types.DOUBLE -> DOUBLE;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      case Types.DATE -> DATE;
      case Types.TIME, Types.TIME_WITH_TIMEZONE -> TIME;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> DATETIME;
      case Types.NULL -> NULL;
      case Types.CLOB, Types.BLOB -> BLOB;
      case Types.CHAR, Types.BINARY -> STRING;
      default -> VAR_STRING;
    };
  }

  private static boolean isText(int type) {
    return type >= BLOB;
  }

  static boolean isBinary(int sqlType) {
    return sqlType == Types.BINARY || sqlType == Types.VARBINARY || sqlType == Types.BLOB;
  }

  private static boolean isNumeric(int type) {
    return type <= LONGLONG && type != NULL || type == DECIMAL || type == 9;
  }

  /** Whether clients show its values at the right. */
  public boolean isNumeric() {
    return isNumeric(type);
  }

  /** The payload by which the protocol describes it. */
  public byte[] toPayload() {
    boolean binary = !isText(type) || (flags & BINARY_FLAG) != 0;
    return new PayloadWriter()
        .lengthEncoded("def")
        .lengthEncoded(schema)
        .lengthEncoded(table)
        .lengthEncoded(table)
        .lengthEncoded(name)
        .lengthEncoded(name)
        .int1(0x0c)
        .int2(binary ? BINARY : UTF8MB4)
        .int4(length)
        .int1(type)
        .int2(flags)
        .int1(decimals)
        .int2(0)
        .toBytes();
  }
}
