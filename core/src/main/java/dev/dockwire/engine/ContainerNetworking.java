package dev.dockwire.engine;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.Host;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Connects containers to networks: endpoints with their addresses and wires, the interfaces and the
 * default route in the container's stack.
 */
final class ContainerNetworking {

  private static final Ipv4Prefix ANYWHERE = Ipv4Prefix.parse("0.0.0.0/0");

  private final World world;
  private final Compat compat;
  private final DockerHost dockerHost;
  private final Networks networks;
  private final ContainerFiles containerFiles;
  private final NetworkSharing sharing;
  private final Ids ids;
  private final EmbeddedDns dns;
  private final PortPublisher publisher;
  private final RandomGenerator macs;
  private Engine.NameListener nameListener = (address, name) -> {};

  ContainerNetworking(
      World world,
      Compat compat,
      DockerHost dockerHost,
      Networks networks,
      Links links,
      Ids ids,
      Function<String, Container> finder) {
    this.world = world;
    this.compat = compat;
    this.dockerHost = dockerHost;
    this.networks = networks;
    this.containerFiles = new ContainerFiles(compat, dockerHost, networks, links);
    this.sharing = new NetworkSharing(world, compat, finder);
    this.ids = ids;
    this.dns = new EmbeddedDns(dockerHost);
    this.publisher = new PortPublisher(new HostPorts(dockerHost, compat), networks.rules());
    this.macs = world.seed().generator("macs");
  }

  void onName(Engine.NameListener listener) {
    nameListener = listener;
  }

  /**
   * Checks what a new container asks for of the networks that exist.
   *
   * @throws EngineException 400
   */
  void check(ContainerSpec spec) {
    NetworkSharing.check(spec);
    for (Attachment attachment : spec.networks()) {
      Optional<Network> network = networks.tryFind(attachment.network());
      try {
        network.ifPresent(found -> AddressCheck.check(found, attachment));
      } catch (EngineException e) {
        throw new EngineException(
            e.status(),
            "invalid config for network " + attachment.network() + ": " + e.getMessage());
      }
    }
  }

  /**
   * Makes the endpoints of a container that starts, all or none.
   *
   * @throws EngineException if a network or an address cannot be had
   */
  List<Endpoint> connectAll(Container container) {
    List<Endpoint> endpoints = new ArrayList<>();
    try {
      for (Attachment attachment : container.attachments()) {
        Network network = networks.find(attachment.network());
        endpoints.add(connect(container, network, attachment, nextInterface(endpoints)));
      }
      publisher.publish(container, endpoints);
      return endpoints;
    } catch (EngineException e) {
      endpoints.forEach(this::disconnect);
      throw new EngineException(e.status(), compat.networkingFailed(e.getMessage()));
    }
  }

