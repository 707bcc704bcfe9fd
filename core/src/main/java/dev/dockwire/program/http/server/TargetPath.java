package dev.dockwire.program.http.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The path that a request's target means, decoded and without dots, RFC 3986 sections 2.1 and
 * 5.2.4: it begins with a slash and cannot leave the root. Several slashes count as one.
 */
final class TargetPath {

  private TargetPath() {}

  /** The path of a target; nothing if there is no such path. */
  static Optional<String> of(String target) {
    return path(target).flatMap(TargetPath::decode).flatMap(TargetPath::withoutDots);
  }

  /** The query with its question mark, or nothing. */
  static String query(String target) {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question);
  }

  /** The path as it came: without scheme, authority and query. */
  private static Optional<String> path(String target) {
    String rest = target;
    if (rest.regionMatches(true, 0, "http://", 0, 7)) {
      int slash = rest.indexOf('/', 7);
      rest = slash < 0 ? "/" : rest.substring(slash);
    }
    int end = rest.indexOf('?');
    rest = end < 0 ? rest : rest.substring(0, end);
    return rest.startsWith("/") && rest.indexOf('#') < 0 ? Optional.of(rest) : Optional.empty();
  }

  private static Optional<String> decode(String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      int next = path.charAt(i);
      if (next == '%') {
        next = i + 2 < path.length() ? hex(path.charAt(i + 1), path.charAt(i + 2)) : -1;
        i += 2;
      }
      if (next <= 0) {
        return Optional.empty();
      }
      bytes.write(next);
    }
    return Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }

  private static int hex(char high, char low) {
    boolean both = HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low);
    return both ? HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low) : -1;
  }

  private static Optional<String> withoutDots(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/")) {
      if (name.equals("..")) {
        if (names.isEmpty()) {
          return Optional.empty();
        }
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    boolean directory = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    String whole = "/" + String.join("/", names);
    return Optional.of(directory && !names.isEmpty() ? whole + "/" : whole);
  }
}
