package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker network rm}. */
final class NetworkRemoveCommand extends DockerCommand {

  NetworkRemoveCommand() {
    super(
        "rm",
        List.of("docker network rm", "docker network remove"),
        "NETWORK [NETWORK...]",
        "Remove one or more networks",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags().bool("force", 'f', "Do not error if the network does not exist");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean failed = false;
    for (String reference : flags.positional()) {
      try {
        engine.networks().remove(engine.networks().find(reference));
        self.print(reference + "\n");
      } catch (EngineException e) {
        if (e.status() != EngineException.NOT_FOUND || !flags.isTrue("force")) {
          self.printError("Error response from daemon: " + e.getMessage() + "\n");
          failed = true;
        }
      }
    }
    if (failed) {
      self.printError("exit status 1\n");
    }
    return failed ? FAILED : 0;
  }
}
