package dev.dockwire.program.http.server;

/** What clients send, made harmless for a log: no newline of theirs begins a line of the log. */
final class LogEscapes {

  private static final String HEX = "0123456789abcdef";

  private LogEscapes() {}

  /** Appends text of one character a byte, with all but printable characters escaped. */
  static void put(Text line, String text) {
    if (isPlain(text)) {
      line.put(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '"' || next == '\\') {
        line.put("\\").put(text.substring(i, i + 1));
      } else if (next < ' ' || next > '~') {
        line.put("\\x").put(HEX.substring(next >> 4 & 15, (next >> 4 & 15) + 1));
        line.put(HEX.substring(next & 15, (next & 15) + 1));
      } else {
        line.put(text.substring(i, i + 1));
      }
    }
  }

  /** Text for the error log, with control characters escaped. */
  static String withoutControls(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next < ' ' || next == 127) {
        safe.append("\\x").append(HEX.charAt(next >> 4)).append(HEX.charAt(next & 15));
      } else {
        safe.append(next);
      }
    }
    return safe.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next < ' ' || next > '~' || next == '"' || next == '\\') {
        return false;
      }
    }
    return true;
  }
}
