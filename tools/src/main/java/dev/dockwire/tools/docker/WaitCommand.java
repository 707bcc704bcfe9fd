package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker wait}: prints the exit codes of containers as they end, one by one. */
final class WaitCommand extends DockerCommand {

  WaitCommand() {
    super(
        "wait",
        List.of("docker container wait", "docker wait"),
        "CONTAINER [CONTAINER...]",
        "Block until one or more containers stop, then print their exit codes",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    int status = 0;
    for (String reference : flags.positional()) {
      try {
        Container container = engine.container(reference);
        self.print(Exits.await(self, container, container.exits()) + "\n");
      } catch (EngineException e) {
        self.printError("Error response from daemon: " + e.getMessage() + "\n");
        status = FAILED;
      }
    }
    return status;
  }
}
