package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Event;
import dev.dockwire.engine.Events;
import dev.dockwire.host.Process;
import dev.dockwire.time.Clock;
import dev.dockwire.tools.docker.filter.EventFilter;
import dev.dockwire.tools.docker.flag.Flags;
import dev.dockwire.tools.docker.flag.UsageException;
import dev.dockwire.tools.template.TemplateException;
import java.util.List;

/** {@code docker events}: what happens in the engine, as it happens, or what has happened. */
final class EventsCommand extends DockerCommand {

  EventsCommand() {
    super(
        "events",
        List.of("docker system events", "docker events"),
        "[OPTIONS]",
        "Get real time events from the server",
        0,
        0);
  }

  @Override
  Flags flags() {
    return new Flags()
        .filter("filter", 'f', "Filter output based on conditions provided")
        .string("format", (char) 0, FormatOption.USAGE)
        .string("since", (char) 0, "Show all events created since timestamp")
        .string("until", (char) 0, "Stream events until this timestamp");
  }

  @Override
  int execute(Process self, Engine engine, Flags flags) {
    try {
      EventFormat format = new EventFormat(flags.string("format").orElse(""));
      TimeRange range = TimeRange.of(flags, engine.world().epochNanos());
      EventFilter filter = new EventFilter(flags.list("filter"));
      stream(self, engine, range, filter, format);
      return 0;
    } catch (UsageException e) {
      self.printError(e.getMessage() + "\n");
      return FAILED;
    } catch (TemplateException e) {
      self.printError("Error parsing format: " + e.getMessage() + "\n");
      return FormatOption.NO_TEMPLATE;
    }
  }

  private static void stream(
      Process self, Engine engine, TimeRange range, EventFilter filter, EventFormat format)
      throws TemplateException {
    Events events = engine.events();
    long next = range.isOpen() ? events.next() : events.oldest();
    long deadline = range.deadline(self);
    while (true) {
      List<Event> happened = events.from(next);
      next = events.next();
      for (Event event : happened) {
        if (range.contains(event.epochNanos()) && filter.matches(event)) {
          self.print(format.line(event));
        }
      }
      if (deadline != Clock.NEVER && self.now() >= deadline) {
        return;
      }
      long seen = next;
      self.await(events.changed(), () -> events.next() > seen, deadline);
    }
  }
}
