package dev.dockwire.engine;

import dev.dockwire.bridge.BridgePort;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import java.util.Comparator;
import java.util.Optional;

/**
 * A running container's place on a network.
 *
 * @param wire the address and the two ends of the wire; none on {@code host} and {@code none}
 */
public record Endpoint(
    String id, Network network, Container container, Attachment attachment, Optional<Wire> wire) {

  /** The order in which networks are asked for a gateway and for names (Docker's own). */
  static final Comparator<Endpoint> BY_GATEWAY_PRIORITY =
      Comparator.comparing((Endpoint endpoint) -> -endpoint.attachment().gatewayPriority())
          .thenComparing(endpoint -> endpoint.network().spec().internal())
          .thenComparing(endpoint -> endpoint.network().name());

  /** What an endpoint on a bridge has. */
  public record Wire(Ipv4Prefix address, MacAddress mac, Nic nic, BridgePort port) {}
}
