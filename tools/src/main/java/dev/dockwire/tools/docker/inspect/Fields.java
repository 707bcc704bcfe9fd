package dev.dockwire.tools.docker.inspect;

import dev.dockwire.tools.template.GoStruct;
import java.util.Arrays;
import java.util.Optional;

/** Collects the fields of one JSON object in Docker's order, each once. */
public final class Fields {

  private Object[] namesAndValues = new Object[32];
  private int end;

  public Fields put(String name, Object value) {
    if (end == namesAndValues.length) {
      namesAndValues = Arrays.copyOf(namesAndValues, 2 * end);
    }
    namesAndValues[end++] = name;
    namesAndValues[end++] = value;
    return this;
  }

  /** A field that Go leaves out when it is empty. */
  public Fields putIfPresent(String name, Optional<?> value) {
    value.ifPresent(present -> put(name, present));
    return this;
  }

  /** Several fields with the same value. */
  public Fields all(Object value, String... names) {
    for (String name : names) {
      put(name, value);
    }
    return this;
  }

  /** Closes the object; {@code type} is what Go calls it. */
  public GoStruct as(String type) {
    return GoStruct.of(type, Arrays.copyOf(namesAndValues, end));
  }
}
