package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.Event;
import dev.dockwire.engine.Events;
import dev.dockwire.host.Output;
import dev.dockwire.time.Clock;
import dev.dockwire.tools.docker.EventFormat;
import dev.dockwire.tools.docker.LogStream;
import dev.dockwire.tools.docker.TimeRange;
import dev.dockwire.tools.docker.filter.EventFilter;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.List;

/** What is sent as it happens: events and logs. */
final class StreamRoutes {

  private final Engine engine;

  StreamRoutes(Engine engine) {
    this.engine = engine;
  }

  void addTo(Router router) {
    router
        .add("GET", "/events", (exchange, _) -> events(exchange))
        .add("GET", "/containers/{}/logs", this::logs);
  }

  private void events(Exchange exchange) {
    EventFilter filter = new EventFilter(exchange.request().filters());
    TimeRange range = range(exchange);
    Events events = engine.events();
    long next = range.isOpen() ? events.next() : events.oldest();
    long deadline = range.deadline(exchange.self());
    Chunks lines = exchange.chunks("application/json");
    boolean there = true;
    while (there) {
      List<Event> happened = events.from(next);
      next = events.next();
      for (Event event : happened) {
        if (range.contains(event.epochNanos()) && filter.matches(event)) {
          lines.jsonNow(EventFormat.inJson(event));
        }
      }
      long seen = next;
      there =
          (deadline == Clock.NEVER || exchange.self().now() < deadline)
              && exchange.await(List.of(events.changed()), () -> events.next() > seen, deadline);
    }
    lines.end();
  }

  /** A time of 0 is none, as in dockerd. */
  private TimeRange range(Exchange exchange) {
    Request request = exchange.request();
    try {
      return TimeRange.of(
          request.parameter("since").replaceFirst("^0$", ""),
          request.parameter("until").replaceFirst("^0$", ""),
          engine.world().epochNanos());
    } catch (UsageException e) {
      throw new EngineException(EngineException.BAD_REQUEST, e.getMessage());
    }
  }

  private void logs(Exchange exchange, String name) {
    Request request = exchange.request();
    Container container = engine.container(name);
    boolean out = request.isTrue("stdout");
    boolean err = request.isTrue("stderr");
    if (!out && !err) {
      throw new EngineException(
          EngineException.BAD_REQUEST, "Bad parameters: you must choose at least one stream");
    }
    LogStream log =
        new LogStream(
            container,
            range(exchange),
            request.parameter("tail"),
            request.isTrue("follow"),
            request.isTrue("timestamps"));
    boolean framed = !container.spec().tty();
    Chunks body = exchange.chunks(Frames.contentType(framed, request));
    log.print(
        exchange.self(),
        out ? framed ? body.framed(Frames.STDOUT) : body : Output.NULL,
        err ? framed ? body.framed(Frames.STDERR) : body : Output.NULL,
        exchange.changed(),
        exchange::isAbandoned);
    body.end();
  }
}
