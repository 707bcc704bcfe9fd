package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.List;

/** {@code docker network disconnect}. */
final class NetworkDisconnectCommand extends DockerCommand {

  NetworkDisconnectCommand() {
    super(
        "disconnect",
        List.of(),
        "[OPTIONS] NETWORK CONTAINER",
        "Disconnect a container from a network",
        2,
        2);
  }

  @Override
  Flags flags() {
    return new Flags().bool("force", 'f', "Force the container to disconnect from a network");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    Network network = engine.networks().find(flags.positional().get(0));
    Container container = engine.container(flags.positional().get(1));
    engine.disconnect(network, container);
    return 0;
  }
}
