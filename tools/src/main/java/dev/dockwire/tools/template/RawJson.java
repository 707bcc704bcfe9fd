package dev.dockwire.tools.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Data as they look after a way through JSON without types: structs are maps, nils are null. */
final class RawJson {

  private RawJson() {}

  static Object of(Object data) {
    return switch (data) {
      case null -> null;
      case GoNil _ -> null;
      case GoTime time -> time.json();
      case GoStruct struct -> members(struct.fields());
      case Map<?, ?> map -> members(map);
      case List<?> list -> {
        List<Object> raw = new ArrayList<>();
        list.forEach(element -> raw.add(of(element)));
        yield raw;
      }
      default -> data;
    };
  }

  private static Map<Object, Object> members(Map<?, ?> map) {
    Map<Object, Object> raw = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(value instanceof GoMethod)) {
            raw.put(key, of(value));
          }
        });
    return raw;
  }
}
