package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.tools.docker.inspect.ContainerSummary;
import dev.dockwire.tools.docker.inspect.ContainerView;
import dev.dockwire.tools.docker.inspect.Durations;
import dev.dockwire.tools.docker.inspect.WallClock;
import dev.dockwire.tools.template.GoMethod;
import dev.dockwire.tools.template.GoStruct;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code docker ps} shows of a container, by the names that {@code --format} uses. */
final class ContainerRows {

  static final String STANDARD =
      "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";
  static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("ID", "CONTAINER ID"),
          Map.entry("Image", "IMAGE"),
          Map.entry("Command", "COMMAND"),
          Map.entry("CreatedAt", "CREATED AT"),
          Map.entry("RunningFor", "CREATED"),
          Map.entry("Status", "STATUS"),
          Map.entry("State", "STATE"),
          Map.entry("Ports", "PORTS"),
          Map.entry("Names", "NAMES"),
          Map.entry("Networks", "NETWORKS"),
          Map.entry("Labels", "LABELS"),
          Map.entry("Mounts", "MOUNTS"),
          Map.entry("LocalVolumes", "LOCAL VOLUMES"),
          Map.entry("Size", "SIZE"));

  private static final int COMMAND_WIDTH = 20;

  private final Engine engine;
  private final boolean whole;
  private final long now;
  private final WallClock clock;

  /**
   * @param whole whether ids and commands are shown in full
   * @param now in monotonic nanoseconds
   */
  ContainerRows(Engine engine, boolean whole, long now) {
    this.engine = engine;
    this.whole = whole;
    this.now = now;
    this.clock = new WallClock(engine.world());
  }

  GoStruct row(Container container) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("ID", whole ? container.id() : container.shortId());
    fields.put("Image", container.spec().image());
    fields.put("Command", command(container));
    fields.put("CreatedAt", clock.goTextInSeconds(container.createdAt()));
    fields.put("RunningFor", Durations.inWords(now - container.createdAt()) + " ago");
    fields.put("Status", ContainerSummary.status(container, now));
    fields.put("State", ContainerView.stateWord(container));
    fields.put("Ports", container.isRunning() ? PortColumn.of(container) : "");
    fields.put("Names", whole ? String.join(",", engine.namesOf(container)) : container.name());
    fields.put("Networks", networks(container));
    Map<String, String> labels = container.spec().labels();
    fields.put(
        "Labels",
        labels.entrySet().stream().map(Object::toString).collect(Collectors.joining(",")));
    fields.put("Label", (GoMethod) name -> labels.getOrDefault(name, ""));
    fields.put("Mounts", "");
    fields.put("LocalVolumes", "0");
    fields.put("Size", "0B");
    return ListFormat.row("*formatter.ContainerContext", fields);
  }

  private String command(Container container) {
    String command = String.join(" ", container.commandLine());
    if (!whole && command.codePointCount(0, command.length()) > COMMAND_WIDTH) {
      command = command.substring(0, command.offsetByCodePoints(0, COMMAND_WIDTH - 1)) + "…";
    }
    return "\"" + command + "\"";
  }

  private String networks(Container container) {
    return container.attachments().stream()
        .map(Attachment::network)
        .map(name -> engine.networks().tryFind(name).map(Network::name).orElse(name))
        .sorted()
        .collect(Collectors.joining(","));
  }
}
