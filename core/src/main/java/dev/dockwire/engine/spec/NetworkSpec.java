package dev.dockwire.engine.spec;

import java.util.List;
import java.util.Map;

/**
 * What a network is made from: the options of {@code docker network create}.
 *
 * @param subnets what the user asked for; empty for a subnet of the default pools
 * @param internal whether it has no way out
 * @param options the driver's, such as {@code com.docker.network.driver.mtu}
 */
public record NetworkSpec(
    String name,
    String driver,
    List<IpamConfig> subnets,
    boolean internal,
    boolean attachable,
    Map<String, String> options,
    Map<String, String> labels) {

  /** A network of driver {@code bridge} with nothing asked for. */
  public static NetworkSpec bridge(String name) {
    return new NetworkSpec(name, "bridge", List.of(), false, false, Map.of(), Map.of());
  }
}