  private Endpoint connect(
      Container container, Network network, Attachment attachment, String interfaceName) {
    String id = ids.next();
    Optional<Endpoint.Wire> wire =
        network
            .segment()
            .map(segment -> lay(container, network, segment, attachment, id, interfaceName));
    Endpoint endpoint = new Endpoint(id, network, container, attachment, wire);
    network.add(container, endpoint);
    networks.rules().connected(true, endpoint);
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

  /** Takes a running container's endpoints from it as it ends, whoever else uses its stack. */
  void disconnectAll(Container container) {
    dns.stop(container);
    HostStack stack = container.host().orElseThrow().stack();
    for (Endpoint endpoint : container.endpoints()) {
      pullOut(stack, endpoint);
    }
  }

  /** Takes an endpoint's interface from a stack, and the endpoint from its network. */
  private void pullOut(HostStack stack, Endpoint endpoint) {
    endpoint
        .wire()
        .flatMap(wire -> stack.findInterface(wire.nic().name()))
        .ifPresent(stack::detach);
    disconnect(endpoint);
  }

  void disconnect(Endpoint endpoint) {
    publisher.withdraw(endpoint);
    networks.rules().connected(false, endpoint);
    endpoint.network().remove(endpoint.container());
    endpoint.wire().ifPresent(wire -> endpoint.network().segment().orElseThrow().takeUp(wire));
  }

  /**
   * The host of a container that starts, with its endpoints' interfaces.
   *
   * @throws EngineException 500 if its files cannot be written; then the endpoints are gone
   */
  Host newHost(Container container, List<Endpoint> endpoints) {
    try {
      return writeAndPlugIn(container, endpoints);
    } catch (SystemCallException e) {
      endpoints.forEach(this::disconnect);
      throw new EngineException(EngineException.INTERNAL, compat.networkingFailed(e.getMessage()));
    }
  }

  /** The files come first: nothing is plugged in if they cannot be written. */
  private Host writeAndPlugIn(Container container, List<Endpoint> endpoints) {
    Optional<String> other = container.spec().networkContainer();
    if (other.isPresent()) {
      Host host = sharing.join(container, other.get());
      host.networkAdmin(container.spec().networkAdmin());
      return host;
    }
    if (isOnHost(endpoints)) {
      return sharedHost(container);
    }
    HostStack stack = DockerHost.newStack(world, container.name());
    containerFiles.write(container, endpoints);
    for (Endpoint endpoint : endpoints) {
      plugIn(stack, endpoint);
    }
    updateDefaultRoute(stack, endpoints);
    dns.startIfNeeded(container, stack, endpoints);
    Host host = new Host(world, container.name(), container.hostname(), stack, container.files());
    host.networkAdmin(container.spec().networkAdmin());
    return host;
  }

  /** Tells the listener what a container's addresses are called from now on. */
  void renamed(Container container) {
    for (Endpoint endpoint : container.endpoints()) {
      endpoint
          .wire()
          .ifPresent(wire -> nameListener.named(wire.address().address(), container.name()));
    }
  }

  private static boolean isOnHost(List<Endpoint> endpoints) {
    return endpoints.stream()
        .anyMatch(endpoint -> endpoint.network().driver() == Network.Driver.HOST);
  }

  private Host sharedHost(Container container) {
    Host machine = dockerHost.host();
    String hostname = container.spec().hostname().orElse(machine.hostname());
    containerFiles.writeOnHost(container, hostname);
    Host host = new Host(world, container.name(), hostname, machine.stack(), container.files());
    host.networkAdmin(container.spec().networkAdmin());
    return host;
  }

  private void plugIn(HostStack stack, Endpoint endpoint) {
    endpoint
        .wire()
        .ifPresent(
            wire -> {
              StackInterface plugged = stack.attach(wire.nic());
              wire.port().hostEnd().ifPresent(end -> end.farIndex(plugged.index()));
              plugged.address(wire.address(), world.now());
              nameListener.named(wire.address().address(), endpoint.container().name());
              plugged.announce(world.now());
            });
  }

  /**
   * Connects a container to one more network, at once if it runs.
   *
   * @throws EngineException 403 if it is connected; 400 if its network mode forbids it
   */
  void connect(Container container, Network network, Attachment attachment) {
    checkModes(container, network);
    AddressCheck.check(network, attachment);
    if (container.host().isEmpty()) {
      container.attach(attachment);
      return;
    }
    if (container.endpointOn(network).isPresent()) {
      throw new EngineException(
          EngineException.FORBIDDEN,
          "endpoint with name "
              + container.name()
              + " already exists in network "
              + network.name());
    }
    Endpoint endpoint =
        connect(container, network, attachment, nextInterface(container.endpoints()));
    container.attach(attachment);
    container.add(endpoint);
    HostStack stack = container.host().orElseThrow().stack();
    plugIn(stack, endpoint);
    updateDefaultRoute(stack, container.endpoints());
    publisher.publish(container, container.endpoints());
    dns.startIfNeeded(container, stack, container.endpoints());
    endpoint
        .wire()
        .ifPresent(
            wire ->
                HostFiles.addOwnLine(
                    container.files(), wire.address().address(), container.ownNames()));
    if (network.isUserDefined()) {
      HostFiles.ifPossible(() -> containerFiles.writeResolvConf(container, container.endpoints()));
    }
  }

  private void checkModes(Container container, Network network) {
    Network.Driver mode = modeOf(container);
    if (mode == Network.Driver.HOST || container.spec().networkContainer().isPresent()) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "container sharing network namespace with another container or host cannot be connected"
              + " to any other network");
    }
    if (network.driver() == Network.Driver.HOST) {
      throw new EngineException(EngineException.BAD_REQUEST, compat.cannotJoinHost());
    }
    boolean attached = !container.attachments().isEmpty();
    if (attached && (mode == Network.Driver.NULL || network.driver() == Network.Driver.NULL)) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "container cannot be connected to multiple networks with one of the networks in private"
              + " (none) mode");
    }
  }

  /** What kind of network a container is on at all; a bridge if it is on none. */
  private Network.Driver modeOf(Container container) {
    for (Attachment attachment : container.attachments()) {
      if (attachment.network().equals("host")) {
        return Network.Driver.HOST;
      }
      if (attachment.network().equals("none")) {
        return Network.Driver.NULL;
      }
    }
    return Network.Driver.BRIDGE;
  }

  /**
   * Disconnects a container from a network, at once if it runs.
   *
   * @throws EngineException 500 if it is not connected; 400 from {@code host}
   */
  void disconnect(Container container, Network network) {
    if (network.driver() == Network.Driver.HOST) {
      throw new EngineException(EngineException.BAD_REQUEST, compat.cannotLeaveHost());
    }
    if (!container.isAttachedTo(network)) {
      throw new EngineException(EngineException.INTERNAL, compat.notConnected(container, network));
    }
    container.detach(network);
    Optional<Endpoint> endpoint = container.endpointOn(network);
    if (endpoint.isPresent()) {
      unplug(container, endpoint.get());
    }
  }

  private void unplug(Container container, Endpoint endpoint) {
    container.remove(endpoint);
    HostStack stack = container.host().orElseThrow().stack();
    pullOut(stack, endpoint);
    endpoint
        .wire()
        .ifPresent(
            wire -> {
              if (compat.losesOwnLinesOnDisconnect()) {
                HostFiles.removeOwnLines(container.files(), container.ownNames());
              } else {
                HostFiles.removeOwnLine(
                    container.files(), wire.address().address(), container.ownNames());
              }
            });
    updateDefaultRoute(stack, container.endpoints());
    publisher.publish(container, container.endpoints());
  }

  /** The lowest {@code ethN} that is free. */
  private static String nextInterface(List<Endpoint> endpoints) {
    List<String> taken =
        endpoints.stream()
            .flatMap(endpoint -> endpoint.wire().stream())
            .map(wire -> wire.nic().name())
            .toList();
    int number = 0;
    while (taken.contains("eth" + number)) {
      number++;
    }
    return "eth" + number;
  }

  /**
   * Points the default route at one gateway: of a network that is not internal, the first by
   * priority, then by name in byte order. Old engines fall back to an internal one, whose gateway
   * leads nowhere.
   */
  private void updateDefaultRoute(HostStack stack, List<Endpoint> endpoints) {
    stack.routes().remove(ANYWHERE);
    endpoints.stream()
        .filter(endpoint -> endpoint.wire().isPresent())
        .filter(
            endpoint -> !endpoint.network().spec().internal() || compat.routesInternalNetworks())
        .min(Endpoint.BY_GATEWAY_PRIORITY)
        .ifPresent(
            endpoint -> {
              Endpoint.Wire wire = endpoint.wire().orElseThrow();
              StackInterface via = stack.findInterface(wire.nic().name()).orElseThrow();
              Ipv4Address gateway = endpoint.network().segment().orElseThrow().gateway();
              stack.routes().add(new Route(ANYWHERE, gateway, via, wire.address().address(), 0));
            });
  }
}
