package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker rename}. */
final class RenameCommand extends DockerCommand {

  RenameCommand() {
    super(
        "rename",
        List.of("docker container rename", "docker rename"),
        "CONTAINER NEW_NAME",
        "Rename a container",
        2,
        2);
  }

  @Override
  Flags flags() {
    return new Flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    String oldName = flags.positional().getFirst().strip();
    String newName = flags.positional().getLast().strip();
    if (oldName.isEmpty() || newName.isEmpty()) {
      self.printError("Error: Neither old nor new names may be empty\n");
      return FAILED;
    }
    try {
      engine.rename(engine.container(oldName), newName);
      return 0;
    } catch (EngineException e) {
      self.printError("Error response from daemon: " + e.getMessage() + "\n");
      self.printError("Error: failed to rename container named " + oldName + "\n");
      return FAILED;
    }
  }
}
