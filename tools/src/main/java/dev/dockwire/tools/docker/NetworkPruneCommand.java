package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.filter.PruneFilter;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker network prune}. */
final class NetworkPruneCommand extends DockerCommand {

  NetworkPruneCommand() {
    super("prune", List.of(), "[OPTIONS]", "Remove all unused networks", 0, 0);
  }

  @Override
  Flags flags() {
    return PruneOptions.flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    if (!PruneOptions.isConfirmed(
        self, flags, "all custom networks not used by at least one container")) {
      return 0;
    }
    PruneFilter filter = new PruneFilter(engine, flags.list("filter"));
    List<String> removed =
        engine
            .networks()
            .prune(network -> filter.matches(network.createdAt(), network.spec().labels()));
    if (!removed.isEmpty()) {
      self.print("Deleted Networks:\n" + String.join("\n", removed) + "\n\n");
    }
    return 0;
  }
}
