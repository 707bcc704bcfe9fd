package dev.dockwire.tools.docker;

import dev.dockwire.engine.Container;
import dev.dockwire.tools.docker.inspect.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of a running container as {@code docker ps} shows them: runs of ports that are exposed
 * or published under their own number in one, then the others.
 */
final class PortColumn {

  private record Run(int first, int last) {}

  private PortColumn() {}

  static String of(Container container) {
    Map<String, Run> runs = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>();
    List<String> mapped = new ArrayList<>();
    for (Port port : Port.of(container)) {
      if (port.isPublished() && port.hostPort() != port.number()) {
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

  private static String text(String key, Run run) {
    String[] parts = key.split("/");
    String numbers =
        run.first() == run.last() ? Integer.toString(run.first()) : run.first() + "-" + run.last();
    String host = parts[0].isEmpty() ? "" : parts[0] + ":" + numbers + "->";
    return host + numbers + "/" + parts[1];
  }
}
