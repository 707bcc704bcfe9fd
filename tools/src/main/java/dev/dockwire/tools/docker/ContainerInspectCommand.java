package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.ContainerView;
import java.util.List;

/** {@code docker container inspect}. */
final class ContainerInspectCommand extends DockerCommand {

  ContainerInspectCommand() {
    super(
        "inspect",
        List.of(),
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Display detailed information on one or more containers",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags().string("format", 'f', FormatOption.USAGE);
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    return Inspection.print(
        self, flags, reference -> ContainerView.of(engine.container(reference), engine));
  }
}
