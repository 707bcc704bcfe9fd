package dev.dockwire.tools.template;

/**
 * What a map without the wanted key gives, Go's option {@code missingkey}. A {@link GoStruct}
 * without the wanted field is always an error.
 */
public enum MissingKey {
  /** Nothing; printed as {@code <no value>}. */
  NO_VALUE,
  /** An error. What {@code docker inspect} asks for when it falls back to the raw JSON. */
  ERROR
}
