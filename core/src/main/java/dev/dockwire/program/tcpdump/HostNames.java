package dev.dockwire.program.tcpdump;

import dev.dockwire.capture.filter.FilterNames;
import dev.dockwire.capture.text.Names;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.Services;
import dev.dockwire.host.Process;
import dev.dockwire.host.resolver.HostsFile;
import dev.dockwire.host.resolver.Resolver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The names that a host has for addresses and ports: {@code /etc/hosts} and the well-known
 * services. No name server is asked what an address is called, so that listening makes no frames of
 * its own.
 */
final class HostNames implements Names, FilterNames {

  private final Process self;
  private final int networkMask;
  private final Map<Integer, String> namesOfHosts = new LinkedHashMap<>();

  HostNames(Process self, int networkMask) {
    this.self = self;
    this.networkMask = networkMask;
    for (HostsFile.Line line :
        HostsFile.parse(self.host().files().readText("/etc/hosts")).lines()) {
      if (Ipv4Address.isAddress(line.address())) {
        int address = Ipv4Address.parse(line.address()).value();
        namesOfHosts.putIfAbsent(address, line.names().getFirst());
      }
    }
  }

  @Override
  public String host(int address) {
    return namesOfHosts.getOrDefault(address, Ipv4Address.toString(address));
  }

  @Override
  public String mac(long address) {
    return MacAddress.isBroadcast(address)
        ? "Broadcast"
        : new MacAddress(address) + " (oui " + (address == 0 ? "Ethernet)" : "Unknown)");
  }

  @Override
  public String tcpPort(int number) {
    return Services.TCP.name(number).orElse(Integer.toString(number));
  }

  @Override
  public String udpPort(int number) {
    return Services.UDP.name(number).orElse(Integer.toString(number));
  }

  @Override
  public String protocol(int number) {
    return switch (number) {
      case 1 -> "icmp";
      case 2 -> "igmp";
      case 6 -> "tcp";
      case 17 -> "udp";
      case 47 -> "gre";
      case 50 -> "esp";
      case 51 -> "ah";
      case 89 -> "ospf";
      case 132 -> "sctp";
      default -> "";
    };
  }

  @Override
  public List<Integer> hosts(String name) {
    return Resolver.resolve(self, name).map(address -> List.of(address.value())).orElse(List.of());
  }

  @Override
  public OptionalInt tcpPort(String service) {
    return Services.TCP.port(service);
  }

  @Override
  public OptionalInt udpPort(String service) {
    return Services.UDP.port(service);
  }

  @Override
  public int networkMask() {
    return networkMask;
  }
}
