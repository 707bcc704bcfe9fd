package dev.dockwire.tools.docker;

import java.util.ArrayList;
import java.util.List;

/**
 * Tables as docker prints them: columns as wide as their content and three blanks, at least ten
 * unless said otherwise.
 */
final class Table {

  static final int MIN_WIDTH = 10;
  private static final int PADDING = 3;

  private Table() {}

  /** Replaces the tabs in lines by blanks so that columns come out; a last cell is not padded. */
  static String align(String lines) {
    return align(lines, MIN_WIDTH);
  }

  /**
   * @param minWidth how wide a column is at least, with its padding
   */
  static String align(String lines, int minWidth) {
    List<String[]> rows = lines.lines().map(line -> line.split("\t", -1)).toList();
    List<Integer> widths = new ArrayList<>();
    for (String[] row : rows) {
      for (int column = 0; column < row.length - 1; column++) {
        int width = Math.max(minWidth, length(row[column]) + PADDING);
        if (column == widths.size()) {
          widths.add(width);
        }
        widths.set(column, Math.max(widths.get(column), width));
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int column = 0; column < row.length - 1; column++) {
        text.append(row[column]).append(" ".repeat(widths.get(column) - length(row[column])));
      }
      text.append(row[row.length - 1]).append('\n');
    }
    return text.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
