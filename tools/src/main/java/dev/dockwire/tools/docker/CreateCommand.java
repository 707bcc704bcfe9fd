package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import dev.dockwire.tools.docker.option.ContainerOptions;
import java.util.List;

/** {@code docker create}: a container that does not run yet. */
final class CreateCommand extends DockerCommand {

  CreateCommand() {
    super(
        "create",
        List.of("docker container create", "docker create"),
        "[OPTIONS] IMAGE [COMMAND] [ARG...]",
        "Create a new container",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return ContainerOptions.flags();
  }

  @Override
  boolean interspersed() {
    return false;
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    ContainerSpec spec;
    try {
      spec = ContainerOptions.spec(self, flags);
    } catch (UsageException e) {
      self.printError(
          "docker: " + e.getMessage() + "\n\nRun 'docker create --help' for more information\n");
      return usageStatus();
    }
    ImageReference image;
    try {
      image = ImageReference.parse(spec.image());
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    }
    try {
      Container container = engine.create(spec);
      ContainerOptions.warn(self, spec, flags);
      self.print(container.id() + "\n");
      return 0;
    } catch (EngineException e) {
      if (!e.getMessage().startsWith("No such image")) {
        throw e;
      }
      self.printError("Unable to find image '" + image.familiar() + "' locally\n");
      self.printError("Error response from daemon: " + image.whyNot(engine) + "\n");
      self.printError(ImageReference.thereAre(engine));
      return FAILED;
    }
  }
}
