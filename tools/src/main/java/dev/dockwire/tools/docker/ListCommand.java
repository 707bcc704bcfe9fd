package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import java.util.List;

/** {@code docker ps}. */
final class ListCommand extends DockerCommand {

  private static final int COMMAND_WIDTH = 20;

  ListCommand() {
    super(
        "ps",
        List.of("docker container ls", "docker container list", "docker container ps", "docker ps"),
        "[OPTIONS]",
        "List containers",
        0,
        0);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("all", 'a', "Show all containers (default shows just running)")
        .bool("no-trunc", (char) 0, "Don't truncate output")
        .bool("quiet", 'q', "Only display container IDs");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean whole = flags.isTrue("no-trunc");
    List<Container> containers =
        engine.containers().stream()
            .filter(container -> flags.isTrue("all") || container.isRunning())
            .toList();
    if (flags.isTrue("quiet")) {
      StringBuilder ids = new StringBuilder();
      containers.forEach(container -> ids.append(id(container, whole)).append('\n'));
      self.print(ids.toString());
      return 0;
    }
    Table table =
        new Table("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES");
    long now = self.now();
    for (Container container : containers) {
      table.row(
          id(container, whole),
          container.spec().image(),
          command(container, whole),
          Durations.inWords(now - container.createdAt()) + " ago",
          status(container, now),
          container.isRunning() ? String.join(", ", container.image().exposedPorts()) : "",
          whole ? String.join(",", engine.namesOf(container)) : container.name());
    }
    self.print(table.toString());
    return 0;
  }

  private static String id(Container container, boolean whole) {
    return whole ? container.id() : container.shortId();
  }

  private static String command(Container container, boolean whole) {
    String command = String.join(" ", container.commandLine());
    if (!whole && command.codePointCount(0, command.length()) > COMMAND_WIDTH) {
      command = command.substring(0, command.offsetByCodePoints(0, COMMAND_WIDTH - 1)) + "…";
    }
    return "\"" + command + "\"";
  }

  private static String status(Container container, long now) {
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
