package dev.dockwire.engine.spec;

import dev.dockwire.frame.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a container wants of a network, running or not: the options of {@code docker network
 * connect}, or of {@code --network} with {@code docker run}.
 *
 * @param network its name, or what the user called it by
 * @param address the static address as the user wrote it
 * @param aliases further names of the container on that network
 * @param links names that this container alone has for others on that network
 * @param gatewayPriority among several networks the one with the highest provides the default
 *     gateway
 */
public record Attachment(
    String network,
    Optional<String> address,
    Optional<MacAddress> mac,
    List<String> aliases,
    List<Link> links,
    int gatewayPriority) {

  /** A network with nothing special asked for. */
  public static Attachment to(String network) {
    return new Attachment(network, Optional.empty(), Optional.empty(), List.of(), List.of(), 0);
  }

  public Attachment withNetwork(String newNetwork) {
    return new Attachment(newNetwork, address, mac, aliases, links, gatewayPriority);
  }

  public Attachment withAddress(Optional<String> newAddress) {
    return new Attachment(network, newAddress, mac, aliases, links, gatewayPriority);
  }

  public Attachment withMac(Optional<MacAddress> newMac) {
    return new Attachment(network, address, newMac, aliases, links, gatewayPriority);
  }

  public Attachment withAliases(List<String> newAliases) {
    return new Attachment(network, address, mac, newAliases, links, gatewayPriority);
  }

  public Attachment withLinks(List<Link> newLinks) {
    return new Attachment(network, address, mac, aliases, newLinks, gatewayPriority);
  }

  public Attachment withGatewayPriority(int newPriority) {
    return new Attachment(network, address, mac, aliases, links, newPriority);
  }
}
