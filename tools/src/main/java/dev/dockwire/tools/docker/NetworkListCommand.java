package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.host.Process;
import java.util.Comparator;
import java.util.List;

/** {@code docker network ls}. */
final class NetworkListCommand extends DockerCommand {

  NetworkListCommand() {
    super(
        "ls",
        List.of("docker network ls", "docker network list"),
        "[OPTIONS]",
        "List networks",
        0,
        0);
  }

  @Override
  Flags flags() {
    return new Flags()
        .bool("no-trunc", (char) 0, "Do not truncate the output")
        .bool("quiet", 'q', "Only display network IDs");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    boolean whole = flags.isTrue("no-trunc");
    List<Network> networks =
        engine.networks().list().stream().sorted(Comparator.comparing(Network::name)).toList();
    if (flags.isTrue("quiet")) {
      networks.forEach(network -> self.print(id(network, whole) + "\n"));
      return 0;
    }
    Table table = new Table("NETWORK ID", "NAME", "DRIVER", "SCOPE");
    for (Network network : networks) {
      table.row(id(network, whole), network.name(), network.driver().word(), "local");
    }
    self.print(table.toString());
    return 0;
  }

  private static String id(Network network, boolean whole) {
    return whole ? network.id() : network.shortId();
  }
}
