package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.List;

/** {@code docker top}. */
final class TopCommand extends DockerCommand {

  private static final int MIN_WIDTH = 20;

  TopCommand() {
    super(
        "top",
        List.of("docker container top", "docker top"),
        "CONTAINER [ps OPTIONS]",
        "Display the running processes of a container",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags();
  }

  @Override
  boolean interspersed() {
    return false;
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    Container container = engine.container(flags.positional().getFirst());
    List<String> psOptions = flags.positional().subList(1, flags.positional().size());
    TopTable table;
    try {
      table = TopTable.of(engine, container, psOptions);
    } catch (UsageException e) {
      self.printError("Error response from daemon: " + e.getMessage() + "\n");
      return FAILED;
    }
    StringBuilder lines = new StringBuilder(String.join("\t", table.titles())).append('\n');
    table.rows().forEach(row -> lines.append(String.join("\t", row)).append('\n'));
    self.print(Table.align(lines.toString(), MIN_WIDTH));
    return 0;
  }
}
