package dev.dockwire.tools.template;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Go's view of text: strings are UTF-8 bytes, measured and cut by the byte; quoting and unquoting
 * as package strconv. Bytes that are no UTF-8 come back as U+FFFD.
 */
final class GoText {

  private static final String NAMED = "abfnrtv";
  private static final String NAMED_VALUES = "\u0007\b\f\n\r\t\u000b";

  private GoText() {}

  static int byteLength(String text) {
    return utf8(text).length;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String slice(String text, int from, int to) {
    return new String(utf8(text), from, to - from, StandardCharsets.UTF_8);
  }

  static String firstRunes(String text, int runes) {
    int present = text.codePointCount(0, text.length());
    return text.substring(0, text.offsetByCodePoints(0, Math.min(runes, present)));
  }

  static boolean isPrintable(int rune) {
    if (rune < 0x80) {
      return rune >= ' ' && rune != 0x7f;
    }
    return switch (Character.getType(rune)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** A double-quoted Go string literal. */
  static String quote(String text) {
    return quote(text, '"', false);
  }

  static String quote(String text, char mark, boolean asciiOnly) {
    StringBuilder out = new StringBuilder().append(mark);
    text.codePoints().forEach(rune -> escape(out, rune, mark, asciiOnly));
    return out.append(mark).toString();
  }

  private static void escape(StringBuilder out, int rune, char mark, boolean asciiOnly) {
    int named = NAMED_VALUES.indexOf(rune);
    if (rune == mark || rune == '\\') {
      out.append('\\').append((char) rune);
    } else if (named >= 0) {
      out.append('\\').append(NAMED.charAt(named));
    } else if (isPrintable(rune) && (rune < 0x80 || !asciiOnly)) {
      out.appendCodePoint(rune);
    } else if (rune < 0x80) {
      out.append(String.format(Locale.ROOT, "\\x%02x", rune));
    } else if (rune < 0x10000) {
      out.append(
          String.format(
              Locale.ROOT, "\\u%04x", Character.isSurrogate((char) rune) ? 0xfffd : rune));
    } else {
      out.append(String.format(Locale.ROOT, "\\U%08x", rune));
    }
  }

  /** A rune as error texts name it: {@code U+007D '}'}. */
  static String runeName(int rune) {
    String code = String.format(Locale.ROOT, "U+%04X", rune);
    return isPrintable(rune) ? code + " '" + Character.toString(rune) + "'" : code;
  }

  /** The text that a quoted, back-quoted or character literal stands for. */
  static String unquote(String literal) {
    char mark = literal.charAt(0);
    String body = literal.substring(1, literal.length() - 1);
    if (mark == '`') {
      return body.replace("\r", "");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int i = 0;
    while (i < body.length()) {
      int rune = body.codePointAt(i);
      i += Character.charCount(rune);
      if (rune == '\\') {
        i = unescape(body, i, mark, out);
      } else {
        out.writeBytes(utf8(Character.toString(rune)));
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Decodes the escape whose backslash is before {@code at}; returns where the text goes on. */
  private static int unescape(String body, int at, char mark, ByteArrayOutputStream out) {
    char letter = at < body.length() ? body.charAt(at) : 0;
    int named = NAMED.indexOf(letter);
    if (named >= 0) {
      out.write(NAMED_VALUES.charAt(named));
      return at + 1;
    }
    if (letter == '\\' || letter == mark) {
      out.write(letter);
      return at + 1;
    }
    return switch (letter) {
      case 'x' -> numeric(body, at + 1, 2, 16, false, out);
      case 'u' -> numeric(body, at + 1, 4, 16, true, out);
      case 'U' -> numeric(body, at + 1, 8, 16, true, out);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> numeric(body, at, 3, 8, false, out);
      default -> throw new TemplateException("invalid syntax");
    };
  }

  private static int numeric(
      String body, int at, int digits, int radix, boolean isRune, ByteArrayOutputStream out) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = i < body.length() ? Character.digit(body.charAt(i), radix) : -1;
      if (digit < 0) {
        throw new TemplateException("invalid syntax");
      }
      value = value * radix + digit;
    }
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    if (value > (isRune ? Character.MAX_CODE_POINT : 0xff) || isRune && surrogate) {
      throw new TemplateException("invalid syntax");
    }
    if (isRune) {
      out.writeBytes(utf8(Character.toString((int) value)));
    } else {
      out.write((int) value);
    }
    return at + digits;
  }
}
