package dev.dockwire.program.http.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as curl writes it: its own fields in its own order, each replaced or left out if the
 * user says so by {@code -H}, then the user's others.
 *
 * @param head all lines, each with its end, and the empty one
 * @param body empty if there is none
 */
record CurlRequest(String method, String head, String body) {

  /**
   * @param body what is sent, if anything is
   * @param credentials {@code user:password}
   */
  static CurlRequest of(
      CurlOptions options, HttpUrl url, Optional<String> body, Optional<String> credentials) {
    String method =
        options.method.orElse(options.head ? "HEAD" : body.isPresent() ? "POST" : "GET");
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(url.target());
    head.append(options.oldHttp ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    List<String> user = options.fields;
    userField(user, "host")
        .ifPresentOrElse(
            field -> append(head, field), () -> append(head, "Host: " + url.hostField()));
    credentials.ifPresent(pair -> appendOwn(head, user, "Authorization", "Basic " + base64(pair)));
    if (!options.agent.isEmpty()) {
      appendOwn(head, user, "User-Agent", options.agent);
    }
    appendOwn(head, user, "Accept", "*/*");
    options.referer.ifPresent(referer -> appendOwn(head, user, "Referer", referer));
    user.stream().filter(field -> !nameOf(field).equals("host")).forEach(f -> append(head, f));
    body.ifPresent(
        text -> {
          int length = text.getBytes(StandardCharsets.UTF_8).length;
          appendOwn(head, user, "Content-Length", Integer.toString(length));
          appendOwn(head, user, "Content-Type", "application/x-www-form-urlencoded");
        });
    return new CurlRequest(method, head.append("\r\n").toString(), body.orElse(""));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void appendOwn(StringBuilder head, List<String> user, String name, String value) {
    if (userField(user, name.toLowerCase(Locale.ROOT)).isEmpty()) {
      append(head, name + ": " + value);
    }
  }

  private static Optional<String> userField(List<String> user, String name) {
    return user.stream().filter(field -> nameOf(field).equals(name)).findFirst();
  }

  private static String nameOf(String field) {
    return field.replaceFirst("[:;].*", "").toLowerCase(Locale.ROOT);
  }

  /** Appends a field as users write it: {@code X: v}, {@code X;} without value, {@code X:} not. */
  private static void append(StringBuilder head, String field) {
    int colon = field.indexOf(':');
    if (colon < 0 && field.endsWith(";")) {
      head.append(field, 0, field.length() - 1).append(":\r\n");
    } else if (colon > 0 && !field.substring(colon + 1).isBlank()) {
      head.append(field).append("\r\n");
    }
  }

  byte[] bytes() {
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }
}
