package dev.dockwire.tools.template;

import java.util.Map;

/**
 * A value of a named Go struct type: its fields in order, by name. Unlike a map it keeps that order
 * in JSON, prints as {@code {a b}}, and refuses a field that it has not, naming its type.
 *
 * <p>A type beginning with {@code *} is a pointer to a struct. A field that is a {@link GoMethod}
 * can be called and is neither printed nor put into JSON.
 */
public record GoStruct(String type, Map<String, Object> fields) {

  public GoStruct {
    fields = FieldMap.of(fields);
  }

  /**
   * A struct of these fields, the name of each before its value.
   *
   * @param namesAndValues no name twice; belongs to the struct from now on
   */
  public static GoStruct of(String type, Object[] namesAndValues) {
    return new GoStruct(type, new FieldMap(namesAndValues));
  }

  boolean isPointer() {
    return type.startsWith("*");
  }
}
