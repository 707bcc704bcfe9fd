package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.tools.docker.inspect.StatsView;
import dev.dockwire.tools.docker.inspect.WallClock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code /containers/C/stats}: once, or every second until the container or the client goes. */
final class StatsRoutes {

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Engine engine;

  StatsRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router.add("GET", "/containers/{}/stats", this::stats);
  }

  private void stats(Exchange exchange, String name) {
    Container container = engine.container(name);
    Request request = exchange.request();
    boolean once = !request.parameter("stream").isEmpty() && !request.isTrue("stream");
    WallClock clock = new WallClock(engine.world());
    String read = clock.rfc3339(exchange.self().now());
    if (once) {
      exchange.json(StatsView.of(container, engine, WallClock.NEVER, read));
      return;
    }
    Chunks lines = exchange.chunks("application/json");
    String before = WallClock.NEVER;
    boolean there = true;
    while (there && container.state() != Container.State.REMOVED) {
      read = clock.rfc3339(exchange.self().now());
      lines.jsonNow(StatsView.of(container, engine, before, read));
      before = read;
      there =
          exchange.await(
              List.of(container.changed()),
              () -> container.state() == Container.State.REMOVED,
              exchange.self().now() + INTERVAL_NANOS);
    }
    lines.end();
  }
}
