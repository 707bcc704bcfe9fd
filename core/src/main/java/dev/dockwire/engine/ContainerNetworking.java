package dev.dockwire.engine;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
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

/**
 * Connects containers to networks: has endpoints made, plugs their wires into the container's stack
 * and takes them out again, and keeps what follows from it: the default route, the published ports,
 * the names that others are told.
 */
final class ContainerNetworking {

  private static final Ipv4Prefix ANYWHERE = Ipv4Prefix.parse("0.0.0.0/0");

  private final World world;
  private final Compat compat;
  private final Networks networks;
  private final ContainerFiles containerFiles;
  private final NetworkSharing sharing;
  private final Endpoints endpoints;
  private final EmbeddedDns dns;
  private final PortPublisher publisher;
  private final AddressNames names;

  ContainerNetworking(
      World world,
      Compat compat,
      DockerHost dockerHost,
      Networks networks,
      Links links,
      AddressNames names,
      Ids ids,
      Function<String, Container> finder) {
    this.world = world;
    this.compat = compat;
    this.networks = networks;
    this.containerFiles = new ContainerFiles(compat, dockerHost, networks, links);
    this.sharing = new NetworkSharing(world, compat, dockerHost, containerFiles, finder);
    this.endpoints = new Endpoints(compat, networks.rules(), ids, world.seed().generator("macs"));
    this.names = names;
    this.dns = new EmbeddedDns(dockerHost);
    this.publisher = new PortPublisher(new HostPorts(dockerHost, compat), networks.rules());
  }

  /**
   * Makes the endpoints of a container that starts, all or none.
   *
   * @throws EngineException if a network or an address cannot be had
   */
  List<Endpoint> connectAll(Container container) {
    List<Endpoint> made = new ArrayList<>();
    try {
      for (Attachment attachment : container.attachments()) {
        Network network = networks.find(attachment.network());
        made.add(endpoints.make(container, network, attachment, made));
      }
      publisher.publish(container, made);
      return made;
    } catch (EngineException e) {
      made.forEach(this::disconnect);
      throw new EngineException(e.status(), compat.networkingFailed(e.getMessage()));
    }
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

  private void disconnect(Endpoint endpoint) {
    publisher.withdraw(endpoint);
    endpoints.takeBack(endpoint);
  }

  /**
   * The host of a container that starts, with its endpoints' interfaces.
   *
   * @throws EngineException 500 if its files cannot be written; then the endpoints are gone
   */
  Host newHost(Container container, List<Endpoint> own) {
    try {
      Host host = writeAndPlugIn(container, own);
      host.networkAdmin(container.spec().networkAdmin());
      return host;
    } catch (SystemCallException e) {
      own.forEach(this::disconnect);
      throw new EngineException(EngineException.INTERNAL, compat.networkingFailed(e.getMessage()));
    }
  }

  /** The files come first: nothing is plugged in if they cannot be written. */
  private Host writeAndPlugIn(Container container, List<Endpoint> own) {
    Optional<String> other = container.spec().networkContainer();
    if (other.isPresent()) {
      return sharing.join(container, other.get());
    }
    if (isOnHost(own)) {
      return sharing.joinDockerHost(container);
    }
    HostStack stack = DockerHost.newStack(world, container.name());
    containerFiles.write(container, own);
    for (Endpoint endpoint : own) {
      plugIn(stack, endpoint);
    }
    updateDefaultRoute(stack, own);
    dns.startIfNeeded(container, stack, own);
    return new Host(world, container.name(), container.hostname(), stack, container.files());
  }

  private static boolean isOnHost(List<Endpoint> own) {
    return own.stream().anyMatch(endpoint -> endpoint.network().driver() == Network.Driver.HOST);
  }

  private void plugIn(HostStack stack, Endpoint endpoint) {
    endpoint
        .wire()
        .ifPresent(
            wire -> {
              StackInterface plugged = stack.attach(wire.nic());
              wire.port().hostEnd().ifPresent(end -> end.farIndex(plugged.index()));
              plugged.address(wire.address(), world.now());
              names.tellOf(endpoint);
              plugged.announce(world.now());
            });
  }

  /**
   * Connects a container to one more network, at once if it runs.
   *
   * @throws EngineException 403 if it is connected; 400 if its network mode forbids it; 500 if
   *     there is no address left, or a port that is to be published there is taken
   */
  void connect(Container container, Network network, Attachment attachment) {
    AttachmentCheck.checkModes(container, network, compat);
    AttachmentCheck.check(network, attachment);
    if (container.host().isEmpty()) {
      container.attach(network, attachment);
      return;
    }
    Endpoint endpoint = endpoints.make(container, network, attachment, container.endpoints());
    try {
      publisher.publish(container, with(container.endpoints(), endpoint));
    } catch (EngineException e) {
      disconnect(endpoint);
      throw e;
    }
    container.attach(network, attachment);
    container.add(endpoint);
    HostStack stack = container.host().orElseThrow().stack();
    plugIn(stack, endpoint);
    updateDefaultRoute(stack, container.endpoints());
    dns.startIfNeeded(container, stack, container.endpoints());
    containerFiles.connected(container, endpoint);
  }

  private static List<Endpoint> with(List<Endpoint> own, Endpoint another) {
    List<Endpoint> all = new ArrayList<>(own);
    all.add(another);
    return all;
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
    containerFiles.disconnected(container, endpoint);
    updateDefaultRoute(stack, container.endpoints());
    try {
      publisher.publish(container, container.endpoints());
    } catch (EngineException portTaken) {
      // As in Docker it has left the network all the same, and has no ports now.
    }
  }

  /**
   * Points the default route at one gateway: of a network that is not internal, the first by
   * priority, then by name in byte order. Old engines fall back to an internal one, whose gateway
   * leads nowhere.
   */
  private void updateDefaultRoute(HostStack stack, List<Endpoint> own) {
    stack.routes().remove(ANYWHERE);
    own.stream()
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
