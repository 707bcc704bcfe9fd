package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import dev.dockwire.tools.JsonObject;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request, read whole.
 *
 * @param target its path without the version, percent signs decoded
 * @param version the API's version it asks for, as in {@code 1.50}; the engine's own if it asks for
 *     none
 */
record Request(
    String method,
    String target,
    String version,
    Map<String, List<String>> parameters,
    HttpHeaders headers,
    byte[] body) {

  /** A query parameter; empty if it is not given. */
  String parameter(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  /**
   * A query parameter that must be a whole number.
   *
   * @throws EngineException 400
   */
  int number(String name) {
    String text = parameter(name);
    if (!text.matches("-?[0-9]{1,9}")) {
      throw new EngineException(
          EngineException.BAD_REQUEST, "strconv.Atoi: parsing \"" + text + "\": invalid syntax");
    }
    return Integer.parseInt(text);
  }

  /** Whether a query parameter is given and true, as dockerd reads it. */
  boolean isTrue(String name) {
    return switch (parameter(name).strip().toLowerCase(Locale.ROOT)) {
      case "", "0", "no", "false", "none" -> false;
      default -> true;
    };
  }

  /** Whether the client wants the connection for itself after the answer. */
  boolean wantsUpgrade() {
    return headers.contains("Upgrade");
  }

  boolean isOlderThan(String apiVersion) {
    return ApiVersion.parse(version).compareTo(ApiVersion.parse(apiVersion)) < 0;
  }

  /**
   * The body, which must be a JSON object.
   *
   * @throws EngineException 400
   */
  JsonObject json() {
    String type = headers.get("Content-Type", "");
    if (body.length > 0 && !type.split(";", 2)[0].strip().equals("application/json")) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "unsupported Content-Type header (" + type + "): must be 'application/json'");
    }
    return JsonObject.parse(body);
  }

  /**
   * The filters of a list, as {@code key=value}: clients send {@code {"key":{"value":true}}}, or
   * the older {@code {"key":["value"]}}.
   *
   * @throws EngineException 400
   */
  List<String> filters() {
    String text = parameter("filters");
    List<String> filters = new ArrayList<>();
    if (text.isEmpty()) {
      return filters;
    }
    try {
      JsonObject.parse(text.getBytes(StandardCharsets.UTF_8))
          .fields()
          .forEach(
              (key, values) -> values(values).forEach(value -> filters.add(key + "=" + value)));
    } catch (EngineException _) {
      throw new EngineException(EngineException.BAD_REQUEST, "invalid filter");
    }
    return filters;
  }

  private static List<String> values(Object values) {
    List<String> found = new ArrayList<>();
    switch (values) {
      case Map<?, ?> map -> map.keySet().forEach(value -> found.add(value.toString()));
      case List<?> list -> list.forEach(value -> found.add(String.valueOf(value)));
      case null, default ->
          throw new EngineException(EngineException.BAD_REQUEST, "invalid filter");
    }
    return found;
  }
}
