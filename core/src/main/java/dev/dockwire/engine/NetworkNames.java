package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.NameService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a container's embedded DNS server knows: the names of running containers on the user-defined
 * networks it shares. Case does not matter; of several addresses one is chosen at random.
 */
final class NetworkNames implements NameService {

  private final Container asker;
  private final RandomGenerator random;

  NetworkNames(Container asker, RandomGenerator random) {
    this.asker = asker;
    this.random = random;
  }

  @Override
  public Optional<Ipv4Address> lookup(String name) {
    return asker.endpoints().stream()
        .filter(endpoint -> endpoint.network().isUserDefined())
        .sorted(Endpoint.BY_GATEWAY_PRIORITY)
        .map(
            endpoint ->
                addresses(
                    endpoint.network(), asker.linkTarget(name, endpoint.attachment()).orElse(name)))
        .filter(addresses -> !addresses.isEmpty())
        .findFirst()
        .map(addresses -> addresses.get(random.nextInt(addresses.size())));
  }

  private static List<Ipv4Address> addresses(Network network, String name) {
    return network.endpoints().values().stream()
        .filter(endpoint -> names(endpoint).stream().anyMatch(own -> isCalled(own, name, network)))
        .flatMap(endpoint -> endpoint.wire().stream())
        .map(wire -> wire.address().address())
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
