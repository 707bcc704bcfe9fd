package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.filter.PruneFilter;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker container prune}. */
final class ContainerPruneCommand extends DockerCommand {

  ContainerPruneCommand() {
    super("prune", List.of(), "[OPTIONS]", "Remove all stopped containers", 0, 0);
  }

  @Override
  Flags flags() {
    return PruneOptions.flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    if (!PruneOptions.isConfirmed(self, flags, "all stopped containers")) {
      return 0;
    }
    PruneFilter filter = new PruneFilter(engine, flags.list("filter"));
    List<String> removed =
        engine.prune(container -> filter.matches(container.createdAt(), container.spec().labels()));
    if (!removed.isEmpty()) {
      self.print("Deleted Containers:\n" + String.join("\n", removed) + "\n\n");
    }
    // What containers write is kept in memory: there is no space on a disk to get back.
    self.print("Total reclaimed space: 0B\n");
    return 0;
  }
}
