package dev.dockwire.program.network;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.stack.ip.Route;
import java.util.Comparator;
import java.util.List;

/** The order in which the kernel lists routes: by destination, the default route first. */
final class RouteOrder {

  private static final Comparator<Route> BY_DESTINATION =
      Comparator.<Route, Ipv4Address>comparing(route -> route.destination().address())
          .thenComparing(route -> -route.destination().length())
          .thenComparing(Route::metric);

  private RouteOrder() {}

  static List<Route> shown(List<Route> routes) {
    return routes.stream().sorted(BY_DESTINATION).toList();
  }
}
