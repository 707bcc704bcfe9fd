package dev.dockwire.program.http.client;

import java.util.Locale;
import java.util.Optional;

/**
 * An address as clients are given it: {@code http://user:password@host:port/path?query}.
 *
 * @param authority host and port as they were written, as the field {@code Host} has them
 * @param target path and query, at least a slash
 */
record HttpUrl(
    String scheme,
    Optional<String> credentials,
    String authority,
    String hostName,
    int tcpPort,
    String target) {

  static final int DEFAULT_PORT = 80;

  /** Takes a text apart; nothing if it is no such address. A missing scheme is {@code http}. */
  static Optional<HttpUrl> parse(String text) {
    int mark = text.indexOf("://");
    String scheme = mark < 0 ? "http" : text.substring(0, mark).toLowerCase(Locale.ROOT);
    String rest = mark < 0 ? text : text.substring(mark + 3);
    int fragment = rest.indexOf('#');
    rest = fragment < 0 ? rest : rest.substring(0, fragment);
    int end = firstOf(rest, "/?");
    String authority = rest.substring(0, end);
    String target = rest.substring(end);
    int at = authority.lastIndexOf('@');
    Optional<String> credentials =
        at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at));
    authority = authority.substring(at + 1);
    int colon = authority.indexOf(':');
    String hostName = colon < 0 ? authority : authority.substring(0, colon);
    int tcpPort = DEFAULT_PORT;
    if (colon >= 0 && colon + 1 < authority.length()) {
      String digits = authority.substring(colon + 1);
      if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65_535) {
        return Optional.empty();
      }
      tcpPort = Integer.parseInt(digits);
    }
    if (hostName.isEmpty() || text.chars().anyMatch(next -> next <= ' ' || next == 127)) {
      return Optional.empty();
    }
    String whole = target.startsWith("/") ? target : "/" + target;
    return Optional.of(new HttpUrl(scheme, credentials, authority, hostName, tcpPort, whole));
  }

  private static int firstOf(String text, String ends) {
    for (int i = 0; i < text.length(); i++) {
      if (ends.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The address that a {@code Location} means, seen from this one. */
  String resolve(String location) {
    if (location.contains("://")) {
      return location;
    }
    if (location.startsWith("//")) {
      return scheme + ":" + location;
    }
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String base = location.startsWith("/") ? "" : path.substring(0, path.lastIndexOf('/') + 1);
    return scheme + "://" + authority + base + location;
  }
}
