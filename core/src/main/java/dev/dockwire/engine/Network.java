package dev.dockwire.engine;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.StackInterface;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network of driver {@code bridge}: a learning bridge, the Docker host's interface on it with the
 * gateway's address, and the addresses of its subnet.
 */
public final class Network {

  private final String id;
  private final String name;
  private final Bridge bridge;
  private final Ipam ipam;
  private final Fabric fabric;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

  Network(String id, String name, String bridgeName, Ipv4Prefix subnet, Fabric fabric) {
    this.id = id;
    this.name = name;
    this.bridge = new Bridge(bridgeName);
    this.ipam = new Ipam(subnet, Ipam.firstAddress(subnet));
    this.fabric = fabric;
  }

  /** The address of the bridge's own interface. */
  public MacAddress bridgeMac() {
    return MacAddress.fromIpv4(ipam.gateway());
  }

  /** Plugs the Docker host in, with the gateway's address. */
  void attachHost(DockerHost dockerHost, long now) {
    Nic nic = new Nic(bridge.name(), bridgeMac(), fabric.shape().mtu(), fabric);
    bridge.attachOwn(nic);
    StackInterface own = dockerHost.host().stack().attach(nic);
    own.address(new Ipv4Prefix(ipam.gateway(), ipam.subnet().length()), now);
  }

  /**
   * Gives a container an address and a wire to the bridge.
   *
   * @param endpointId 64 hexadecimal digits
   * @throws EngineException if there is no free address
   */
  Endpoint connect(Container container, String endpointId, String interfaceName) {
    Ipv4Address address =
        ipam.allocate()
            .orElseThrow(
                () ->
                    new EngineException(
                        EngineException.INTERNAL,
                        "failed to set up container networking: no available IPv4 addresses on"
                            + " this network's address pools: "
                            + name
                            + " ("
                            + id
                            + ")"));
    MacAddress mac = MacAddress.fromIpv4(address);
    Nic nic = new Nic(interfaceName, mac, fabric.shape().mtu(), fabric);
    nic.label(container.name() + "/" + interfaceName);
    BridgePort port = bridge.attach("veth" + endpointId.substring(0, 7), nic);
    port.allowOnlySource(mac.value());
    Endpoint endpoint =
        new Endpoint(
            endpointId, this, new Ipv4Prefix(address, ipam.subnet().length()), mac, nic, port);
    endpoints.put(container.id(), endpoint);
    return endpoint;
  }

  void disconnect(Container container) {
    Endpoint endpoint = endpoints.remove(container.id());
    endpoint.port().detach();
    ipam.release(endpoint.address().address());
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Bridge bridge() {
    return bridge;
  }

  public Ipv4Prefix subnet() {
    return ipam.subnet();
  }

  public Ipv4Address gateway() {
    return ipam.gateway();
  }

  /** The endpoints of running containers, by container id, in the order they were connected. */
  public Map<String, Endpoint> endpoints() {
    return Collections.unmodifiableMap(endpoints);
  }
}
