package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Event;
import dev.dockwire.engine.Events;
import dev.dockwire.tools.docker.EventFilter;
import dev.dockwire.tools.docker.EventFormat;
import dev.dockwire.tools.docker.inspect.IndentedJson;
import java.util.List;

/** What goes on by itself: events and logs. */
final class StreamRoutes {

  private final Engine engine;

  StreamRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router.add("GET", "/events", (exchange, _) -> events(exchange));
  }

  private void events(Exchange exchange) {
    EventFilter filter = new EventFilter(exchange.request().filters());
    Events events = engine.events();
    long next = events.next();
    Chunks lines = exchange.chunks("application/json");
    boolean there = true;
    while (there) {
      List<Event> happened = events.from(next);
      next = events.next();
      for (Event event : happened) {
        if (filter.matches(event)) {
          lines.line(exchange.self(), IndentedJson.compact(EventFormat.inJson(event)));
        }
      }
      long seen = next;
      there = exchange.await(events.changed(), () -> events.next() > seen);
    }
    lines.end();
  }
}
