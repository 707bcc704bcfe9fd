package dev.dockwire.program.dig;

import dev.dockwire.dns.RecordType;
import dev.dockwire.dns.ResourceRecord;
import dev.dockwire.frame.NetworkOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Records as text, in the form that zone files have (RFC 1035, section 5; RFC 3597). */
final class RecordText {

  private static final Map<String, Integer> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("A", RecordType.A);
    TYPES.put("NS", RecordType.NS);
    TYPES.put("CNAME", RecordType.CNAME);
    TYPES.put("SOA", RecordType.SOA);
    TYPES.put("PTR", RecordType.PTR);
    TYPES.put("MX", RecordType.MX);
    TYPES.put("TXT", RecordType.TXT);
    TYPES.put("AAAA", RecordType.AAAA);
    TYPES.put("SRV", RecordType.SRV);
    TYPES.put("ANY", RecordType.ANY);
  }

  private RecordText() {}

  static OptionalInt type(String name) {
    Integer number = TYPES.get(name.toUpperCase(Locale.ROOT));
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  static String typeName(int type) {
    return TYPES.entrySet().stream()
        .filter(entry -> entry.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("TYPE" + type);
  }

  static String className(int recordClass) {
    return recordClass == RecordType.IN ? "IN" : "CLASS" + recordClass;
  }

  /** A name with the dot that ends it. */
  static String name(String name) {
    return name.isEmpty() || name.endsWith(".") ? name + (name.isEmpty() ? "." : "") : name + ".";
  }

  /** What a record says. */
  static String data(ResourceRecord found) {
    byte[] data = found.data();
    return switch (found.type()) {
      case RecordType.A -> found.address().toString();
      case RecordType.NS, RecordType.CNAME, RecordType.PTR -> name(found.target(0));
      case RecordType.MX -> NetworkOrder.short16(data, 0) + " " + name(found.target(2));
      case RecordType.SRV ->
          NetworkOrder.short16(data, 0)
              + " "
              + NetworkOrder.short16(data, 2)
              + " "
              + NetworkOrder.short16(data, 4)
              + " "
              + name(found.target(6));
      case RecordType.TXT -> texts(data);
      default -> "\\# " + data.length + " " + HexFormat.of().withUpperCase().formatHex(data);
    };
  }

  private static String texts(byte[] data) {
    StringBuilder texts = new StringBuilder();
    int at = 0;
    while (at < data.length) {
      int length = Math.min(data[at] & 0xff, data.length - at - 1);
      String text = new String(data, at + 1, length, StandardCharsets.ISO_8859_1);
      texts.append(at == 0 ? "" : " ").append('"').append(text).append('"');
      at += length + 1;
    }
    return texts.toString();
  }

  /** Name, time to live, class, type and data, in columns of tab stops. */
  static String line(ResourceRecord found) {
    String name = name(found.name());
    String columns = padded(name, 24) + padded(Long.toString(found.ttlSeconds()), 8);
    return columns
        + className(found.recordClass())
        + "\t"
        + typeName(found.type())
        + "\t"
        + data(found);
  }

  /** Followed by tabs up to a column, by one at least. */
  static String padded(String text, int column) {
    int tabs = Math.max(1, (column - text.length() + 7) / 8);
    return text + "\t".repeat(tabs);
  }
}
