package dev.dockwire.capture.text;

import java.util.Locale;

/** The octets of a frame as they are printed under its line. */
public final class HexDump {

  private static final int OCTETS_PER_LINE = 16;
  private static final int COLUMNS = 8 * 5;

  private HexDump() {}

  /** Appends lines of 16 octets in hexadecimal: {@code -x}. */
  public static void appendHex(StringBuilder text, byte[] bytes, int from, int to) {
    append(text, bytes, from, to, false);
  }

  /** Appends lines of 16 octets in hexadecimal and as characters: {@code -X}. */
  public static void appendHexAndText(StringBuilder text, byte[] bytes, int from, int to) {
    append(text, bytes, from, to, true);
  }

  private static void append(
      StringBuilder text, byte[] bytes, int from, int to, boolean characters) {
    for (int line = from; line < to; line += OCTETS_PER_LINE) {
      int end = Math.min(to, line + OCTETS_PER_LINE);
      StringBuilder octets = new StringBuilder(COLUMNS);
      for (int i = line; i < end; i++) {
        octets.append((i - line) % 2 == 0 ? " " : "");
        octets.append(String.format(Locale.ROOT, "%02x", bytes[i] & 0xff));
      }
      text.append(String.format(Locale.ROOT, "\n\t0x%04x: ", line - from)).append(octets);
      if (characters) {
        text.repeat(' ', COLUMNS - octets.length() + 2);
        for (int i = line; i < end; i++) {
          text.append(isGraphic(bytes[i]) ? (char) bytes[i] : '.');
        }
      }
    }
  }

  /** Appends the octets as characters, lines as they come: {@code -A}. */
  public static void appendText(StringBuilder text, byte[] bytes, int from, int to) {
    text.append('\n');
    for (int i = from; i < to; i++) {
      char each = (char) (bytes[i] & 0xff);
      boolean endOfLine = each == '\r' && i + 1 < to && bytes[i + 1] == '\n';
      if (!endOfLine) {
        boolean kept = each == '\n' || each == '\t' || each == ' ' || isGraphic(bytes[i]);
        text.append(kept ? each : '.');
      }
    }
  }

  private static boolean isGraphic(byte octet) {
    return octet > ' ' && octet < 0x7f;
  }
}
