package dev.dockwire.tools.template;

/**
 * The nil of a typed field: {@code []string}, {@code map[string]string}, {@code *container.Health}.
 * Prints as {@code []}, {@code map[]} or {@code <nil>}; is {@code null} in JSON, and false.
 */
public record GoNil(String type) {

  boolean isPointer() {
    return type.startsWith("*");
  }

  boolean isMap() {
    return type.startsWith("map[");
  }
}
