package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.option.LinkOption;
import java.util.List;

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
        .integer(
            "gw-priority",
            (char) 0,
            "Highest gw-priority provides the default gateway. Accepts positive and negative"
                + " values.")
        .string("ip", (char) 0, "IPv4 address (e.g., \"172.30.100.104\")")
        .list("link", (char) 0, "Add link to another container")
        .check("link", LinkOption::check);
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    Container container = engine.container(flags.positional().get(1));
    Network network = engine.networks().find(flags.positional().get(0));
    engine.connect(
        network,
        container,
        Attachment.to(network.name())
            .withAddress(flags.string("ip"))
            .withAliases(flags.list("alias"))
            .withLinks(LinkOption.links(flags.list("link")))
            .withGatewayPriority(priority(flags)));
    return 0;
  }

  /** Go's integers are longer; what does not fit here still comes before, or after, all others. */
  private static int priority(Flags flags) {
    return Math.clamp(
        flags.integer("gw-priority").orElse(0L), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
