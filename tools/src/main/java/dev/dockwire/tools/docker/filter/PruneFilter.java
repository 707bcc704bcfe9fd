package dev.dockwire.tools.docker.filter;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.tools.docker.inspect.WallClock;
import java.util.List;
import java.util.Map;

/** The filters of the prune commands: by age and by labels that must, or must not, be there. */
public final class PruneFilter {

  public static final String USAGE = "Provide filter values (e.g. \"until=<timestamp>\")";

  private static final List<String> KNOWN = List.of("label", "label!", "until");

  private final Filters filters;
  private final WallClock clock;
  private final long until;

  /**
   * @throws EngineException 400
   */
  public PruneFilter(Engine engine, List<String> asked) {
    filters = new Filters(asked, KNOWN);
    clock = new WallClock(engine.world());
    until = until(engine);
  }

  private long until(Engine engine) {
    if (!filters.has("until")) {
      return Long.MAX_VALUE;
    }
    if (filters.values("until").size() > 1) {
      throw new EngineException(
          EngineException.BAD_REQUEST, "more than one until filter specified");
    }
    return filters.time("until", engine.world().epochNanos());
  }

  /**
   * @param createdAt in monotonic nanoseconds
   */
  public boolean matches(long createdAt, Map<String, String> labels) {
    return clock.epochNanos(createdAt) <= until
        && filters.haveLabels(labels)
        && !(filters.has("label!") && filters.haveLabels("label!", labels));
  }
}
