package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.tools.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What clients say of networks, and of a container on one, in the engine's terms. */
final class NetworkBody {

  private NetworkBody() {}

  static NetworkSpec spec(JsonObject body) {
    if (body.isTrue("EnableIPv6")) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "IPv6 is not emulated yet: create the network without --ipv6");
    }
    List<IpamConfig> subnets = new ArrayList<>();
    for (JsonObject config : body.object("IPAM").list("Config")) {
      subnets.add(
          new IpamConfig(
              config.text("Subnet"),
              config.filled("IPRange"),
              config.filled("Gateway"),
              config.textMap("AuxiliaryAddresses")));
    }
    return new NetworkSpec(
        body.text("Name"),
        body.filled("Driver").orElse("bridge"),
        subnets,
        body.isTrue("Internal"),
        body.isTrue("Attachable"),
        body.textMap("Options"),
        body.textMap("Labels"));
  }

  /**
   * What a container wants of a network.
   *
   * @param otherLinks links that the container has anyway
   */
  static Attachment attachment(String network, JsonObject endpoint, List<Link> otherLinks) {
    List<Link> links = new ArrayList<>(links(endpoint.texts("Links")));
    links.removeAll(otherLinks);
    return Attachment.to(network)
        .withAddress(endpoint.object("IPAMConfig").filled("IPv4Address"))
        .withMac(endpoint.filled("MacAddress").map(NetworkBody::mac))
        .withAliases(endpoint.texts("Aliases"))
        .withLinks(links)
        .withGatewayPriority(endpoint.integer("GwPriority").orElse(0));
  }

  static Optional<MacAddress> mac(Optional<String> text) {
    return text.map(NetworkBody::mac);
  }

  private static MacAddress mac(String text) {
    try {
      return MacAddress.parse(text);
    } catch (IllegalArgumentException _) {
      throw new EngineException(
          EngineException.BAD_REQUEST, "address " + text + ": invalid MAC address");
    }
  }

  /** Links as {@code NAME:ALIAS}, or {@code NAME} alone. */
  static List<Link> links(List<String> texts) {
    List<Link> links = new ArrayList<>();
    for (String text : texts) {
      String[] parts = text.split(":", 2);
      links.add(new Link(parts[0], parts[parts.length - 1]));
    }
    return links;
  }
}
