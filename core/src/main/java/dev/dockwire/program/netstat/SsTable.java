package dev.dockwire.program.netstat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The table of {@link Ss}: columns as wide as their contents and, on a terminal, spread over its
 * width, the last ones taking what does not divide evenly.
 */
final class SsTable {

  /** The width where there is no terminal: no spreading. */
  static final int COMPACT = Integer.MAX_VALUE;

  private static final String[] HEADINGS = {
    "Netid",
    "State",
    "Recv-Q",
    "Send-Q",
    "Local Address:",
    "Port",
    "Peer Address:",
    "Port",
    "Process"
  };

  /** What stands before each column but the first shown. */
  private static final String[] DELIMITERS = {" ", " ", " ", " ", " ", "", " ", "", ""};

  private static final int PROTOCOL = 0;
  private static final int STATE = 1;
  private static final int LOCAL_ADDRESS = 4;
  private static final int PEER_ADDRESS = 6;

  private final boolean[] shown = new boolean[HEADINGS.length];
  private final List<String[]> rows = new ArrayList<>();

  SsTable(boolean withProtocol, boolean withState) {
    Arrays.fill(shown, true);
    shown[PROTOCOL] = withProtocol;
    shown[STATE] = withState;
  }

  void addHeading() {
    rows.add(HEADINGS);
  }

  void add(String... cells) {
    rows.add(cells);
  }

  /** The table for an output that is so many columns wide. */
  String text(int screenWidth) {
    int[] widths = widths();
    if (screenWidth != COMPACT) {
      spread(widths, screenWidth);
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      appendRow(text, row, widths);
      text.append('\n');
    }
    return text.toString();
  }

  /** How wide each column is, with the delimiter before it; 0 for one that is not shown. */
  private int[] widths() {
    int[] widths = new int[HEADINGS.length];
    boolean first = true;
    for (int column = 0; column < widths.length; column++) {
      if (shown[column]) {
        for (String[] row : rows) {
          widths[column] = Math.max(widths[column], row[column].length());
        }
        widths[column] += first || widths[column] == 0 ? 0 : DELIMITERS[column].length();
        first &= widths[column] == 0;
      }
    }
    return widths;
  }

  private static void spread(int[] widths, int screenWidth) {
    int spare = screenWidth - Arrays.stream(widths).sum();
    int columns = (int) Arrays.stream(widths).filter(width -> width > 0).count();
    if (spare <= 0 || columns == 0) {
      return;
    }
    int rest = spare % columns;
    for (int column = widths.length - 1; column >= 0; column--) {
      if (widths[column] > 0) {
        widths[column] += spare / columns + (rest > 0 ? 1 : 0);
        rest--;
      }
    }
  }

  private static void appendRow(StringBuilder text, String[] row, int[] widths) {
    boolean started = false;
    for (int column = 0; column < widths.length; column++) {
      if (widths[column] == 0) {
        continue;
      }
      String delimiter = started ? DELIMITERS[column] : "";
      started = true;
      int padding = Math.max(0, widths[column] - delimiter.length() - row[column].length());
      boolean right = column == LOCAL_ADDRESS || column == PEER_ADDRESS;
      text.append(delimiter);
      text.repeat(' ', right ? padding : 0).append(row[column]);
      text.repeat(' ', right ? 0 : padding);
    }
  }
}
