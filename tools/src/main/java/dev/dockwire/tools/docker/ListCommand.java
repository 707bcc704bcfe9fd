package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.filter.ContainerFilter;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.template.GoStruct;
import java.util.List;

/** {@code docker ps}. */
final class ListCommand extends DockerCommand {

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
        .filter("filter", 'f', "Filter output based on conditions provided")
        .string("format", (char) 0, ListFormat.USAGE)
        .integer("last", 'n', "Show n last created containers (includes all states) (default -1)")
        .bool("latest", 'l', "Show the latest created container (includes all states)")
        .bool("no-trunc", (char) 0, "Don't truncate output")
        .bool("quiet", 'q', "Only display container IDs");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    ContainerFilter filter = new ContainerFilter(engine, flags.list("filter"));
    long last = flags.integer("last").orElse(-1L);
    if (flags.isTrue("latest") && last <= 0) {
      last = 1;
    }
    List<Container> containers = filter.select(flags.isTrue("all"), last);
    String format = flags.string("format").orElse("");
    if (flags.isTrue("quiet")) {
      if (!format.isEmpty()) {
        self.printError(
            "WARNING: Ignoring custom format, because both --format and --quiet are set.\n");
      }
      format = "{{.ID}}";
    }
    ContainerRows rows = new ContainerRows(engine, flags.isTrue("no-trunc"), self.now());
    List<GoStruct> printed = containers.stream().map(rows::row).toList();
    return ListFormat.of(format, ContainerRows.STANDARD, ContainerRows.TITLES)
        .columnWidth(engine.settings().compat().columnWidth())
        .print(self, printed);
  }
}
