package dev.dockwire.engine;

import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.frame.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes the ports of running containers: on the network that gives a container its way out, as
 * long as it is on it.
 */
final class PortPublisher {

  private final HostPorts hostPorts;
  private final PacketRules rules;
  private final Map<Endpoint, List<PublishedPort>> published = new LinkedHashMap<>();

  PortPublisher(HostPorts hostPorts, PacketRules rules) {
    this.hostPorts = hostPorts;
    this.rules = rules;
  }

  /** The endpoint that a container's ports are to be published on: that of its way out. */
  static Optional<Endpoint> gatewayOf(List<Endpoint> endpoints) {
    return endpoints.stream()
        .filter(endpoint -> endpoint.wire().isPresent())
        .filter(endpoint -> !endpoint.network().spec().internal())
        .min(Endpoint.BY_GATEWAY_PRIORITY);
  }

  /**
   * Publishes all that a container asks for, or leaves all as it is.
   *
   * @throws EngineException 500 if a port is taken
   */
  void publish(Container container, List<Endpoint> endpoints) {
    Optional<Endpoint> gateway = gatewayOf(endpoints);
    if (gateway.isEmpty() || published.containsKey(gateway.get())) {
      return;
    }
    Optional<Endpoint> before = endpoints.stream().filter(published::containsKey).findFirst();
    before.ifPresent(this::withdraw);
    try {
      container.published(publish(container, gateway.get()));
    } catch (EngineException e) {
      before.ifPresent(endpoint -> container.published(publish(container, endpoint)));
      throw e;
    }
  }

  private List<PublishedPort> publish(Container container, Endpoint endpoint) {
    List<PublishedPort> ports = new ArrayList<>();
    published.put(endpoint, ports);
    Ipv4Address address = endpoint.wire().orElseThrow().address().address();
    try {
      for (PortBinding binding : container.portBindings()) {
        PublishedPort port =
            isRouted(endpoint)
                ? PublishedPort.atContainer(binding)
                : hostPorts.take(binding, hostAddress(binding, endpoint), address);
        ports.add(port);
        rules.published(true, endpoint, port);
      }
      return List.copyOf(ports);
    } catch (HostPorts.Refused e) {
      withdraw(endpoint);
      throw new EngineException(
          EngineException.INTERNAL,
          "driver failed programming external connectivity on endpoint %s (%s): %s"
              .formatted(container.name(), endpoint.id(), e.getMessage()));
    }
  }

  private static boolean isRouted(Endpoint endpoint) {
    return endpoint.network().segment().orElseThrow().mode() == GatewayMode.ROUTED;
  }

  private static Ipv4Address hostAddress(PortBinding binding, Endpoint endpoint) {
    return binding.hostAddress().isEmpty()
        ? BridgeOptions.hostBinding(endpoint.network().spec())
        : Ipv4Address.parse(binding.hostAddress());
  }

  /** Takes all back that is published on an endpoint. */
  void withdraw(Endpoint endpoint) {
    List<PublishedPort> ports = published.remove(endpoint);
    if (ports != null) {
      for (PublishedPort port : ports) {
        rules.published(false, endpoint, port);
        if (port.isOnHost()) {
          hostPorts.release(port);
        }
      }
      endpoint.container().published(List.of());
    }
  }
}
