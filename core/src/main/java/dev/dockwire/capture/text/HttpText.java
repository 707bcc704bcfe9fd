package dev.dockwire.capture.text;

import java.util.Set;
import java.util.regex.Pattern;

/** What is printed of a segment of HTTP: its first line, or all lines of its head. */
final class HttpText {

  private static final int PORT = 80;
  private static final int ALTERNATE_PORT = 8080;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\S*\\s+\\d{3}\\s");
  private static final Set<String> METHODS =
      Set.of(
          "GET",
          "PUT",
          "COPY",
          "HEAD",
          "LOCK",
          "MOVE",
          "POLL",
          "POST",
          "BCOPY",
          "BMOVE",
          "MKCOL",
          "TRACE",
          "LABEL",
          "MERGE",
          "DELETE",
          "SEARCH",
          "UNLOCK",
          "REPORT",
          "UPDATE",
          "NOTIFY",
          "BDELETE",
          "CONNECT",
          "OPTIONS",
          "CHECKIN",
          "PROPFIND",
          "CHECKOUT",
          "CCM_POST",
          "SUBSCRIBE",
          "PROPPATCH",
          "BPROPFIND",
          "BPROPPATCH",
          "UNCHECKOUT",
          "MKACTIVITY",
          "MKWORKSPACE",
          "UNSUBSCRIBE",
          "RPC_CONNECT",
          "VERSION-CONTROL",
          "BASELINE-CONTROL");

  private HttpText() {}

  static boolean isPort(int tcpPort) {
    return tcpPort == PORT || tcpPort == ALTERNATE_PORT;
  }

  static void append(Line line, Octets data, int length) {
    line.enter("http");
    int there = Math.min(length, data.captured());
    String head = text(data, there);
    int lineEnd = head.indexOf('\n');
    line.append("HTTP");
    if (!METHODS.contains(firstWord(head)) && !STATUS_LINE.matcher(head).lookingAt()) {
      return;
    }
    if (!line.isVerbose()) {
      if (lineEnd >= 0) {
        line.append(": ").append(printable(head.substring(0, lineEnd)));
      } else {
        line.append(there < length ? "" : ": " + printable(head));
        line.cutShort();
      }
      return;
    }
    line.append(", length: ").append(length);
    appendLines(line, head);
  }

  /** Appends all lines up to an empty one; the last one need not have an end. */
  private static void appendLines(Line line, String head) {
    int start = 0;
    for (int end = head.indexOf('\n'); end >= 0; end = head.indexOf('\n', start)) {
      line.append("\n\t").append(printable(head.substring(start, end)));
      if (end == start) {
        return;
      }
      start = end + 1;
    }
    if (start < head.length()) {
      line.append("\n\t").append(printable(head.substring(start)));
      line.cutShort();
    }
  }

  private static String text(Octets data, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) data.octet(i));
    }
    return text.toString();
  }

  private static String firstWord(String head) {
    int end = 0;
    while (end < head.length() && " \t\r\n".indexOf(head.charAt(end)) < 0) {
      end++;
    }
    return head.substring(0, end);
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (char each : text.toCharArray()) {
      if (each >= ' ' && each < 0x7f || each == '\t') {
        shown.append(each);
      } else if (each != '\r') {
        shown.append('.');
      }
    }
    return shown.toString();
  }
}
