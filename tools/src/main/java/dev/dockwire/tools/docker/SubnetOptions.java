package dev.dockwire.tools.docker;

import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.tools.docker.flag.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings {@code --subnet}, {@code --ip-range}, {@code --gateway} and {@code --aux-address}
 * together, each with the subnet it lies in, as the docker client does before it asks the engine.
 */
final class SubnetOptions {

  private SubnetOptions() {}

  static List<IpamConfig> consolidate(
      List<String> subnets,
      List<String> ranges,
      List<String> gateways,
      Map<String, String> auxiliaryAddresses)
      throws UsageException {
    if (subnets.size() < ranges.size() || subnets.size() < gateways.size()) {
      throw new UsageException("every ip-range or gateway must have a corresponding subnet");
    }
    checkOverlaps(subnets);
    Map<String, String> rangeOf = new LinkedHashMap<>();
    for (String range : ranges) {
      Ipv4Prefix prefix = cidr(range);
      rangeOf.put(matching("range", range, prefix.address(), subnets), range);
    }
    Map<String, String> gatewayOf = new LinkedHashMap<>();
    for (String gateway : gateways) {
      gatewayOf.put(matching("gateway", gateway, address(gateway), subnets), gateway);
    }
    Map<String, Map<String, String>> auxiliaryOf = new LinkedHashMap<>();
    for (Map.Entry<String, String> auxiliary : auxiliaryAddresses.entrySet()) {
      String text = auxiliary.getValue();
      String subnet = matching("aux-address", text, address(text), subnets);
      auxiliaryOf.computeIfAbsent(subnet, _ -> new LinkedHashMap<>()).put(auxiliary.getKey(), text);
    }
    List<IpamConfig> configs = new ArrayList<>();
    for (String subnet : subnets) {
      configs.add(
          new IpamConfig(
              subnet,
              Optional.ofNullable(rangeOf.get(subnet)),
              Optional.ofNullable(gatewayOf.get(subnet)),
              auxiliaryOf.getOrDefault(subnet, Map.of())));
    }
    return configs;
  }

  private static void checkOverlaps(List<String> subnets) throws UsageException {
    for (int i = 0; i < subnets.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (cidr(subnets.get(i)).overlaps(cidr(subnets.get(j)))) {
          throw new UsageException("multiple overlapping subnet configuration is not supported");
        }
      }
    }
  }

  /** The subnet in which an address lies; one that is not CIDR is left for the engine to refuse. */
  private static String matching(
      String what, String text, Optional<Ipv4Address> address, List<String> subnets)
      throws UsageException {
    for (String subnet : subnets) {
      Optional<Ipv4Prefix> prefix = tryCidr(subnet);
      if (prefix.isEmpty() || address.isPresent() && prefix.get().contains(address.get().value())) {
        return subnet;
      }
    }
    throw new UsageException("no matching subnet for " + what + " " + text);
  }

  private static String matching(
      String what, String text, Ipv4Address address, List<String> subnets) throws UsageException {
    return matching(what, text, Optional.of(address), subnets);
  }

  private static Optional<Ipv4Address> address(String text) {
    return Ipv4Address.isAddress(text) ? Optional.of(Ipv4Address.parse(text)) : Optional.empty();
  }

  private static Optional<Ipv4Prefix> tryCidr(String text) {
    try {
      return Optional.of(Ipv4Prefix.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Ipv4Prefix cidr(String text) throws UsageException {
    return tryCidr(text).orElseThrow(() -> new UsageException("invalid CIDR address: " + text));
  }
}
