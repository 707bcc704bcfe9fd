package dev.dockwire.tools.template;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as Go's encoding/json writes it, on one line and without escaping for HTML: maps sorted by
 * key, structs in the order of their fields.
 */
final class GoJson {

  private final StringBuilder out = new StringBuilder();

  private GoJson() {}

  static String encode(Value value) {
    GoJson json = new GoJson();
    json.write(value.data());
    return json.out.toString();
  }

  private void write(Object data) {
    switch (data) {
      case null -> out.append("null");
      case GoNil _ -> out.append("null");
      case GoTime time -> string(time.json());
      case String text -> string(text);
      case Double real -> out.append(GoFloat.json(real));
      case GoStruct struct -> object(struct.fields());
      case Map<?, ?> map -> object(sorted(map));
      case List<?> list -> array(list);
      default -> out.append(data);
    }
  }

  private static Map<String, ?> sorted(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    return sorted;
  }

  private void object(Map<String, ?> members) {
    out.append('{');
    char separator = 0;
    for (Map.Entry<String, ?> member : members.entrySet()) {
      if (member.getValue() instanceof GoMethod) {
        continue;
      }
      if (separator != 0) {
        out.append(separator);
      }
      string(member.getKey());
      out.append(':');
      write(member.getValue());
      separator = ',';
    }
    out.append('}');
  }

  private void array(List<?> elements) {
    out.append('[');
    for (Iterator<?> each = elements.iterator(); each.hasNext(); ) {
      write(each.next());
      out.append(each.hasNext() ? "," : "");
    }
    out.append(']');
  }

  private void string(String text) {
    out.append('"');
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        out.append(text, written, i);
        int rune = text.codePointAt(i);
        rune(rune);
        i += Character.charCount(rune) - 1;
        written = i + 1;
      }
    }
    out.append(text, written, text.length());
    out.append('"');
  }

  private void rune(int rune) {
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
}
