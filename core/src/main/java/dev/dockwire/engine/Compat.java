package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which Docker Engine is imitated where the old and the new ones differ: one question for each
 * difference, listed in {@code core/docs/compat.md}.
 */
public enum Compat {
  /** Engine 28, with the MAC addresses that older ones derive from the IP address. */
  DEFAULT("default"),

  /** Engine 20.10, and most of what came between it and 27. */
  ENGINE_20("20"),

  /** Engine 28 as it is. */
  ENGINE_28("28");

  private static final String HOST_NETWORK_REFUSED =
      "container cannot be disconnected from host network or connected to host network";

  private static final int GROUP_AND_LOCAL = 0x03;
  private static final int LOCAL = 0x02;

  private final String word;

  Compat(String word) {
    this.word = word;
  }

  /** Finds the one that {@code --compat} calls {@code word}. */
  public static Optional<Compat> find(String word) {
    return Arrays.stream(values()).filter(compat -> compat.word.equals(word)).findFirst();
  }

  /** What {@code --compat} calls it. */
  public String word() {
    return word;
  }

  private boolean isOld() {
    return this == ENGINE_20;
  }

  /** A new endpoint's MAC address: from its IP address, or random and locally administered. */
  MacAddress newMac(Ipv4Address address, RandomGenerator random) {
    if (this != ENGINE_28) {
      return MacAddress.fromIpv4(address);
    }
    long value = random.nextLong() >>> 16;
    long firstOctet = (value >>> 40) & ~GROUP_AND_LOCAL | LOCAL;
    return new MacAddress(firstOctet << 40 | value & 0xff_ffff_ffffL);
  }

  /** Whether a freed default subnet comes last again, after all that have not been used yet. */
  boolean searchesPoolsInTurn() {
    return isOld();
  }

  /** Whether a subnet such as 192.168.1.5/24 is taken for 192.168.1.0/24. */
  boolean masksSubnets() {
    return isOld();
  }

  /** Whether subnets of one or two addresses are good for a network. */
  boolean allowsTinySubnets() {
    return !isOld();
  }

  /** Whether a network may say what the Docker host is to it. */
  boolean knowsGatewayModes() {
    return !isOld();
  }

  /** Whether containers of an internal network have a default route that leads nowhere. */
  boolean routesInternalNetworks() {
    return isOld();
  }

  /** Whether {@code /etc/hosts} names IPv6 addresses though the container has no IPv6. */
  boolean writesIpv6Hosts() {
    return isOld();
  }

  /** Whether leaving one network takes all lines of the container itself from its hosts file. */
  boolean losesOwnLinesOnDisconnect() {
    return isOld();
  }

  /** Whether {@code /etc/resolv.conf} says in comments where it comes from. */
  boolean commentsResolvConf() {
    return !isOld();
  }

  /** Whether inspect shows a network's {@code EnableIPv4}. */
  public boolean showsEnableIpv4() {
    return !isOld();
  }

  /** Whether inspect shows the gateway of the default bridge that nobody asked for. */
  public boolean showsGatewayOfDefaultBridge() {
    return !isOld();
  }

  /** Whether a container's short id is among the aliases that inspect shows. */
  public boolean listsShortIdAsAlias() {
    return isOld();
  }

  /** Whether inspect shows the names that an endpoint answers to, and its gateway's priority. */
  public boolean showsDnsNames() {
    return !isOld();
  }

  /** Whether inspect shows an image's {@code ContainerConfig} and the rest of an old build. */
  public boolean showsContainerConfig() {
    return isOld();
  }

  /** How wide the columns of the client's tables are at least. */
  public int columnWidth() {
    return isOld() ? 20 : 10;
  }

  /** Why a container cannot start whose network cannot be set up. */
  String networkingFailed(String reason) {
    return isOld() ? reason : "failed to set up container networking: " + reason;
  }

  /** Whether the packet filter has no chains of Docker's own between FORWARD and the rules. */
  boolean keepsRulesInForward() {
    return isOld();
  }

  /**
   * Why a port cannot be published that somebody else on the host has.
   *
   * @param container its address, port and protocol
   */
  String cannotBind(String protocol, String hostPort, String container, String reason) {
    return isOld()
        ? "Error starting userland proxy: listen %s4 %s: bind: %s"
            .formatted(protocol, hostPort, reason)
        : "failed to bind host port for %s:%s: %s".formatted(hostPort, container, reason);
  }

  String noSubnetLeft() {
    return isOld()
        ? "could not find an available, non-overlapping IPv4 address pool among the defaults to"
            + " assign to the network"
        : "all predefined address pools have been fully subnetted";
  }

  String subnetOverlaps() {
    String reason = "Pool overlaps with other one on this address space";
    return isOld() ? reason : "invalid pool request: " + reason;
  }

  /**
   * Why a network with containers on it cannot be removed.
   *
   * @param endpoints theirs, as newer engines list them
   */
  String hasEndpoints(Network network, String endpoints) {
    return isOld()
        ? "error while removing network: network %s id %s has active endpoints"
            .formatted(network.name(), network.id())
        : "error while removing network: network %s has active endpoints (%s)"
            .formatted(network.name(), endpoints);
  }

  String notConnected(Container container, Network network) {
    return "container %s is not connected to %s %s"
        .formatted(container.id(), isOld() ? "the network" : "network", network.name());
  }

  /** Why a container cannot share the network of one that does not run. */
  String cannotShare(Container other) {
    return isOld()
        ? "cannot join network of a non running container: " + other.id()
        : "cannot join network namespace of a non running container: container %s is %s"
            .formatted(other.name(), other.state().name().toLowerCase(Locale.ROOT));
  }

  String cannotJoinHost() {
    return isOld()
        ? HOST_NETWORK_REFUSED
        : "cannot connect container to host network - container must be created in host network"
            + " mode";
  }

  String cannotLeaveHost() {
    return isOld()
        ? HOST_NETWORK_REFUSED
        : "cannot disconnect container from host network - container was created in host network"
            + " mode";
  }

  /** The version of Docker that is emulated. */
  public String dockerVersion() {
    return this == ENGINE_20 ? "20.10.24" : "28.2.2";
  }

  /** The version of the API that goes with it. */
  public String apiVersion() {
    return this == ENGINE_20 ? "1.41" : "1.50";
  }
}
