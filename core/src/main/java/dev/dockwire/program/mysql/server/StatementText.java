package dev.dockwire.program.mysql.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The text of a statement that came as bytes, UTF-8 but for strings behind {@code _binary}, as
 * drivers send them: those are any bytes, and become hexadecimal strings.
 */
final class StatementText {

  private static final byte[] INTRODUCER = "_binary".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int at;

  private StatementText(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.at = offset;
  }

  static String of(byte[] bytes, int offset) {
    return new StatementText(bytes, offset).read();
  }

  private String read() {
    while (at < bytes.length) {
      if (bytes[at] == '\'' || bytes[at] == '"' || bytes[at] == '`') {
        int start = at;
        skipQuoted(new ByteArrayOutputStream());
        text.write(bytes, start, at - start);
      } else if (!readBinary()) {
        text.write(bytes[at++]);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Reads a string behind an introducer, if that is what comes next. */
  private boolean readBinary() {
    int quote = at + INTRODUCER.length;
    for (int i = 0; i < INTRODUCER.length; i++) {
      if (at + i >= bytes.length || (bytes[at + i] | 0x20) != (INTRODUCER[i] | 0x20)) {
        return false;
      }
    }
    while (quote < bytes.length && bytes[quote] == ' ') {
      quote++;
    }
    if (quote >= bytes.length || bytes[quote] != '\'') {
      return false;
    }
    at = quote;
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    skipQuoted(value);
    text.writeBytes(
        ("x'" + HexFormat.of().formatHex(value.toByteArray()) + "'")
            .getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  /** Goes behind the string that begins here. */
  private void skipQuoted(ByteArrayOutputStream value) {
    byte quote = bytes[at++];
    while (at < bytes.length) {
      byte next = bytes[at++];
      if (next == quote) {
        if (at == bytes.length || bytes[at] != quote) {
          return;
        }
        at++;
      } else if (next == '\\' && quote != '`' && at < bytes.length) {
        next = unescape(bytes[at++]);
      }
      value.write(next);
    }
  }

  private static byte unescape(byte escaped) {
    return switch (escaped) {
      case '0' -> 0;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'Z' -> 26;
      default -> escaped;
    };
  }
}
