package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker pause}. */
final class PauseCommand extends DockerCommand {

  PauseCommand() {
    super(
        "pause",
        List.of("docker container pause", "docker pause"),
        "CONTAINER [CONTAINER...]",
        "Pause all processes within one or more containers",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    return EachContainer.of(self, engine, flags.positional(), engine::pause);
  }
}
