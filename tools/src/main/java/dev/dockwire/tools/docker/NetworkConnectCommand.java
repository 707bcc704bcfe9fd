package dev.dockwire.tools.docker;

import dev.dockwire.engine.Attachment;
import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.host.Process;
import java.util.List;
import java.util.Optional;

/** {@code docker network connect}. */
final class NetworkConnectCommand extends DockerCommand {

  NetworkConnectCommand() {
    super(
        "connect",
        List.of(),
        "[OPTIONS] NETWORK CONTAINER",
        "Connect a container to a network",
        2,
        2);
  }

  @Override
  Flags flags() {
    return new Flags()
        .strings("alias", (char) 0, "Add network-scoped alias for the container")
        .string("ip", (char) 0, "IPv4 address (e.g., \"172.30.100.104\")");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    Container container = engine.container(flags.positional().get(1));
    Network network = engine.networks().find(flags.positional().get(0));
    engine.connect(
        network,
        container,
        new Attachment(network.name(), flags.string("ip"), Optional.empty(), flags.list("alias")));
    return 0;
  }
}
