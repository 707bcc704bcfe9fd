package dev.dockwire.program.http.server;

import dev.dockwire.program.http.HttpDate;
import dev.dockwire.program.http.Request;
import java.time.Instant;
import java.util.Optional;

/** Whether a client has a file already, RFC 9110 section 13.2.2. */
final class Precondition {

  private Precondition() {}

  static boolean isUnchanged(Request request, String tag, Instant modified) {
    if (!request.method().equals("GET") && !request.isHead()) {
      return false;
    }
    Optional<String> tags = request.field("If-None-Match");
    if (tags.isPresent()) {
      return tags.get().equals("*") || tags.get().contains(tag);
    }
    return request
        .field("If-Modified-Since")
        .flatMap(HttpDate::parse)
        .filter(since -> !modified.isAfter(since))
        .isPresent();
  }
}
