package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.PublishedPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A port that a container exposes, and where it is published.
 *
 * @param hostAddress empty if it is not published
 */
public record Port(int number, String hostAddress, int hostPort, String protocol) {

  private static final Comparator<Port> ORDER =
      Comparator.comparingInt(Port::number)
          .thenComparing(Port::hostAddress)
          .thenComparingInt(Port::hostPort)
          .thenComparing(Port::protocol);

  /** The ports of a running container, by number. */
  public static List<Port> of(Container container) {
    List<Port> ports = new ArrayList<>();
    for (PublishedPort port : container.published()) {
      ports.add(
          new Port(
              port.containerPort(),
              port.hostAddress().toString(),
              port.hostPort(),
              port.protocol()));
    }
    List<String> published = container.published().stream().map(PublishedPort::exposed).toList();
    for (String exposed : container.exposedPorts()) {
      if (!published.contains(exposed)) {
        String[] parts = exposed.split("/");
        ports.add(new Port(Integer.parseInt(parts[0]), "", 0, parts[1]));
      }
    }
    ports.sort(ORDER);
    return ports;
  }

  public boolean isPublished() {
    return !hostAddress.isEmpty();
  }
}
