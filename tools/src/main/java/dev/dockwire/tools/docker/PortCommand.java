package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.PublishedPort;
import dev.dockwire.host.Process;
import dev.dockwire.tools.docker.flag.Flags;
import java.util.Comparator;
import java.util.List;

/** {@code docker port}: where the ports of a running container are published. */
final class PortCommand extends DockerCommand {

  PortCommand() {
    super(
        "port",
        List.of("docker container port", "docker port"),
        "CONTAINER [PRIVATE_PORT[/PROTO]]",
        "List port mappings or a specific mapping for the container",
        1,
        2);
  }

  @Override
  Flags flags() {
    return new Flags();
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    String reference = flags.positional().getFirst();
    List<PublishedPort> published =
        engine.container(reference).published().stream()
            .sorted(
                Comparator.comparingInt(PublishedPort::containerPort)
                    .thenComparing(PublishedPort::protocol))
            .toList();
    if (flags.positional().size() == 1) {
      published.forEach(port -> self.print(port.exposed() + " -> " + hostEnd(port)));
      return 0;
    }
    String asked = flags.positional().getLast();
    String exposed = asked.contains("/") ? asked : asked + "/tcp";
    List<PublishedPort> meant =
        published.stream().filter(port -> port.exposed().equals(exposed)).toList();
    if (!meant.isEmpty()) {
      meant.forEach(port -> self.print(hostEnd(port)));
      return 0;
    }
    self.printError("Error: No public port '" + asked + "' published for " + reference + "\n");
    return FAILED;
  }

  private static String hostEnd(PublishedPort port) {
    return port.hostAddress() + ":" + port.hostPortText() + "\n";
  }
}
