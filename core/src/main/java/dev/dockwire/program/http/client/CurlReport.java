package dev.dockwire.program.http.client;

import dev.dockwire.host.Process;
import java.util.Locale;
import java.util.Optional;

/** What curl knows about a transfer afterwards, and shows by {@code -w}; times in nanoseconds. */
final class CurlReport {

  long startedAt;
  long resolvedAt;
  long connectedAt;
  long answeredAt;
  long endedAt;
  long redirectNanos;
  long expected;
  long received;
  long sent;
  long headBytes;
  long requestBytes;
  int status;
  int redirects;
  int connects;
  int exitStatus;
  String message = "";
  String method = "";
  String version = "0";
  String url = "";
  String effectiveUrl = "";
  String remoteAddress = "";
  int remotePort;
  Optional<String> contentType = Optional.empty();
  Optional<String> redirectUrl = Optional.empty();
  String file = "";

  /** Prints a format in which {@code %{name}} stands for a value. */
  void print(Process self, String format) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < format.length()) {
      char next = format.charAt(i);
      int end = format.indexOf('}', i);
      if (next == '%' && format.startsWith("%%", i)) {
        text.append('%');
        i += 2;
      } else if (next == '%' && format.startsWith("%{", i) && end > 0) {
        appendValue(self, text, format.substring(i + 2, end));
        i = end + 1;
      } else if (next == '\\' && i + 1 < format.length()) {
        text.append(escape(format.charAt(i + 1)));
        i += 2;
      } else {
        text.append(next);
        i++;
      }
    }
    self.print(text.toString());
  }

  private static String escape(char letter) {
    return switch (letter) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      default -> "\\" + letter;
    };
  }

  private void appendValue(Process self, StringBuilder text, String name) {
    value(name)
        .ifPresentOrElse(
            text::append,
            () -> self.printError("curl: unknown --write-out variable: '" + name + "'\n"));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "content_type" -> contentType.orElse("");
          case "errormsg" -> message;
          case "exitcode" -> Integer.toString(exitStatus);
          case "filename_effective" -> file;
          case "http_code", "response_code" -> String.format(Locale.ROOT, "%03d", status);
          case "http_version" -> version;
          case "method" -> method;
          case "num_connects" -> Integer.toString(connects);
          case "num_redirects" -> Integer.toString(redirects);
          case "redirect_url" -> redirectUrl.orElse("");
          case "remote_ip" -> remoteAddress;
          case "remote_port" -> Integer.toString(remotePort);
          case "scheme" -> "HTTP";
          case "size_download" -> Long.toString(received);
          case "size_header" -> Long.toString(headBytes);
          case "size_request" -> Long.toString(requestBytes);
          case "size_upload" -> Long.toString(sent);
          case "speed_download" -> Long.toString(perSecond(received));
          case "speed_upload" -> Long.toString(perSecond(sent));
          case "time_appconnect" -> "0.000000";
          case "time_connect" -> seconds(connectedAt);
          case "time_namelookup" -> seconds(resolvedAt);
          case "time_pretransfer" -> seconds(connectedAt);
          case "time_redirect" -> String.format(Locale.ROOT, "%.6f", redirectNanos / 1e9);
          case "time_starttransfer" -> seconds(answeredAt);
          case "time_total" -> seconds(endedAt);
          case "url" -> url;
          case "url_effective" -> effectiveUrl;
          default -> null;
        });
  }

  private long perSecond(long bytes) {
    return bytes * 1_000_000 / Math.max(1, (endedAt - startedAt) / 1_000);
  }

  private String seconds(long at) {
    return String.format(Locale.ROOT, "%.6f", Math.max(0, at - startedAt) / 1e9);
  }
}
