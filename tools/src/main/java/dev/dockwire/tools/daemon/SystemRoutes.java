package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.image.Image;
import dev.dockwire.tools.docker.inspect.ContainerSummary;
import dev.dockwire.tools.docker.inspect.Fields;
import dev.dockwire.tools.docker.inspect.ImageView;
import dev.dockwire.tools.docker.inspect.SystemView;
import dev.dockwire.tools.template.GoStruct;
import java.util.List;

/** What there is to ask about the engine as a whole. */
final class SystemRoutes {

  private final Engine engine;

  SystemRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router
        .add("GET", "/_ping", (exchange, _) -> ping(exchange))
        .add("HEAD", "/_ping", (exchange, _) -> ping(exchange))
        .add("GET", "/version", (exchange, _) -> exchange.json(SystemView.version(engine)))
        .add("GET", "/info", (exchange, _) -> exchange.json(SystemView.info(engine)))
        .add("GET", "/system/df", (exchange, _) -> exchange.json(diskUsage(exchange)));
  }

  private static void ping(Exchange exchange) {
    exchange
        .field("Builder-Version", "2")
        .field("Swarm", "inactive")
        .field("Cache-Control", "no-cache, no-store, must-revalidate")
        .field("Pragma", "no-cache")
        .whole(Exchange.OK, "text/plain; charset=utf-8", "OK");
  }

  private GoStruct diskUsage(Exchange exchange) {
    long now = exchange.self().now();
    return new Fields()
        .put("LayersSize", engine.images().list().stream().mapToLong(Image::size).sum())
        .put(
            "Images",
            engine.images().list().stream()
                .map(image -> ImageView.summary(image, containersOf(image)))
                .toList())
        .put(
            "Containers",
            engine.containers().stream()
                .map(container -> ContainerSummary.of(container, engine, now))
                .toList())
        .put("Volumes", List.of())
        .put("BuildCache", List.of())
        .as("types.DiskUsage");
  }

  private long containersOf(Image image) {
    return engine.containers().stream()
        .filter(container -> container.image().equals(image))
        .count();
  }
}
