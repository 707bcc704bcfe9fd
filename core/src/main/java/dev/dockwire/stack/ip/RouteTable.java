package dev.dockwire.stack.ip;

import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.StackInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A host's routes, in the order they are tried: longest prefix first, then lowest metric, then in
 * the order they were added. Hosts have a handful, so a lookup walks the list.
 *
 * <p>Addresses of the host itself are not in here: {@link Ipv4Output} sends them to {@code lo}.
 */
public final class RouteTable {

  private Route[] routes = {};
  private int version;

  public void add(Route route) {
    int place = 0;
    while (place < routes.length && !goesBefore(route, routes[place])) {
      place++;
    }
    Route[] more = new Route[routes.length + 1];
    System.arraycopy(routes, 0, more, 0, place);
    more[place] = route;
    System.arraycopy(routes, place, more, place + 1, routes.length - place);
    routes = more;
    version++;
  }

  /** Removes one route; false if there is no such route. */
  public boolean remove(Route route) {
    List<Route> left = new ArrayList<>(List.of(routes));
    boolean found = left.remove(route);
    routes = left.toArray(Route[]::new);
    version++;
    return found;
  }

  /** Removes the route that is tried first for this very network; false if there is none. */
  public boolean remove(Ipv4Prefix destination) {
    for (Route route : routes) {
      if (route.destination().equals(destination)) {
        return remove(route);
      }
    }
    return false;
  }

  /** Removes all routes that leave by {@code via}. */
  public void removeVia(StackInterface via) {
    removeIf(route -> route.via() == via);
  }

  private void removeIf(Predicate<Route> condition) {
    List<Route> left = new ArrayList<>(List.of(routes));
    left.removeIf(condition);
    routes = left.toArray(Route[]::new);
    version++;
  }

  /** The route for a destination; {@link Route#NONE} if there is none. */
  public Route lookup(int destination) {
    for (Route route : routes) {
      if (route.destination().contains(destination)) {
        return route;
      }
    }
    return Route.NONE;
  }

  /** The route for a destination among those that leave by {@code via}. */
  public Route lookup(int destination, StackInterface via) {
    for (Route route : routes) {
      if (route.via() == via && route.destination().contains(destination)) {
        return route;
      }
    }
    return Route.NONE;
  }

  /** Another number whenever routes have come or gone, so that others need not look each time. */
  int version() {
    return version;
  }

  /** All routes in the order they are tried. */
  public List<Route> routes() {
    return List.of(routes);
  }

  private static boolean goesBefore(Route route, Route other) {
    int length = route.destination().length();
    int otherLength = other.destination().length();
    return length != otherLength ? length > otherLength : route.metric() < other.metric();
  }
}
