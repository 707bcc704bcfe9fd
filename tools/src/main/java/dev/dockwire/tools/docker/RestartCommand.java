package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker restart}: stop as {@link StopCommand} does, then start. */
final class RestartCommand extends DockerCommand {

  RestartCommand() {
    super(
        "restart",
        List.of("docker container restart", "docker restart"),
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Restart one or more containers",
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
        container ->
            Exits.restart(
                self,
                engine,
                container,
                StopOptions.signal(flags),
                StopOptions.graceNanos(flags, container)));
  }
}
