package dev.dockwire.tools.docker.filter;

import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.Event;
import java.util.List;

/** The filters of {@code docker events}. */
public final class EventFilter {

  private static final List<String> KNOWN =
      List.of(
          "config",
          "container",
          "daemon",
          "event",
          "image",
          "label",
          "network",
          "node",
          "plugin",
          "scope",
          "secret",
          "service",
          "type",
          "volume");

  /** The kinds of objects of which there are none here. */
  private static final List<String> NEVER_SEEN =
      List.of("config", "daemon", "node", "plugin", "secret", "service", "volume");

  private final Filters filters;

  /**
   * @throws EngineException 400
   */
  public EventFilter(List<String> asked) {
    filters = new Filters(asked, KNOWN);
  }

  public boolean matches(Event event) {
    // What is done in an exec is part of its action; a filter may leave it out.
    String action = event.action().replaceFirst("^(exec_create|exec_start): .*", "$1");
    return (filters.isExactly("event", action) || filters.isExactly("event", event.action()))
        && filters.isExactly("type", event.type().word())
        && filters.isExactly("scope", "local")
        && concerns("container", event)
        && concerns("network", event)
        && NEVER_SEEN.stream().allMatch(kind -> concerns(kind, event))
        && isOfImage(event)
        && filters.haveLabels(event.attributes());
  }

  /** By the beginning of an id or a name, of whatever kind the object is, as in Docker. */
  private boolean concerns(String kind, Event event) {
    String name = event.attributes().getOrDefault("name", "");
    return !filters.has(kind)
        || filters.values(kind).stream()
            .anyMatch(value -> event.actor().startsWith(value) || name.startsWith(value));
  }

  private boolean isOfImage(Event event) {
    String attribute = event.type() == Event.Type.IMAGE ? "name" : "image";
    String image = event.attributes().getOrDefault(attribute, "");
    return filters.isExactly("image", event.actor())
        || filters.isExactly("image", image)
        || filters.isExactly("image", withoutTag(event.actor()))
        || filters.isExactly("image", withoutTag(image));
  }

  private static String withoutTag(String reference) {
    return reference.replaceFirst(":[^/]*$", "");
  }
}
