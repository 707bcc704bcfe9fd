package dev.dockwire.tools.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code html}, {@code js} and {@code urlquery}: text made safe to put into other languages. */
final class Escapes {

  private Escapes() {}

  static String html(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case 0 -> out.append('\ufffd');
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  static String javaScript(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            rune -> {
              if (rune == '\\' || rune == '\'' || rune == '"') {
                out.append('\\').append((char) rune);
              } else if ("<>&=".indexOf(rune) >= 0 || rune < ' ' || unprintable(rune)) {
                out.append(String.format(Locale.ROOT, "\\u%04X", rune));
              } else {
                out.appendCodePoint(rune);
              }
            });
    return out.toString();
  }

  private static boolean unprintable(int rune) {
    return rune >= 0x80 && !GoText.isPrintable(rune);
  }

  static String urlQuery(String text) {
    // Java keeps the star and escapes the tilde; Go the other way round.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}
