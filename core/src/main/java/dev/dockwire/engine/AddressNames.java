package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import java.util.List;

/**
 * Tells one listener which name each address has, for whoever shows addresses to people, such as a
 * capture: the containers' and, for all that are the Docker host's, {@code docker}.
 */
final class AddressNames {

  private static final String DOCKER_HOST = "docker";

  private final DockerHost dockerHost;
  private Engine.NameListener listener = (address, name) -> {};

  AddressNames(DockerHost dockerHost) {
    this.dockerHost = dockerHost;
  }

  /** Tells {@code newListener} in place of another, of all there are now and of each new one. */
  void tell(Engine.NameListener newListener, List<Network> networks) {
    listener = newListener;
    listener.named(dockerHost.address(), DOCKER_HOST);
    for (Network network : networks) {
      network
          .segment()
          .map(Segment::gateway)
          .filter(gateway -> !gateway.equals(Ipv4Address.ANY))
          .ifPresent(gateway -> listener.named(gateway, DOCKER_HOST));
      network.endpoints().values().forEach(this::tellOf);
    }
  }

  /** An endpoint is new, or its container has another name. */
  void tellOf(Endpoint endpoint) {
    endpoint
        .wire()
        .ifPresent(wire -> listener.named(wire.address().address(), endpoint.container().name()));
  }
}
