package dev.dockwire.tools.template;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as Go's encoding/json writes it, in UTF-8, on one line and without escaping for HTML: maps
 * sorted by key, structs in the order of their fields. The memory that one text was written into
 * serves the next.
 */
public final class GoJson {

  private static final int FIRST_SIZE = 256;
  private static final int LARGEST_KEPT = 1 << 22;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int length;

  static String encode(Value value) {
    GoJson json = new GoJson().write(value.data());
    return new String(json.bytes, 0, json.length, StandardCharsets.UTF_8);
  }

  /** What is written; of a longer array, the first {@link #length} bytes, until the next call. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Begins a new text. */
  public GoJson clear() {
    length = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[FIRST_SIZE];
    }
    return this;
  }

  /** Ends a line. */
  public GoJson newLine() {
    return put('\n');
  }

  /**
   * Adds a value of the kinds that {@link Template} takes; instead of a list, anything that gives
   * its elements one by one.
   */
  public GoJson write(Object data) {
    switch (data) {
      case null -> plain("null");
      case GoNil _ -> plain("null");
      case GoTime time -> string(time.json());
      case String text -> string(text);
      case Double real -> plain(GoFloat.json(real));
      case GoStruct struct -> struct(FieldMap.of(struct.fields()));
      case Map<?, ?> map -> map(map);
      case Iterable<?> elements -> array(elements);
      default -> plain(data.toString());
    }
    return this;
  }

  private void struct(FieldMap fields) {
    put('{');
    boolean first = true;
    for (int i = 0; i < fields.size(); i++) {
      if (!(fields.value(i) instanceof GoMethod)) {
        member(first, fields.name(i), fields.value(i));
        first = false;
      }
    }
    put('}');
  }

  private void map(Map<?, ?> map) {
    put('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : sorted(map).entrySet()) {
      if (!(entry.getValue() instanceof GoMethod)) {
        member(first, (String) entry.getKey(), entry.getValue());
        first = false;
      }
    }
    put('}');
  }

  private static Map<?, ?> sorted(Map<?, ?> map) {
    return map.size() < 2 ? map : new TreeMap<>(map);
  }

  private void member(boolean first, String name, Object value) {
    if (!first) {
      put(',');
    }
    string(name);
    put(':');
    write(value);
  }

  private void array(Iterable<?> elements) {
    put('[');
    for (Iterator<?> each = elements.iterator(); each.hasNext(); ) {
      write(each.next());
      if (each.hasNext()) {
        put(',');
      }
    }
    put(']');
  }

  private void string(String text) {
    put('"');
    int copied = copyPlain(text);
    if (copied < text.length()) {
      escaped(text, copied);
    }
    put('"');
  }

  /** Copies a text up to the first character that JSON, or UTF-8, has in another way. */
  private int copyPlain(String text) {
    reserve(text.length());
    byte[] to = bytes;
    int at = length;
    int i = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        break;
      }
      to[at + i] = (byte) c;
    }
    length = at + i;
    return i;
  }

  private void escaped(String text, int from) {
    StringBuilder out = new StringBuilder();
    text.substring(from).codePoints().forEach(rune -> rune(out, rune));
    byte[] utf8 = out.toString().getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private static void rune(StringBuilder out, int rune) {
    switch (rune) {
      case '"', '\\' -> out.append('\\').append((char) rune);
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      // Line separators that JavaScript would not take inside a string.
      case 0x2028, 0x2029 -> out.append(String.format(Locale.ROOT, "\\u%04x", rune));
      default -> {
        if (rune < ' ') {
          out.append(String.format(Locale.ROOT, "\\u%04x", rune));
        } else if (Character.getType(rune) == Character.SURROGATE) {
          out.append("\\ufffd");
        } else {
          out.appendCodePoint(rune);
        }
      }
    }
  }

  /** Text that is ASCII and needs no escaping. */
  private void plain(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private GoJson put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
