package dev.dockwire.program.mysql.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a statement that was not refused comes to. */
public sealed interface Answer {

  /**
   * Something was done.
   *
   * @param insertId the first number that an AUTO_INCREMENT column gave; 0 for none
   * @param info as in {@code Rows matched: 1 Changed: 1 Warnings: 0}; mostly empty
   */
  record Done(long affected, long insertId, String info) implements Answer {
    public static final Done NOTHING = new Done(0, 0, "");
  }

  /** A table; a null value is NULL. */
  record Rows(List<Column> columns, List<byte[][]> rows) implements Answer {

    /** A table of texts, as {@code SHOW} makes them; a column's name may say its type. */
    static Rows ofText(List<String> names, List<String[]> rows) {
      List<byte[][]> values = new ArrayList<>(rows.size());
      for (String[] row : rows) {
        byte[][] line = new byte[row.length][];
        for (int i = 0; i < row.length; i++) {
          line[i] = row[i] == null ? null : row[i].getBytes(StandardCharsets.UTF_8);
        }
        values.add(line);
      }
      return new Rows(names.stream().map(Column::text).toList(), values);
    }
  }
}
