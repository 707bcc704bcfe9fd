package dev.dockwire.engine;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes endpoints and takes them back: a container's place on a network with its address, the wire
 * from the network's bridge, and the packet filter's rules for them. What the wire leads to is for
 * {@link ContainerNetworking} to say.
 */
final class Endpoints {

  private final Compat compat;
  private final PacketRules rules;
  private final Ids ids;
  private final RandomGenerator macs;

  Endpoints(Compat compat, PacketRules rules, Ids ids, RandomGenerator macs) {
    this.compat = compat;
    this.rules = rules;
    this.ids = ids;
    this.macs = macs;
  }

  /**
   * Makes one.
   *
   * @param others those that the container has already
   * @throws EngineException 403 if it is on the network already, or the address asked for is taken;
   *     500 if there is none left
   */
  Endpoint make(
      Container container, Network network, Attachment attachment, List<Endpoint> others) {
    if (others.stream().anyMatch(other -> other.network() == network)) {
      throw new EngineException(
          EngineException.FORBIDDEN,
          "endpoint with name "
              + container.name()
              + " already exists in network "
              + network.name());
    }
    String id = ids.next();
    Optional<Endpoint.Wire> wire =
        network
            .segment()
            .map(segment -> lay(container, network, segment, attachment, id, nextName(others)));
    Endpoint endpoint = new Endpoint(id, network, container, attachment, wire);
    network.add(container, endpoint);
    rules.connected(true, endpoint);
    return endpoint;
  }

  private Endpoint.Wire lay(
      Container container,
      Network network,
      Segment segment,
      Attachment attachment,
      String endpointId,
      String interfaceName) {
    Optional<Ipv4Address> wanted = attachment.address().map(Ipv4Address::parse);
    Ipv4Address address =
        segment.allocate(wanted).orElseThrow(() -> noAddress(network, wanted.isPresent()));
    MacAddress mac = attachment.mac().orElseGet(() -> compat.newMac(address, macs));
    String label = container.name() + "/" + interfaceName;
    return segment.lay(label, interfaceName, endpointId, address, mac);
  }

  private static EngineException noAddress(Network network, boolean wanted) {
    return wanted
        ? new EngineException(EngineException.FORBIDDEN, "Address already in use")
        : new EngineException(
            EngineException.INTERNAL,
            "no available IPv4 addresses on this network's address pools: "
                + network.name()
                + " ("
                + network.id()
                + ")");
  }

  /** The lowest {@code ethN} that is free. */
  private static String nextName(List<Endpoint> others) {
    List<String> taken =
        others.stream()
            .flatMap(endpoint -> endpoint.wire().stream())
            .map(wire -> wire.nic().name())
            .toList();
    int number = 0;
    while (taken.contains("eth" + number)) {
      number++;
    }
    return "eth" + number;
  }

  /** Takes one back; nothing is plugged in at its wire any more. */
  void takeBack(Endpoint endpoint) {
    rules.connected(false, endpoint);
    endpoint.network().remove(endpoint.container());
    endpoint.wire().ifPresent(wire -> endpoint.network().segment().orElseThrow().takeUp(wire));
  }
}
