package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import java.util.List;

/** {@code docker port}: ports cannot be published yet, so no container has any. */
final class PortCommand extends DockerCommand {

  PortCommand() {
    super(
        "port",
        List.of("docker container port", "docker port"),
        "CONTAINER [PRIVATE_PORT[/PROTO]]",
        "List port mappings or a specific mapping for the container",
        1,
        2);
  }

  @Override
  Flags flags() {
    return new Flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    String reference = flags.positional().getFirst();
    engine.container(reference);
    if (flags.positional().size() == 1) {
      return 0;
    }
    self.printError(
        "Error: No public port '"
            + flags.positional().getLast()
            + "' published for "
            + reference
            + "\n");
    return FAILED;
  }
}
