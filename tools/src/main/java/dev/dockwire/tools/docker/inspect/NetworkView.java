package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Compat;
import dev.dockwire.engine.Endpoint;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.tools.template.GoStruct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A network as {@code GET /networks/N} answers. */
public final class NetworkView {

  private NetworkView() {}

  public static GoStruct of(Network network, Engine engine) {
    return of(network, engine, containers(network));
  }

  /** As one of those in {@code GET /networks}, which does not say who is connected. */
  public static GoStruct summary(Network network, Engine engine) {
    return of(network, engine, Map.of());
  }

  private static GoStruct of(Network network, Engine engine, Map<String, GoStruct> containers) {
    Compat compat = engine.settings().compat();
    boolean bridged = network.segment().isPresent();
    Fields fields =
        new Fields()
            .put("Name", network.name())
            .put("Id", network.id())
            .put("Created", new WallClock(engine.world()).rfc3339(network.createdAt()))
            .put("Scope", "local")
            .put("Driver", network.driver().word());
    if (compat.showsEnableIpv4()) {
      fields.put("EnableIPv4", true);
    }
    return fields
        .put("EnableIPv6", false)
        .put(
            "IPAM",
            new Fields()
                .put("Driver", "default")
                .put("Options", network.isPredefined() ? null : Map.of())
                .put("Config", bridged ? List.of(config(network, compat)) : null)
                .as("network.IPAM"))
        .put("Internal", network.spec().internal())
        .put("Attachable", network.spec().attachable())
        .put("Ingress", false)
        .put("ConfigFrom", new Fields().put("Network", "").as("network.ConfigReference"))
        .put("ConfigOnly", false)
        .put("Containers", containers)
        .put("Options", network.spec().options())
        .put("Labels", network.spec().labels())
        .as("network.Inspect");
  }

  /** What the user asked for, no more; of an automatic subnet, the gateway too. */
  private static GoStruct config(Network network, Compat compat) {
    Fields fields = new Fields();
    Optional<IpamConfig> asked = network.spec().subnets().stream().findFirst();
    if (asked.isEmpty()) {
      fields.put("Subnet", network.segment().orElseThrow().subnet().toString());
      Ipv4Address gateway = network.segment().orElseThrow().gateway();
      boolean shown = !network.isPredefined() || compat.showsGatewayOfDefaultBridge();
      if (shown && gateway.value() != 0) {
        fields.put("Gateway", gateway.toString());
      }
      return fields.as("network.IPAMConfig");
    }
    fields.put("Subnet", asked.get().subnet());
    asked.get().range().ifPresent(range -> fields.put("IPRange", range));
    asked.get().gateway().ifPresent(gateway -> fields.put("Gateway", gateway));
    if (!asked.get().auxiliaryAddresses().isEmpty()) {
      fields.put("AuxiliaryAddresses", asked.get().auxiliaryAddresses());
    }
    return fields.as("network.IPAMConfig");
  }

  private static Map<String, GoStruct> containers(Network network) {
    Map<String, GoStruct> containers = new TreeMap<>();
    network.endpoints().forEach((id, endpoint) -> containers.put(id, container(endpoint)));
    return containers;
  }

  private static GoStruct container(Endpoint endpoint) {
    Optional<Endpoint.Wire> wire = endpoint.wire();
    return new Fields()
        .put("Name", endpoint.container().name())
        .put("EndpointID", endpoint.id())
        .put("MacAddress", wire.map(on -> on.mac().toString()).orElse(""))
        .put("IPv4Address", wire.map(on -> on.address().toString()).orElse(""))
        .put("IPv6Address", "")
        .as("network.EndpointResource");
  }
}
