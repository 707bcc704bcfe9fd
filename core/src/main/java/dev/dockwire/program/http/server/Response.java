package dev.dockwire.program.http.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An answer, apart from what changes with time and connection.
 *
 * @param fields further lines of the head, each with its end, in two places: before and after the
 *     line about the connection
 * @param moreFields the second of them
 * @param bodiless whether the head says nothing about a body, as with 304
 * @param errorLog what the server writes to its error log, without time and client
 */
record Response(
    int status,
    byte[] fields,
    byte[] moreFields,
    Optional<String> type,
    byte[] body,
    boolean bodiless,
    Optional<String> errorLog) {

  private static final byte[] NOTHING = new byte[0];

  /** An answer with a page of text. */
  static Response page(int status, String type, String body) {
    return new Response(
        status,
        NOTHING,
        NOTHING,
        Optional.of(type),
        body.getBytes(StandardCharsets.UTF_8),
        false,
        Optional.empty());
  }

  static Response notModified(String fields, String moreFields) {
    return new Response(
        304, bytes(fields), bytes(moreFields), Optional.empty(), NOTHING, true, Optional.empty());
  }

  static Response file(Document document, Optional<String> type, String fields, String moreFields) {
    return new Response(
        200, bytes(fields), bytes(moreFields), type, document.content(), false, Optional.empty());
  }

  Response withField(String line) {
    return new Response(status, bytes(line + "\r\n"), moreFields, type, body, bodiless, errorLog);
  }

  Response withErrorLog(String text) {
    return new Response(status, fields, moreFields, type, body, bodiless, Optional.of(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
