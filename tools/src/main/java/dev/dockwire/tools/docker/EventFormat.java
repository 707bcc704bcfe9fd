package dev.dockwire.tools.docker;

import dev.dockwire.engine.Event;
import dev.dockwire.tools.template.GoStruct;
import dev.dockwire.tools.template.Template;
import dev.dockwire.tools.template.TemplateException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** How {@code docker events} prints an event: docker's line, JSON, or what a template makes. */
public final class EventFormat {

  /** A time with all nine digits of its nanoseconds, in UTC. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");

  private final Optional<Template> template;
  private final boolean json;

  /**
   * @param format as the user gave it; empty for docker's line
   */
  EventFormat(String format) throws TemplateException {
    json = format.equals("json") || format.equals(FormatOption.JSON);
    template = format.isEmpty() ? Optional.empty() : Optional.of(parse(json, format));
  }

  private static Template parse(boolean json, String format) throws TemplateException {
    return Template.parse(
        json ? FormatOption.JSON : format.replace("\\t", "\t").replace("\\n", "\n"));
  }

  String line(Event event) throws TemplateException {
    if (template.isEmpty()) {
      return text(event) + "\n";
    }
    return template.get().execute(json ? inJson(event) : struct(event)) + "\n";
  }

  public static String timestamp(long epochNanos) {
    return TIMESTAMP.format(Instant.ofEpochSecond(0, epochNanos).atOffset(ZoneOffset.UTC));
  }

  private static String text(Event event) {
    String attributes =
        event.attributes().entrySet().stream()
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
            .collect(Collectors.joining(", ", "(", ")"));
    return String.join(
        " ",
        timestamp(event.epochNanos()),
        event.type().word(),
        event.action(),
        event.actor(),
        attributes);
  }

  /** Under Go's names, for templates. */
  private static GoStruct struct(Event event) {
    boolean legacy = event.type() != Event.Type.NETWORK;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Status", legacy ? event.action() : "");
    fields.put("ID", legacy ? event.actor() : "");
    fields.put("From", event.attributes().getOrDefault("image", ""));
    putCommon(fields, event, "Scope", "Time", "TimeNano");
    return new GoStruct("*events.Message", fields);
  }

  /** Under JSON's names; networks never had those three fields of the first API. */
  public static GoStruct inJson(Event event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (event.type() != Event.Type.NETWORK) {
      fields.put("status", event.action());
      if (!event.actor().isEmpty()) {
        fields.put("id", event.actor());
      }
      if (event.attributes().containsKey("image")) {
        fields.put("from", event.attributes().get("image"));
      }
    }
    putCommon(fields, event, "scope", "time", "timeNano");
    return new GoStruct("events.Message", fields);
  }

  private static void putCommon(
      Map<String, Object> fields, Event event, String scope, String time, String timeNano) {
    Map<String, Object> actor = new LinkedHashMap<>();
    actor.put("ID", event.actor());
    actor.put("Attributes", new TreeMap<String, Object>(event.attributes()));
    fields.put("Type", event.type().word());
    fields.put("Action", event.action());
    fields.put("Actor", new GoStruct("events.Actor", actor));
    fields.put(scope, "local");
    fields.put(time, TimeUnit.NANOSECONDS.toSeconds(event.epochNanos()));
    fields.put(timeNano, event.epochNanos());
  }
}
