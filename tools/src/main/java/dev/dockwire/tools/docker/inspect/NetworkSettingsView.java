package dev.dockwire.tools.docker.inspect;

import dev.dockwire.engine.Compat;
import dev.dockwire.engine.Container;
import dev.dockwire.engine.Endpoint;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.tools.template.GoStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container's {@code NetworkSettings}: its endpoints by network. The flat fields for an address
 * repeat that of the default bridge, and are empty for a container that is not on it.
 */
final class NetworkSettingsView {

  private static final Attachment UNASKED = Attachment.to("bridge");

  private NetworkSettingsView() {}

  static GoStruct of(Container container, Engine engine) {
    Optional<Endpoint> onBridge = container.endpointOn(engine.networks().bridge());
    boolean running = container.isRunning();
    String sandbox = running ? container.id() : "";
    Fields fields =
        new Fields()
            .put("Bridge", "")
            .put("SandboxID", sandbox)
            .put("SandboxKey", running ? "/var/run/docker/netns/" + sandbox.substring(0, 12) : "")
            .put("Ports", ports(container))
            .put("HairpinMode", false)
            .put("LinkLocalIPv6Address", "")
            .put("LinkLocalIPv6PrefixLen", 0)
            .all(null, "SecondaryIPAddresses", "SecondaryIPv6Addresses")
            .put("EndpointID", onBridge.map(Endpoint::id).orElse(""))
            .put("Gateway", gateway(onBridge))
            .put("GlobalIPv6Address", "")
            .put("GlobalIPv6PrefixLen", 0)
            .put("IPAddress", address(onBridge))
            .put("IPPrefixLen", prefixLength(onBridge))
            .put("IPv6Gateway", "")
            .put("MacAddress", mac(onBridge));
    return fields.put("Networks", networks(container, engine)).as("*container.NetworkSettings");
  }

  /** The exposed ports while it runs with an address of its own, and where they are published. */
  private static Map<String, Object> ports(Container container) {
    Map<String, Object> ports = new TreeMap<>();
    if (container.endpoints().stream().anyMatch(endpoint -> endpoint.wire().isPresent())) {
      container
          .exposedPorts()
          .forEach(exposed -> ports.put(exposed, published(container, exposed)));
    }
    return ports;
  }

  private static List<GoStruct> published(Container container, String exposed) {
    List<GoStruct> ends =
        container.published().stream()
            .filter(port -> port.exposed().equals(exposed))
            .map(
                port ->
                    HostConfigView.portBinding(port.hostAddress().toString(), port.hostPortText()))
            .toList();
    return ends.isEmpty() ? null : ends;
  }

  static Map<String, GoStruct> networks(Container container, Engine engine) {
    Map<String, GoStruct> networks = new TreeMap<>();
    for (Attachment attachment : container.attachments()) {
      Optional<Network> network = engine.networks().tryFind(attachment.network());
      networks.put(
          network.map(Network::name).orElse(attachment.network()),
          endpoint(container, attachment, network, engine.settings().compat()));
    }
    return networks;
  }

  private static GoStruct endpoint(
      Container container, Attachment attachment, Optional<Network> network, Compat compat) {
    // What was given with docker run has null where docker network connect leaves empty objects.
    boolean viaRun =
        container.spec().networks().isEmpty()
            ? attachment.equals(UNASKED)
            : container.spec().networks().contains(attachment);
    Optional<Endpoint> endpoint = network.flatMap(container::endpointOn);
    boolean everStarted = container.state() != Container.State.CREATED;
    Fields fields =
        new Fields()
            .put("IPAMConfig", ipamConfig(attachment, viaRun))
            .put("Links", links(container, network, viaRun))
            .put("Aliases", aliases(container, attachment, network, viaRun, compat))
            .put(
                "MacAddress",
                endpoint.isPresent()
                    ? mac(endpoint)
                    : attachment.mac().map(Object::toString).orElse(""))
            .put("DriverOpts", viaRun ? null : Map.of());
    if (compat.showsDnsNames()) {
      fields.put("GwPriority", attachment.gatewayPriority());
    }
    fields
        .put("NetworkID", everStarted ? network.map(Network::id).orElse("") : "")
        .put("EndpointID", endpoint.map(Endpoint::id).orElse(""))
        .put("Gateway", gateway(endpoint))
        .put("IPAddress", address(endpoint))
        .put("IPPrefixLen", prefixLength(endpoint))
        .all("", "IPv6Gateway", "GlobalIPv6Address")
        .put("GlobalIPv6PrefixLen", 0);
    if (compat.showsDnsNames()) {
      fields.put("DNSNames", everStarted ? dnsNames(container, attachment, network) : null);
    }
    return fields.as("*network.EndpointSettings");
  }

  private static List<String> aliases(
      Container container,
      Attachment attachment,
      Optional<Network> network,
      boolean viaRun,
      Compat compat) {
    List<String> aliases = new ArrayList<>(attachment.aliases());
    if (compat.listsShortIdAsAlias() && network.map(Network::isUserDefined).orElse(false)) {
      aliases.add(container.shortId());
    }
    return viaRun ? ImageView.orNull(aliases) : aliases;
  }

  private static Object ipamConfig(Attachment attachment, boolean viaRun) {
    if (attachment.address().isEmpty()) {
      return viaRun ? null : new Fields().as("*network.EndpointIPAMConfig");
    }
    return new Fields()
        .put("IPv4Address", attachment.address().get())
        .as("*network.EndpointIPAMConfig");
  }

  /** Links on users' networks are aliases of the first network that was asked for. */
  private static List<String> links(
      Container container, Optional<Network> network, boolean viaRun) {
    return viaRun && network.map(Network::isUserDefined).orElse(false)
        ? ImageView.orNull(asAsked(container.spec()))
        : null;
  }

  private static List<String> asAsked(ContainerSpec spec) {
    return spec.links().stream().map(link -> link.target() + ":" + link.alias()).toList();
  }

  private static List<String> dnsNames(
      Container container, Attachment attachment, Optional<Network> network) {
    if (!network.map(Network::isUserDefined).orElse(false)) {
      return null;
    }
    List<String> names = new ArrayList<>(List.of(container.name()));
    names.addAll(attachment.aliases());
    names.add(container.shortId());
    container.spec().hostname().ifPresent(names::add);
    return names.stream().distinct().toList();
  }

  private static String gateway(Optional<Endpoint> endpoint) {
    return endpoint
        .filter(on -> !on.network().spec().internal())
        .flatMap(on -> on.network().segment())
        .map(segment -> segment.gateway().toString())
        .orElse("");
  }

  private static String address(Optional<Endpoint> endpoint) {
    return endpoint.flatMap(Endpoint::wire).map(on -> on.address().address().toString()).orElse("");
  }

  private static int prefixLength(Optional<Endpoint> endpoint) {
    return endpoint.flatMap(Endpoint::wire).map(on -> on.address().length()).orElse(0);
  }

  private static String mac(Optional<Endpoint> endpoint) {
    return endpoint.flatMap(Endpoint::wire).map(on -> on.mac().toString()).orElse("");
  }
}
