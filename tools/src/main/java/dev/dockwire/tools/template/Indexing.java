package dev.dockwire.tools.template;

import java.util.List;

/**
 * {@code len}, {@code index} and {@code slice}. Strings are bytes to all three. Where Go's own
 * implementation runs into a panic, the text of that panic is the reason given, as docker shows it.
 */
final class Indexing {

  private Indexing() {}

  static Value length(List<Value> arguments) {
    Value item = arguments.getFirst();
    if (item.isNone()) {
      throw new TemplateException("reflect: call of reflect.Value.Type on zero Value");
    }
    if (item.isNilPointer()) {
      throw new TemplateException("len of nil pointer");
    }
    Value inside = item.unboxed();
    if (!inside.isString() && !inside.isMap() && !inside.isList()) {
      throw new TemplateException("len of type " + inside.type());
    }
    return Value.of(inside.length());
  }

  /** {@code index x 1 "k"} is x[1]["k"]. */
  static Value index(List<Value> arguments) {
    Value item = arguments.getFirst().unboxed();
    if (item.isNone()) {
      throw new TemplateException("index of untyped nil");
    }
    for (Value index : arguments.subList(1, arguments.size())) {
      if (item.isNilPointer()) {
        throw new TemplateException("index of nil pointer");
      }
      item = index(item.unboxed(), index.unboxed());
    }
    return item;
  }

  private static Value index(Value item, Value index) {
    if (item.isMap()) {
      Value entry = item.entry(key(index));
      return entry.isNone() ? item.zeroElement() : entry;
    }
    if (!item.isString() && !item.isList()) {
      throw new TemplateException("can't index item of type " + item.type());
    }
    int at = position(index, item.length());
    if (at == item.length()) {
      String what = item.isString() ? "string" : "slice";
      throw new TemplateException("reflect: " + what + " index out of range");
    }
    return item.isString()
        ? new Value((long) (GoText.utf8(item.string())[at] & 0xff), "uint8")
        : item.elements().get(at);
  }

  private static String key(Value index) {
    if (index.isNone()) {
      throw new TemplateException("value is nil; should be of type string");
    }
    if (!index.isString()) {
      throw new TemplateException("value has type " + index.type() + "; should be string");
    }
    return index.string();
  }

  static Value slice(List<Value> arguments) {
    Value item = arguments.getFirst().unboxed();
    int bounds = arguments.size() - 1;
    if (item.isNone()) {
      throw new TemplateException("slice of untyped nil");
    }
    if (bounds > 3) {
      throw new TemplateException("too many slice indexes: " + bounds);
    }
    if (item.isString() && bounds == 3) {
      throw new TemplateException("cannot 3-index slice a string");
    }
    if (!item.isString() && !item.isList()) {
      throw new TemplateException("can't slice item of type " + item.type());
    }
    int[] bound = {0, item.length(), item.length()};
    for (int i = 0; i < bounds; i++) {
      bound[i] = position(arguments.get(i + 1).unboxed(), item.length());
      if (i > 0 && bound[i - 1] > bound[i]) {
        throw new TemplateException("invalid slice index: " + bound[i - 1] + " > " + bound[i]);
      }
    }
    return switch (item.data()) {
      case String text -> Value.of(GoText.slice(text, bound[0], bound[1]));
      case List<?> list -> new Value(list.subList(bound[0], bound[1]), item.type());
      default -> item;
    };
  }

  /** A position from 0 to the length, the length included. */
  private static int position(Value index, int length) {
    if (index.isNone()) {
      throw new TemplateException("cannot index slice/array with nil");
    }
    if (!index.isInteger()) {
      throw new TemplateException("cannot index slice/array with type " + index.type());
    }
    if (index.integer() < 0 || index.integer() > length) {
      throw new TemplateException("index out of range: " + index.integer());
    }
    return (int) index.integer();
  }
}
