package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import java.util.List;

/** {@code docker network prune}. */
final class NetworkPruneCommand extends DockerCommand {

  NetworkPruneCommand() {
    super("prune", List.of(), "[OPTIONS]", "Remove all unused networks", 0, 0);
  }

  @Override
  Flags flags() {
    return new Flags().bool("force", 'f', "Do not prompt for confirmation");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    if (!Confirmation.given(
        self, flags, "all custom networks not used by at least one container")) {
      return 0;
    }
    List<String> removed = engine.networks().prune();
    if (!removed.isEmpty()) {
      self.print("Deleted Networks:\n" + String.join("\n", removed) + "\n\n");
    }
    return 0;
  }
}
