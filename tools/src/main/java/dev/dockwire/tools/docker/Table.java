package dev.dockwire.tools.docker;

import java.util.ArrayList;
import java.util.List;

/** A table as docker prints it: columns as wide as their content and three blanks, at least ten. */
final class Table {

  private static final int MIN_WIDTH = 10;
  private static final int PADDING = 3;

  private final int minWidth;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    this(MIN_WIDTH, List.of(headings));
  }

  Table(int minWidth, List<String> headings) {
    this.minWidth = minWidth;
    rows.add(headings);
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        int width = Math.max(minWidth, row.get(column).length() + PADDING);
        widths[column] = Math.max(widths[column], width);
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < columns - 1; column++) {
        String cell = row.get(column);
        text.append(cell).append(" ".repeat(widths[column] - cell.length()));
      }
      text.append(row.getLast()).append('\n');
    }
    return text.toString();
  }
}
