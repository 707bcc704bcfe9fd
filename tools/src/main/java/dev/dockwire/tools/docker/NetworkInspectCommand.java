package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.inspect.NetworkView;
import java.util.List;

/** {@code docker network inspect}. */
final class NetworkInspectCommand extends DockerCommand {

  NetworkInspectCommand() {
    super(
        "inspect",
        List.of(),
        "[OPTIONS] NETWORK [NETWORK...]",
        "Display detailed information on one or more networks",
        1,
        Integer.MAX_VALUE);
  }

  @Override
  Flags flags() {
    return new Flags()
        .string("format", 'f', FormatOption.USAGE)
        .bool("verbose", 'v', "Verbose output for diagnostics");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    return Inspection.print(
        self, flags, reference -> NetworkView.of(engine.networks().find(reference), engine));
  }
}
