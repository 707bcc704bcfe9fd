package dev.dockwire.tools.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Java value with the Go type it is seen as. {@link #NONE} is no value at all, as a missing key
 * gives; a value of type {@link #INTERFACE} came out of a JSON container and shows its own type
 * only when {@link #unboxed}. Null is nil, inside of an interface only.
 *
 * <p>The Go type of a map or list is that of decoded JSON, except in a field of a struct: there its
 * elements decide ({@code []string}, {@code map[string]string}, a struct's type).
 */
record Value(Object data, String type) {

  static final String INTERFACE = "interface {}";
  static final String STRINGS = "[]string";
  private static final String MAP = "map[string]";
  private static final String LIST = "[]";

  private static final int ELEMENT_WEIGHT = 64;

  static final Value NONE = new Value(null, "");
  static final Value NIL = new Value(null, INTERFACE);

  static Value of(Object data) {
    return data == null ? NONE : new Value(data, typeOf(data));
  }

  static Value boxed(Object data) {
    return new Value(data, INTERFACE);
  }

  static Value strings(List<String> strings) {
    return new Value(strings, STRINGS);
  }

  private static String typeOf(Object data) {
    return switch (data) {
      case String _ -> "string";
      case Boolean _ -> "bool";
      case Integer _, Long _ -> "int";
      case Double _ -> "float64";
      case Map<?, ?> _ -> MAP + INTERFACE;
      case List<?> _ -> LIST + INTERFACE;
      case GoStruct struct -> struct.type();
      case GoNil nil -> nil.type();
      case GoTime _ -> "time.Time";
      default -> throw new IllegalArgumentException("no Go value: " + data.getClass().getName());
    };
  }

  /** A value as the field of a struct, which tells the type of its elements. */
  static Value ofField(Object data) {
    return switch (data) {
      case null -> NIL;
      case List<?> list -> new Value(data, LIST + elementType(list));
      case Map<?, ?> map -> new Value(data, MAP + elementType(map.values()));
      default -> of(data);
    };
  }

  private static String elementType(Collection<?> elements) {
    List<String> types =
        elements.stream().map(e -> e == null ? INTERFACE : typeOf(e)).distinct().toList();
    if (types.isEmpty()) {
      return "string";
    }
    boolean named =
        types.getFirst().equals("string") || elements.iterator().next() instanceof GoStruct;
    return named && types.size() == 1 ? types.getFirst() : INTERFACE;
  }

  boolean isNone() {
    return this == NONE;
  }

  boolean isNil() {
    return data == null && !isNone();
  }

  boolean isNilPointer() {
    return isNil() || data instanceof GoNil nil && nil.isPointer();
  }

  boolean isString() {
    return data instanceof String;
  }

  boolean isInteger() {
    return data instanceof Integer || data instanceof Long;
  }

  boolean isMap() {
    return data instanceof Map || data instanceof GoNil nil && nil.isMap();
  }

  boolean isList() {
    return data instanceof List || data instanceof GoNil nil && !nil.isMap() && !nil.isPointer();
  }

  String string() {
    return (String) data;
  }

  long integer() {
    return ((Number) data).longValue();
  }

  Value unboxed() {
    return type.equals(INTERFACE) ? of(data) : this;
  }

  /** The elements of a list, or the values of a map in the order of its keys. */
  List<Value> elements() {
    List<Value> elements = new ArrayList<>();
    if (data instanceof List<?> list) {
      list.forEach(element -> elements.add(element(element)));
    } else {
      entries().values().forEach(elements::add);
    }
    return elements;
  }

  /** The entries of a map by key; none of anything else. */
  Map<String, Value> entries() {
    Map<String, Value> entries = new TreeMap<>();
    if (data instanceof Map<?, ?> map) {
      map.forEach((key, value) -> entries.put((String) key, element(value)));
    }
    return entries;
  }

  /** An entry of a map, or {@link #NONE}. */
  Value entry(String key) {
    return data instanceof Map<?, ?> map && map.containsKey(key) ? element(map.get(key)) : NONE;
  }

  private Value element(Object element) {
    String type = elementType();
    return element == null ? NIL : new Value(element, type);
  }

  /** What a map gives for a key it has not, where that is no error. */
  Value zeroElement() {
    return switch (elementType()) {
      case "string" -> of("");
      case "bool" -> of(false);
      case "int" -> of(0);
      case String pointer when pointer.startsWith("*") -> of(new GoNil(pointer));
      default -> NIL;
    };
  }

  private String elementType() {
    return type.substring(type.indexOf(']') + 1);
  }

  int length() {
    return switch (data) {
      case String text -> GoText.byteLength(text);
      case Map<?, ?> map -> map.size();
      case List<?> list -> list.size();
      default -> 0;
    };
  }

  /** What it takes to look at it, in characters; what is inside of its elements does not count. */
  long weight() {
    return switch (data) {
      case String text -> text.length();
      case Map<?, ?> map -> (long) map.size() * ELEMENT_WEIGHT;
      case List<?> list -> (long) list.size() * ELEMENT_WEIGHT;
      case null, default -> 0;
    };
  }

  /** Whether {@code if} takes it for true: not the zero of its type. */
  boolean isTrue() {
    return switch (data) {
      case null -> false;
      case Boolean truth -> truth;
      case Double real -> real != 0;
      case String text -> !text.isEmpty();
      case Number number -> number.longValue() != 0;
      case GoStruct _, GoTime _ -> true;
      default -> length() > 0;
    };
  }
}
