package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.tools.template.GoStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A container as one of those in {@code GET /containers/json}. */
public final class ContainerSummary {

  private ContainerSummary() {}

  /**
   * @param now in monotonic nanoseconds
   */
  public static GoStruct of(Container container, Engine engine, long now) {
    long created = new WallClock(engine.world()).epochNanos(container.createdAt());
    List<String> names = engine.namesOf(container);
    names.replaceAll(name -> "/" + name);
    return new Fields()
        .put("Id", container.id())
        .put("Names", names)
        .put("Image", container.spec().image())
        .put("ImageID", "sha256:" + container.image().id())
        .put("Command", String.join(" ", container.commandLine()))
        .put("Created", TimeUnit.NANOSECONDS.toSeconds(created))
        .put("Ports", ports(container))
        .put("Labels", new TreeMap<String, Object>(container.spec().labels()))
        .put("State", ContainerView.stateWord(container))
        .put("Status", status(container, now))
        .put(
            "HostConfig",
            new Fields().put("NetworkMode", container.spec().networkMode()).as("struct"))
        .put("NetworkSettings", networks(container, engine))
        .put("Mounts", List.of())
        .as("container.Summary");
  }

  private static GoStruct networks(Container container, Engine engine) {
    return new Fields()
        .put("Networks", NetworkSettingsView.networks(container, engine))
        .as("*container.NetworkSettingsSummary");
  }

  private static List<GoStruct> ports(Container container) {
    if (!container.isRunning()) {
      return List.of();
    }
    List<GoStruct> ports = new ArrayList<>();
    for (Port port : Port.of(container)) {
      Fields fields = new Fields();
      if (port.isPublished()) {
        fields.put("IP", port.hostAddress());
      }
      fields.put("PrivatePort", port.number());
      if (port.hostPort() != 0) {
        fields.put("PublicPort", port.hostPort());
      }
      ports.add(fields.put("Type", port.protocol()).as("container.Port"));
    }
    return ports;
  }

  /**
   * How a container is, in Docker's words: {@code Up 3 seconds}.
   *
   * @param now in monotonic nanoseconds
   */
  public static String status(Container container, long now) {
    return switch (container.state()) {
      case CREATED -> "Created";
      case RUNNING -> "Up " + Durations.inWords(now - container.startedAt());
      case PAUSED -> "Up " + Durations.inWords(now - container.startedAt()) + " (Paused)";
      case RESTARTING ->
          "Restarting ("
              + container.exitCode()
              + ") "
              + Durations.inWords(now - container.finishedAt())
              + " ago";
      case EXITED ->
          "Exited ("
              + container.exitCode()
              + ") "
              + Durations.inWords(now - container.finishedAt())
              + " ago";
      case REMOVED -> "Removal In Progress";
    };
  }
}
