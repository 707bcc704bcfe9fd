package dev.dockwire.engine;

import dev.dockwire.engine.address.AddressPools;
import dev.dockwire.engine.address.Ipam;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which subnet a network of driver {@code bridge} gets, and within it the gateway and the addresses
 * that are kept from containers: what its maker asks for, and the next of the default pools where
 * nothing is asked for. What is chosen is taken only when the network exists.
 */
final class Subnets {

  private final Compat compat;
  private final AddressPools pools;

  /**
   * @param uplink where the Docker host itself is: no network gets an address there unasked
   */
  Subnets(EngineSettings settings, Ipv4Prefix uplink) {
    this.compat = settings.compat();
    this.pools = new AddressPools(settings.defaultAddressPools(), compat.searchesPoolsInTurn());
    pools.avoid(uplink);
  }

  /**
   * What docker0's address says.
   *
   * @throws EngineException 500 if it is no address of a host
   */
  static Ipam ofBridgeAddress(Ipv4Prefix address) {
    return new Ipam(address.network(), address.network(), address.address(), Map.of());
  }

  /**
   * The next of the default pools.
   *
   * @throws EngineException 400 if they are used up
   */
  Ipam next() {
    return Ipam.of(nextSubnet());
  }

  /**
   * What a new network gets, whose wishes are checked by themselves.
   *
   * @throws EngineException 403 if it overlaps another network's, 400 or 500 if there is no room
   */
  Ipam of(NetworkSpec spec, GatewayMode mode) {
    if (!spec.subnets().isEmpty()) {
      return asked(spec.subnets().getFirst(), mode);
    }
    Ipv4Prefix subnet = nextSubnet();
    return mode == GatewayMode.ISOLATED
        ? new Ipam(subnet, subnet, Ipv4Address.ANY, Map.of())
        : Ipam.of(subnet);
  }

  /**
   * What a network of an earlier engine has again.
   *
   * @throws EngineException 403 if it overlaps another network's
   */
  Ipam again(NetworkState kept, GatewayMode mode) {
    NetworkSpec spec = kept.spec();
    if (pools.overlapsTaken(kept.subnet())) {
      throw new EngineException(
          EngineException.FORBIDDEN,
          "network %s: its subnet %s overlaps another network's"
              .formatted(spec.name(), kept.subnet()));
    }
    return spec.subnets().isEmpty()
        ? Ipam.of(kept.subnet())
        : asked(spec.subnets().getFirst(), mode);
  }

  private Ipv4Prefix nextSubnet() {
    return pools
        .nextDefault()
        .orElseThrow(() -> new EngineException(EngineException.BAD_REQUEST, compat.noSubnetLeft()));
  }

  private Ipam asked(IpamConfig config, GatewayMode mode) {
    Ipv4Prefix subnet = Ipv4Prefix.parse(config.subnet()).network();
    if (pools.overlapsTaken(subnet)) {
      throw new EngineException(EngineException.FORBIDDEN, compat.subnetOverlaps());
    }
    if (subnet.length() > 30 && !compat.allowsTinySubnets()) {
      throw new EngineException(
          EngineException.INTERNAL,
          "failed to allocate gateway (%s): No available addresses on this pool"
              .formatted(config.gateway().orElse("")));
    }
    Ipv4Prefix range = config.range().map(Ipv4Prefix::parse).orElse(subnet);
    Ipv4Address gateway =
        config
            .gateway()
            .map(Ipv4Address::parse)
            .orElseGet(() -> defaultGateway(subnet, range, mode));
    Map<String, Ipv4Address> auxiliaryAddresses = new LinkedHashMap<>();
    config
        .auxiliaryAddresses()
        .forEach((name, text) -> auxiliaryAddresses.put(name, Ipv4Address.parse(text)));
    return new Ipam(subnet, range, gateway, auxiliaryAddresses);
  }

  private static Ipv4Address defaultGateway(Ipv4Prefix subnet, Ipv4Prefix range, GatewayMode mode) {
    if (mode == GatewayMode.ISOLATED) {
      return Ipv4Address.ANY;
    }
    return range.address().equals(subnet.address()) ? Ipam.firstAddress(subnet) : range.address();
  }

  /** A network has come to exist with it. */
  void take(Ipv4Prefix subnet) {
    pools.take(subnet);
  }

  /** The network is gone. */
  void release(Ipv4Prefix subnet) {
    pools.release(subnet);
  }
}
