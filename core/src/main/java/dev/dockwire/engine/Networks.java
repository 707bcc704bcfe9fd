package dev.dockwire.engine;

import dev.dockwire.bridge.HostEnd;
import dev.dockwire.engine.address.Ipam;
import dev.dockwire.engine.address.IpamCheck;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.host.World;
import dev.dockwire.nat.Netfilter;
import dev.dockwire.stack.HostStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The networks there are: made after Docker's checks, in Docker's order, found by id, name or the
 * unambiguous beginning of an id, removed when nobody is on them.
 */
public final class Networks {

  private static final String DEFAULT_BRIDGE = "docker0";
  private static final int MAX_INTERFACE_NAME = 15;

  private final World world;
  private final HostStack hostStack;
  private final Netfilter netfilter;
  private final Ids ids;
  private final EngineSettings settings;
  private final Events events;
  private final Subnets subnets;
  private final PacketRules rules;
  private final Map<String, Network> byId = new LinkedHashMap<>();
  private final Map<String, Network> byName = new LinkedHashMap<>();
  private Consumer<String> changeListener = _ -> {};

  /** Makes the predefined networks, in Docker's order: none, host, bridge. */
  Networks(World world, DockerHost dockerHost, Ids ids, EngineSettings settings, Events events) {
    this.events = events;
    this.world = world;
    this.hostStack = dockerHost.host().stack();
    this.ids = ids;
    this.settings = settings;
    this.netfilter = dockerHost.netfilter();
    this.rules = new PacketRules(dockerHost.netfilter(), settings);
    this.subnets = new Subnets(settings, dockerHost.uplinkAddress());
    register(predefined("none", Network.Driver.NULL));
    register(predefined("host", Network.Driver.HOST));
    register(defaultBridge());
    dockerHost.host().wireEnds(this::wireEnds);
  }

  private List<HostEnd> wireEnds() {
    return list().stream()
        .flatMap(network -> network.segment().stream())
        .flatMap(segment -> segment.bridge().ports().stream())
        .flatMap(port -> port.hostEnd().stream())
        .toList();
  }

  private Network predefined(String name, Network.Driver driver) {
    NetworkSpec spec =
        new NetworkSpec(name, driver.word(), List.of(), false, false, Map.of(), Map.of());
    return new Network(ids.next(), spec, driver, true, Optional.empty(), world.now(), events);
  }

