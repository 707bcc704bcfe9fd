package dev.dockwire.tools.docker.filter;

import dev.dockwire.engine.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What {@code --filter} asks for: by key, values of which an object must match one. */
public final class Filters {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * Takes the flag's values apart.
   *
   * @throws EngineException 400 for a key that the list cannot be filtered by
   */
  public Filters(List<String> filters, List<String> known) {
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      String key = filter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (!known.contains(key)) {
        throw invalid(key);
      }
      values.computeIfAbsent(key, _ -> new ArrayList<>()).add(filter.substring(equals + 1).strip());
    }
  }

  /** Docker's refusal of a filter, {@code key} or {@code key=value}. */
  public static EngineException invalid(String filter) {
    return new EngineException(EngineException.BAD_REQUEST, "invalid filter '" + filter + "'");
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public List<String> values(String key) {
    return values.getOrDefault(key, List.of());
  }

  /** Whether the filter is not given, or one of its values is the text. */
  public boolean isExactly(String key, String text) {
    return !has(key) || values(key).contains(text);
  }

  /** Whether the filter is not given, or one of its values, a regular expression, is found. */
  public boolean isFound(String key, String text) {
    return !has(key) || values(key).stream().anyMatch(value -> isFoundIn(value, text));
  }

  private static boolean isFoundIn(String expression, String text) {
    try {
      return Pattern.compile(expression).matcher(text).find();
    } catch (PatternSyntaxException _) {
      return text.contains(expression);
    }
  }

  /** Whether every label asked for, as {@code name} or {@code name=value}, is there. */
  public boolean haveLabels(Map<String, String> labels) {
    return haveLabels("label", labels);
  }

  boolean haveLabels(String key, Map<String, String> labels) {
    return values(key).stream().allMatch(wanted -> isAmong(labels, wanted));
  }

  private static boolean isAmong(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }

  /**
   * The value of a filter that is a time, in nanoseconds since the Unix epoch.
   *
   * @param epochNanos the present
   * @throws EngineException 400 if it is none
   */
  long time(String key, long epochNanos) {
    try {
      return Timestamps.parse(values(key).getFirst(), epochNanos);
    } catch (IllegalArgumentException e) {
      throw new EngineException(EngineException.BAD_REQUEST, e.getMessage());
    }
  }

  /** The value of a filter that is true or false. */
  public boolean isTrue(String key) {
    return switch (values(key).getFirst().toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw invalid(key + "=[" + String.join(" ", values(key)) + "]");
    };
  }
}
