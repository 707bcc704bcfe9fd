package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
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
        .bool("link", 'l', "Remove the specified link")
        .bool("volumes", 'v', "Remove anonymous volumes associated with the container");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    if (flags.isTrue("link")) {
      return removeLinks(self, engine, flags.positional());
    }
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

  private static int removeLinks(Process self, Engine engine, List<String> names) {
    int status = 0;
    for (String name : names) {
      try {
        String link = name.replaceAll("^/+|/+$", "");
        if (link.isEmpty()) {
          throw new UsageException("container name cannot be empty");
        }
        engine.removeLink(link);
        self.print(name + "\n");
      } catch (EngineException e) {
        self.printError("Error response from daemon: " + e.getMessage() + "\n");
        status = FAILED;
      } catch (UsageException e) {
        self.printError(e.getMessage() + "\n");
        status = FAILED;
      }
    }
    return status;
  }

  private static void untilRemoved(Process self, Container container) {
    while (container.state() != Container.State.REMOVED) {
      self.await(container.changed(), () -> container.state() == Container.State.REMOVED);
    }
  }
}
