package dev.dockwire.tools.docker.inspect;

import dev.dockwire.tools.template.GoStruct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects the fields of one JSON object in Docker's order. */
public final class Fields {

  private final Map<String, Object> fields = new LinkedHashMap<>();

  public Fields put(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** A field that Go leaves out when it is empty. */
  public Fields putIfPresent(String name, Optional<?> value) {
    value.ifPresent(present -> fields.put(name, present));
    return this;
  }

  /** Several fields with the same value. */
  public Fields all(Object value, String... names) {
    for (String name : names) {
      fields.put(name, value);
    }
    return this;
  }

  /** Closes the object; {@code type} is what Go calls it. */
  public GoStruct as(String type) {
    return new GoStruct(type, fields);
  }
}
