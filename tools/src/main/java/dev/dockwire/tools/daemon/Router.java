package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds who answers a request. */
final class Router {

  /** Answers requests of one kind. */
  @FunctionalInterface
  interface Handler {

    /**
     * @param name what the path names; empty if it names nothing
     * @throws EngineException what the client is told
     */
    void handle(Exchange exchange, String name);
  }

  private record Route(String method, Pattern path, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();

  /**
   * Adds a route.
   *
   * @param path in which {@code {}} stands for a name; a name may contain slashes
   */
  Router add(String method, String path, Handler handler) {
    Pattern pattern = Pattern.compile("\\Q" + path.replace("{}", "\\E(.+)\\Q") + "\\E");
    routes.add(new Route(method, pattern, handler));
    return this;
  }

  void handle(Exchange exchange) {
    Request request = exchange.request();
    for (Route route : routes) {
      if (route.method().equals(request.method())) {
        Matcher matcher = route.path().matcher(request.target());
        if (matcher.matches()) {
          route.handler().handle(exchange, matcher.groupCount() > 0 ? matcher.group(1) : "");
          return;
        }
      }
    }
    throw new EngineException(EngineException.NOT_FOUND, "page not found");
  }
}
