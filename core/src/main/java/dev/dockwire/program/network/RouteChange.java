package dev.dockwire.program.network;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.Route;
import java.util.Optional;

/** A route to add or delete, with the kernel's answers when it cannot be done. */
record RouteChange(
    HostStack stack,
    Ipv4Prefix destination,
    Optional<Ipv4Address> gateway,
    Optional<String> device,
    int metric) {

  /** Adds the route; returns what is wrong. */
  Optional<String> add() {
    Optional<StackInterface> via =
        device.isPresent()
            ? device.flatMap(stack::findInterface)
            : gateway.flatMap(this::interfaceTo);
    if (via.isEmpty()) {
      return Optional.of(
          gateway.isPresent() && device.isEmpty() ? "Network is unreachable" : "No such device");
    }
    if (!via.get().isUp()) {
      return Optional.of("Network is down");
    }
    if (gateway.isPresent() && !via.get().isOnLink(gateway.get().value())) {
      return Optional.of("Network is unreachable");
    }
    boolean exists =
        stack.routes().routes().stream()
            .anyMatch(route -> route.destination().equals(destination) && route.metric() == metric);
    if (exists) {
      return Optional.of("File exists");
    }
    stack
        .routes()
        .add(
            new Route(
                destination,
                gateway.orElse(Ipv4Address.ANY),
                via.get(),
                new Ipv4Address(via.get().addressValue()),
                metric));
    return Optional.empty();
  }

  private Optional<StackInterface> interfaceTo(Ipv4Address hop) {
    Route route = stack.routes().lookup(hop.value());
    return route.exists() && route.isConnected() ? Optional.of(route.via()) : Optional.empty();
  }

  /** Deletes the first route that is meant; returns what is wrong. */
  Optional<String> delete() {
    Optional<Route> route =
        stack.routes().routes().stream()
            .filter(each -> each.destination().equals(destination))
            .filter(each -> gateway.map(each.gateway()::equals).orElse(true))
            .filter(each -> device.map(each.via().name()::equals).orElse(true))
            .findFirst();
    if (route.isEmpty()) {
      return Optional.of("No such process");
    }
    stack.routes().remove(route.get());
    return Optional.empty();
  }
}
