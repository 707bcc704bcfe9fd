package dev.dockwire.tools.docker.filter;

import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.Network;
import java.util.List;

/** The filters of {@code docker network ls}. */
public final class NetworkFilter {

  private static final List<String> KNOWN =
      List.of("dangling", "driver", "id", "label", "name", "scope", "type");

  private final Filters filters;

  /**
   * Checks what is asked for.
   *
   * @throws EngineException 400
   */
  public NetworkFilter(List<String> asked) {
    filters = new Filters(asked, KNOWN);
    for (String type : filters.values("type")) {
      if (!type.equals("custom") && !type.equals("builtin")) {
        throw new EngineException(
            EngineException.BAD_REQUEST, "invalid filter: 'type'='" + type + "'");
      }
    }
    if (filters.has("dangling")) {
      filters.isTrue("dangling");
    }
  }

  public boolean matches(Network network) {
    return filters.isExactly("driver", network.driver().word())
        && filters.isFound("id", network.id())
        && filters.haveLabels(network.spec().labels())
        && filters.isFound("name", network.name())
        && filters.isExactly("scope", "local")
        && filters.isExactly("type", network.isPredefined() ? "builtin" : "custom")
        && (!filters.has("dangling") || filters.isTrue("dangling") == isDangling(network));
  }

  private static boolean isDangling(Network network) {
    return !network.isPredefined() && network.endpoints().isEmpty();
  }
}
