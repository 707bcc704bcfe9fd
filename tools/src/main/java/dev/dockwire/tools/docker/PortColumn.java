package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.PublishedPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of a running container as {@code docker ps} shows them: runs of ports that are exposed
 * or published under their own number in one, then the others.
 */
final class PortColumn {

  private record Port(int number, String hostAddress, int hostPort, String protocol) {}

  private record Run(int first, int last) {}

  private static final Comparator<Port> ORDER =
      Comparator.comparingInt(Port::number)
          .thenComparing(Port::hostAddress)
          .thenComparingInt(Port::hostPort)
          .thenComparing(Port::protocol);

  private PortColumn() {}

  static String of(Container container) {
    Map<String, Run> runs = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>();
    List<String> mapped = new ArrayList<>();
    for (Port port : ports(container)) {
      if (!port.hostAddress().isEmpty() && port.hostPort() != port.number()) {
        mapped.add(
            "%s:%d->%d/%s"
                .formatted(port.hostAddress(), port.hostPort(), port.number(), port.protocol()));
        continue;
      }
      String key = port.hostAddress() + "/" + port.protocol();
      Run run = runs.get(key);
      if (run != null && port.number() != run.last() + 1) {
        shown.add(text(key, run));
        run = null;
      }
      runs.put(key, new Run(run == null ? port.number() : run.first(), port.number()));
    }
    runs.forEach((key, run) -> shown.add(text(key, run)));
    shown.addAll(mapped);
    return String.join(", ", shown);
  }

  private static List<Port> ports(Container container) {
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

  private static String text(String key, Run run) {
    String[] parts = key.split("/");
    String numbers =
        run.first() == run.last() ? Integer.toString(run.first()) : run.first() + "-" + run.last();
    String host = parts[0].isEmpty() ? "" : parts[0] + ":" + numbers + "->";
    return host + numbers + "/" + parts[1];
  }
}
