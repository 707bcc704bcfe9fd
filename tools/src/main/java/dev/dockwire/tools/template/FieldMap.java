package dev.dockwire.tools.template;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The fields of a struct, name and value in turn in one array: there are few, and an answer of the
 * API is made of thousands of structs that live only until they are written.
 */
final class FieldMap extends AbstractMap<String, Object> {

  private final Object[] namesAndValues;

  /**
   * @param namesAndValues no name twice; belongs to the map from now on
   */
  FieldMap(Object[] namesAndValues) {
    this.namesAndValues = namesAndValues;
    assert Arrays.stream(names()).distinct().count() == size() : Arrays.toString(names());
  }

  static FieldMap of(Map<String, Object> fields) {
    if (fields instanceof FieldMap already) {
      return already;
    }
    Object[] namesAndValues = new Object[2 * fields.size()];
    int end = 0;
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      namesAndValues[end++] = field.getKey();
      namesAndValues[end++] = field.getValue();
    }
    return new FieldMap(namesAndValues);
  }

  private String[] names() {
    String[] names = new String[size()];
    Arrays.setAll(names, this::name);
    return names;
  }

  String name(int index) {
    return (String) namesAndValues[2 * index];
  }

  Object value(int index) {
    return namesAndValues[2 * index + 1];
  }

  private int indexOf(Object name) {
    for (int i = 0; i < size(); i++) {
      if (name(i).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int size() {
    return namesAndValues.length / 2;
  }

  @Override
  public boolean containsKey(Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public Object get(Object name) {
    int index = indexOf(name);
    return index < 0 ? null : value(index);
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return FieldMap.this.size();
      }

      @Override
      public Iterator<Map.Entry<String, Object>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<String, Object>> {

    private int next;

    @Override
    public boolean hasNext() {
      return next < size();
    }

    @Override
    public Map.Entry<String, Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<String, Object> entry = new SimpleImmutableEntry<>(name(next), value(next));
      next++;
      return entry;
    }
  }
}
