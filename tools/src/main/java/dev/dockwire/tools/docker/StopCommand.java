package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker stop}: a signal, and KILL after ten seconds or as long as the user says. */
final class StopCommand extends DockerCommand {

  StopCommand() {
    super(
        "stop",
        List.of("docker container stop", "docker stop"),
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Stop one or more running containers",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return StopOptions.flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    return EachContainer.of(
        self,
        engine,
        flags.positional(),
        container -> {
          long exits = container.exits();
          engine.stop(
              container, StopOptions.signal(flags), StopOptions.graceNanos(flags, container));
          Exits.await(self, container, exits);
        });
  }
}