  private Network defaultBridge() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(BridgeOptions.DEFAULT_BRIDGE, "true");
    options.put(BridgeOptions.ICC, Boolean.toString(settings.icc()));
    options.put(BridgeOptions.MASQUERADE, "true");
    options.put(BridgeOptions.HOST_BINDING, "0.0.0.0");
    options.put(BridgeOptions.NAME, DEFAULT_BRIDGE);
    options.put(BridgeOptions.MTU, Integer.toString(largestMtu()));
    NetworkSpec spec =
        new NetworkSpec("bridge", "bridge", List.of(), false, false, options, Map.of());
    Ipam ipam = settings.bip().map(Subnets::ofBridgeAddress).orElseGet(subnets::next);
    Segment segment =
        new Segment(
            DEFAULT_BRIDGE,
            ipam,
            GatewayMode.NAT,
            largestMtu(),
            world.fabric(),
            hostStack,
            world.now());
    return new Network(
        ids.next(), spec, Network.Driver.BRIDGE, true, Optional.of(segment), world.now(), events);
  }

  /**
   * Makes a network of driver bridge, the only one there may be several of.
   *
   * @throws EngineException 400, 403, 404, 409 or 500, as Docker has it for what is wrong
   */
  public Network create(NetworkSpec spec) {
    if (spec.name().isEmpty()) {
      throw refusal(EngineException.BAD_REQUEST, "invalid name: name is empty");
    }
    IpamCheck.check(spec.subnets(), settings.compat().masksSubnets());
    checkName(spec.name());
    checkDriver(spec);
    BridgeOptions.check(spec, largestMtu());
    GatewayMode mode = GatewayMode.of(spec, settings.compat());
    String id = ids.next();
    String bridgeName = bridgeName(spec, id);
    Network network = make(id, spec, mode, bridgeName, subnets.of(spec, mode), world.now());
    events.network(network, "create", Map.of());
    changeListener.accept(network.id());
    return network;
  }

  private Network make(
      String id, NetworkSpec spec, GatewayMode mode, String bridgeName, Ipam ipam, long createdAt) {
    Segment segment =
        new Segment(
            bridgeName,
            ipam,
            mode,
            BridgeOptions.mtu(spec, largestMtu()),
            world.fabric(),
            hostStack,
            world.now());
    if (!BridgeOptions.icc(spec)) {
      segment.bridge().filter(new InterContainerFilter());
    }
    Network network =
        new Network(
            id, spec, Network.Driver.BRIDGE, false, Optional.of(segment), createdAt, events);
    register(network);
    return network;
  }

  /**
   * Makes a network of an earlier engine again, with its id and its subnet.
   *
   * @param createdAt in monotonic nanoseconds, most likely negative
   * @throws EngineException if it does not go together with the others
   */
  void restore(NetworkState kept, long createdAt) {
    NetworkSpec spec = kept.spec();
    if (byId.containsKey(kept.id())) {
      throw refusal(EngineException.CONFLICT, "two networks have the id " + kept.id());
    }
    checkName(spec.name());
    checkDriver(spec);
    GatewayMode mode = GatewayMode.of(spec, settings.compat());
    Ipam ipam = subnets.again(kept, mode);
    make(kept.id(), spec, mode, bridgeName(spec, kept.id()), ipam, createdAt);
  }

  /** Hears the ids of the networks that users make and remove. */
  void onChange(Consumer<String> listener) {
    changeListener = listener;
  }

  private void checkName(String name) {
    if (name.equals("default") || byName.containsKey(name) && byName.get(name).isPredefined()) {
      throw refusal(
          EngineException.FORBIDDEN,
          "operation is not permitted on predefined " + name + " network ");
    }
    if (byName.containsKey(name)) {
      throw refusal(EngineException.CONFLICT, "network with name " + name + " already exists");
    }
  }

  private static void checkDriver(NetworkSpec spec) {
    switch (spec.driver()) {
      case "bridge" -> {
        if (spec.subnets().size() > 1) {
          throw refusal(
              EngineException.FORBIDDEN, "bridge driver doesn't support multiple subnets");
        }
      }
      case "host", "null" ->
          throw refusal(
              EngineException.FORBIDDEN,
              "only one instance of \"" + spec.driver() + "\" network is allowed");
      case "overlay" ->
          throw refusal(
              EngineException.FORBIDDEN,
              "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm"
                  + " join\" to connect this node to swarm and try again.");
      default ->
          throw refusal(EngineException.NOT_FOUND, "plugin \"" + spec.driver() + "\" not found");
    }
  }

  private int largestMtu() {
    return world.fabric().shape().mtu();
  }

  private String bridgeName(NetworkSpec spec, String id) {
    String asked = spec.options().getOrDefault(BridgeOptions.NAME, "");
    String name = asked.isEmpty() ? "br-" + Ids.shorten(id) : asked;
    if (name.length() > MAX_INTERFACE_NAME) {
      throw refusal(EngineException.INTERNAL, "numerical result out of range");
    }
    for (Network other : byId.values()) {
      if (other.segment().isPresent() && other.segment().get().bridge().name().equals(name)) {
        throw refusal(
            EngineException.FORBIDDEN,
            "cannot create network %s (%s): conflicts with network %s (%s): networks have same bridge name"
                .formatted(id, name, other.id(), name));
      }
    }
    if (hostStack.findInterface(name).isPresent()) {
      throw refusal(EngineException.INTERNAL, "existing interface " + name + " is not a bridge");
    }
    return name;
  }

  private void register(Network network) {
    byId.put(network.id(), network);
    byName.put(network.name(), network);
    network
        .segment()
        .ifPresent(
            segment -> {
              subnets.take(segment.subnet());
              if (!settings.userlandProxy()) {
                segment.bridge().translator(netfilter.bridged());
              }
              rules.added(network, segment);
            });
  }

  /**
   * Removes a network that no running container is on.
   *
   * @throws EngineException 403 otherwise, and for the predefined ones
   */
  public void remove(Network network) {
    if (network.isPredefined()) {
      throw refusal(
          EngineException.FORBIDDEN,
          network.name() + " is a pre-defined network and cannot be removed");
    }
    if (!network.endpoints().isEmpty()) {
      String endpoints =
          network.endpoints().values().stream()
              .map(
                  endpoint ->
                      "name:\"%s\" id:\"%s\""
                          .formatted(endpoint.container().name(), Ids.shorten(endpoint.id())))
              .collect(Collectors.joining(", "));
      throw refusal(EngineException.FORBIDDEN, settings.compat().hasEndpoints(network, endpoints));
    }
    Segment segment = network.segment().orElseThrow();
    rules.removed(network, segment);
    segment.close();
    subnets.release(segment.subnet());
    byId.remove(network.id());
    byName.remove(network.name());
    events.network(network, "destroy", Map.of());
    changeListener.accept(network.id());
  }

  /**
   * Removes every network that users made and no running container is on; returns their names.
   *
   * @param meant says which of them may go
   */
  public List<String> prune(Predicate<Network> meant) {
    List<String> removed = new ArrayList<>();
    for (Network network : list()) {
      if (!network.isPredefined() && network.endpoints().isEmpty() && meant.test(network)) {
        remove(network);
        removed.add(network.name());
      }
    }
    events.pruned(Event.Type.NETWORK);
    return removed;
  }

  /**
   * Finds a network by its id, its exact name or the unambiguous beginning of its id.
   *
   * @throws EngineException 404
   */
  public Network find(String reference) {
    return tryFind(reference)
        .orElseThrow(
            () -> refusal(EngineException.NOT_FOUND, "network " + reference + " not found"));
  }

  /** Finds a network as {@link #find} does; empty if there is none. */
  public Optional<Network> tryFind(String reference) {
    if (byId.containsKey(reference)) {
      return Optional.of(byId.get(reference));
    }
    String name = reference.equals("default") ? "bridge" : reference;
    if (byName.containsKey(name)) {
      return Optional.of(byName.get(name));
    }
    List<Network> matches =
        byId.values().stream()
            .filter(network -> !reference.isEmpty() && network.id().startsWith(reference))
            .limit(2)
            .toList();
    return matches.size() == 1 ? Optional.of(matches.getFirst()) : Optional.empty();
  }

  Optional<Network> withId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The packet filter's rules, which follow what networks there are. */
  PacketRules rules() {
    return rules;
  }

  /** All networks, in the order they were made. */
  public List<Network> list() {
    return List.copyOf(byId.values());
  }

  /** The default network. */
  public Network bridge() {
    return byName.get("bridge");
  }

  private static EngineException refusal(int status, String message) {
    return new EngineException(status, message);
  }
}
