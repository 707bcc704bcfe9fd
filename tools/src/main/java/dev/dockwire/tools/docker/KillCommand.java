package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker kill}: a signal for the first process of containers. */
final class KillCommand extends DockerCommand {

  KillCommand() {
    super(
        "kill",
        List.of("docker container kill", "docker kill"),
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Kill one or more running containers",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags().string("signal", 's', "Signal to send to the container");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    String signal = flags.string("signal").orElse("KILL");
    return EachContainer.of(
        self,
        engine,
        flags.positional(),
        container -> engine.kill(container, Engine.signal(signal)));
  }
}
