package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import java.util.List;

/** {@code docker rm}. */
final class RemoveCommand extends DockerCommand {

  RemoveCommand() {
    super(
        "rm",
        List.of("docker container rm", "docker container remove", "docker rm"),
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Remove one or more containers",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("force", 'f', "Force the removal of a running container (uses SIGKILL)")
        .bool("volumes", 'v', "Remove anonymous volumes associated with the container");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean force = flags.isTrue("force");
    int status =
        EachContainer.of(
            self,
            engine,
            flags.positional(),
            container -> {
              engine.remove(container, force);
              untilRemoved(self, container);
            });
    return force ? 0 : status;
  }

  private static void untilRemoved(Process self, Container container) {
    while (container.state() != Container.State.REMOVED) {
      self.await(container.changed(), () -> container.state() == Container.State.REMOVED);
    }
  }
}
