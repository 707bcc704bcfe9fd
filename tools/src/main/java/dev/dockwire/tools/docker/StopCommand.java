package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code docker stop}: TERM, and KILL after ten seconds or as long as the user says. */
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
    return new Flags().integer("timeout", 't', "Seconds to wait before killing the container");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    long graceNanos =
        flags.integer("timeout").map(TimeUnit.SECONDS::toNanos).orElse(Engine.DEFAULT_STOP_NANOS);
    return EachContainer.of(
        self,
        engine,
        flags.positional(),
        container -> {
          engine.stop(container, graceNanos);
          untilStopped(self, container);
        });
  }

  private static void untilStopped(Process self, Container container) {
    while (container.isRunning()) {
      self.await(container.changed(), () -> !container.isRunning());
    }
  }
}
