package dev.dockwire.program.mysql.client;

import java.util.List;

/** Results in the forms that {@code mysql} has: with borders, separated by tabs, or row by row. */
final class ResultPrinter {

  private ResultPrinter() {}

  /** As in {@code +----+}. */
  static String table(Result.Table table, boolean withNames) {
    int[] widths = new int[table.columns().size()];
    StringBuilder border = new StringBuilder("+");
    for (int i = 0; i < widths.length; i++) {
      Result.Heading column = table.columns().get(i);
      widths[i] = withNames ? length(column.name()) : 0;
      for (List<String> row : table.rows()) {
        widths[i] = Math.max(widths[i], length(shown(row.get(i))));
      }
      if (column.nullable()) {
        widths[i] = Math.max(widths[i], length("NULL"));
      }
      border.append("-".repeat(widths[i] + 2)).append('+');
    }
    border.append('\n');
    StringBuilder text = new StringBuilder(border);
    if (withNames) {
      text.append('|');
      for (int i = 0; i < widths.length; i++) {
        cell(text, table.columns().get(i).name(), widths[i], false);
      }
      text.append('\n').append(border);
    }
    for (List<String> row : table.rows()) {
      text.append('|');
      for (int i = 0; i < widths.length; i++) {
        cell(text, shown(row.get(i)), widths[i], table.columns().get(i).numeric());
      }
      text.append('\n');
    }
    return text.append(border).toString();
  }

  private static String shown(String value) {
    return value == null ? "NULL" : value;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void cell(StringBuilder text, String value, int width, boolean right) {
    String blanks = " ".repeat(width - length(value));
    text.append(' ').append(right ? blanks + value : value + blanks).append(" |");
  }

  /** One line a row, values separated by tabs. */
  static String lines(Result.Table table, boolean withNames, boolean raw) {
    StringBuilder text = new StringBuilder();
    if (withNames) {
      text.append(String.join("\t", table.columns().stream().map(Result.Heading::name).toList()))
          .append('\n');
    }
    for (List<String> row : table.rows()) {
      text.append(
              String.join("\t", row.stream().map(v -> raw ? shown(v) : escaped(shown(v))).toList()))
          .append('\n');
    }
    return text.toString();
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\t", "\\t")
        .replace("\0", "\\0");
  }

  /** One line a value, as after \G. */
  static String vertical(Result.Table table) {
    int width = table.columns().stream().mapToInt(column -> length(column.name())).max().orElse(0);
    StringBuilder text = new StringBuilder();
    String stars = "*".repeat(27);
    for (int row = 0; row < table.rows().size(); row++) {
      text.append(stars).append(' ').append(row + 1).append(". row ").append(stars).append('\n');
      for (int i = 0; i < table.columns().size(); i++) {
        String name = table.columns().get(i).name();
        text.append(" ".repeat(width - length(name)))
            .append(name)
            .append(": ")
            .append(shown(table.rows().get(row).get(i)))
            .append('\n');
      }
    }
    return text.toString();
  }
}
