package dev.dockwire.engine;

import dev.dockwire.dns.Zone;
import dev.dockwire.frame.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a container's embedded DNS server knows: the names of running containers on the user-defined
 * networks it shares. Case does not matter.
 */
final class NetworkNames implements Zone {

  private final Container asker;

  NetworkNames(Container asker) {
    this.asker = asker;
  }

  @Override
  public List<Ipv4Address> addresses(String name) {
    return endpoints()
        .map(
            endpoint ->
                addresses(
                    endpoint.network(), asker.linkTarget(name, endpoint.attachment()).orElse(name)))
        .filter(addresses -> !addresses.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  @Override
  public Optional<String> name(Ipv4Address address) {
    return endpoints()
        .flatMap(own -> own.network().endpoints().values().stream())
        .filter(each -> addressOf(each).equals(Optional.of(address)))
        .map(each -> each.container().name() + "." + each.network().name())
        .findFirst();
  }

  private Stream<Endpoint> endpoints() {
    return asker.endpoints().stream()
        .filter(endpoint -> endpoint.network().isUserDefined())
        .sorted(Endpoint.BY_GATEWAY_PRIORITY);
  }

  private static Optional<Ipv4Address> addressOf(Endpoint endpoint) {
    return endpoint.wire().map(wire -> wire.address().address());
  }

  private static List<Ipv4Address> addresses(Network network, String name) {
    return network.endpoints().values().stream()
        .filter(endpoint -> names(endpoint).stream().anyMatch(own -> isCalled(own, name, network)))
        .flatMap(endpoint -> addressOf(endpoint).stream())
        .toList();
  }

  private static boolean isCalled(String own, String name, Network network) {
    return own.equalsIgnoreCase(name) || (own + "." + network.name()).equalsIgnoreCase(name);
  }

  /** Docker's DNSNames: the name, the aliases, the short id, and a hostname if one was given. */
  static List<String> names(Endpoint endpoint) {
    Container container = endpoint.container();
    List<String> names = new ArrayList<>(List.of(container.name()));
    names.addAll(endpoint.attachment().aliases());
    names.add(container.shortId());
    container.spec().hostname().ifPresent(names::add);
    return names;
  }
}
