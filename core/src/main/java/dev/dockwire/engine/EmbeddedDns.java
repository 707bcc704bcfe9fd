package dev.dockwire.engine;

import dev.dockwire.dns.DnsServer;
import dev.dockwire.dns.Upstream;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.resolver.ResolvConf;
import dev.dockwire.stack.HostStack;
import java.net.BindException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The DNS servers that containers on networks of the user's have at 127.0.0.11. A container's
 * starts with its first such network and stays until the container ends.
 *
 * <p>What a server does not know it asks the Docker host's servers, from the Docker host, or those
 * that the user gave, from the container; nobody if all of the container's networks are internal.
 */
final class EmbeddedDns {

  private static final Ipv4Address ADDRESS = Ipv4Address.parse("127.0.0.11");

  private final DockerHost dockerHost;
  private final Map<Container, DnsServer> servers = new LinkedHashMap<>();

  EmbeddedDns(DockerHost dockerHost) {
    this.dockerHost = dockerHost;
  }

  /** Starts a container's server if one of its networks asks for it and there is none yet. */
  void startIfNeeded(Container container, HostStack stack, List<Endpoint> endpoints) {
    if (servers.containsKey(container)
        || endpoints.stream().noneMatch(endpoint -> endpoint.network().isUserDefined())) {
      return;
    }
    try {
      Upstream upstream = upstream(container, stack);
      DnsServer server = DnsServer.start(stack, ADDRESS, new NetworkNames(container), upstream);
      if (container.spec().dns().setsDots()) {
        server.keepPlainNames();
      }
      servers.put(container, server);
    } catch (BindException portTaken) {
      // A program of the container's has all of port 53; that the container runs without names is
      // less bad than that it cannot be connected.
    }
  }

  private Upstream upstream(Container container, HostStack stack) {
    List<Ipv4Address> given =
        container.spec().dnsServers().stream()
            .filter(Ipv4Address::isAddress)
            .map(Ipv4Address::parse)
            .toList();
    HostStack from = given.isEmpty() ? dockerHost.host().stack() : stack;
    return new Upstream(
        from,
        () -> {
          if (hasInternalNetworksOnly(container)) {
            return List.of();
          }
          return given.isEmpty() ? serversOfHost() : given;
        });
  }

  private static boolean hasInternalNetworksOnly(Container container) {
    return container.endpoints().stream()
        .allMatch(endpoint -> endpoint.network().spec().internal());
  }

  private List<Ipv4Address> serversOfHost() {
    return ResolvConf.parse(dockerHost.host().files().readText("/etc/resolv.conf")).nameservers();
  }

  /** Stops the server of a container that ends. */
  void stop(Container container) {
    DnsServer server = servers.remove(container);
    if (server != null) {
      server.close(dockerHost.host().world().now());
    }
  }
}
