package dev.dockwire.tools;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.dockwire.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object of a request's body or a file, asked for its fields by name and type. As in Go, a
 * field's name may be written in capitals or not, {@code null} and a missing field are the same,
 * fields that nobody asks for are ignored, and of a name that comes twice the last one counts.
 */
public record JsonObject(Map<String, Object> fields) {

  private static final int MAX_DEPTH = 512;
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final int REPLACEMENT = 0xfffd;
  private static final int MAX_NUMBER_DIGITS = 100;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_DIGITS)
                  .build())
          .build();

  public static final JsonObject EMPTY = new JsonObject(Map.of());

  /**
   * Reads a body that is one object, or nothing.
   *
   * @throws EngineException 400
   */
  public static JsonObject parse(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw refusal("invalid JSON: a byte order mark is not allowed");
    }
    // From the text: the parser would take bytes for UTF-16, too.
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return EMPTY;
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw refusal("invalid JSON: an object is expected");
      }
      Object value = read(parser);
      if (parser.nextToken() != null) {
        throw refusal("unexpected content after JSON");
      }
      return of(value, "body");
    } catch (JsonProcessingException e) {
      throw refusal("invalid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw refusal("invalid JSON: " + e.getMessage());
    }
  }

  /** Reads a value whose first token is the current one; the depth is limited by the parser. */
  private static Object read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, read(parser));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser));
        }
        yield items;
      }
      case VALUE_STRING -> wellFormed(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** As in Go, half a character becomes U+FFFD. */
  private static String wellFormed(String text) {
    if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
      return text;
    }
    int[] points =
        text.codePoints()
            .map(point -> Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point)
            .toArray();
    return new String(points, 0, points.length);
  }

  private static EngineException refusal(String message) {
    return new EngineException(EngineException.BAD_REQUEST, message);
  }

  private static EngineException wrongType(String name, String wanted) {
    return refusal("invalid JSON: " + name + " must be " + wanted);
  }

  @SuppressWarnings("unchecked") // read() makes no other maps
  private static JsonObject of(Object value, String name) {
    return switch (value) {
      case null -> EMPTY;
      case Map<?, ?> map -> new JsonObject((Map<String, Object>) map);
      default -> throw wrongType(name, "an object");
    };
  }

  private Object find(String name) {
    if (fields.containsKey(name)) {
      return fields.get(name);
    }
    return fields.entrySet().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name) && field.getValue() != null)
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** A text; empty if there is none. */
  public String text(String name) {
    return optionalText(name).orElse("");
  }

  /** A text that is not empty. */
  public Optional<String> filled(String name) {
    return optionalText(name).filter(text -> !text.isEmpty());
  }

  public Optional<String> optionalText(String name) {
    return switch (find(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      default -> throw wrongType(name, "a string");
    };
  }

  public boolean isTrue(String name) {
    return switch (find(name)) {
      case null -> false;
      case Boolean value -> value;
      default -> throw wrongType(name, "true or false");
    };
  }

  public Optional<Integer> integer(String name) {
    return switch (find(name)) {
      case null -> Optional.empty();
      case Integer number -> Optional.of(number);
      default -> throw wrongType(name, "an integer");
    };
  }

  /** An integer that must be there. */
  public long number(String name) {
    return switch (find(name)) {
      case Integer number -> number;
      case Long number -> number;
      case null, default -> throw wrongType(name, "an integer");
    };
  }

  public boolean has(String name) {
    return find(name) != null;
  }

  public JsonObject object(String name) {
    return of(find(name), name);
  }

  /** An object's fields that are objects themselves, in their order. */
  public Map<String, JsonObject> objects(String name) {
    Map<String, JsonObject> objects = new LinkedHashMap<>();
    object(name).fields.forEach((key, value) -> objects.put(key, of(value, name)));
    return objects;
  }

  private List<?> items(String name) {
    return items(find(name), name);
  }

  private static List<?> items(Object value, String name) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      default -> throw wrongType(name, "an array");
    };
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : items(name)) {
      texts.add(text(item, name));
    }
    return texts;
  }

  private static String text(Object value, String name) {
    if (value instanceof String text) {
      return text;
    }
    throw wrongType(name, "strings only");
  }

  /** A list of texts that may also be given as one text: a command line. */
  public List<String> words(String name) {
    return find(name) instanceof String word ? List.of(word) : texts(name);
  }

  public List<JsonObject> list(String name) {
    return items(name).stream().map(item -> of(item, name)).toList();
  }

  /** An object's fields that are lists of objects, in their order. */
  public Map<String, List<JsonObject>> lists(String name) {
    Map<String, List<JsonObject>> lists = new LinkedHashMap<>();
    object(name)
        .fields
        .forEach(
            (key, value) ->
                lists.put(key, items(value, name).stream().map(item -> of(item, name)).toList()));
    return lists;
  }

  public Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    object(name).fields.forEach((key, value) -> texts.put(key, text(value, name)));
    return texts;
  }
}
