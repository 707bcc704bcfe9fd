package dev.dockwire.engine;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.engine.address.Ipam;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import java.util.Optional;

/**
 * What a network of driver {@code bridge} consists of: a learning bridge, the Docker host's
 * interface on it, mostly with the gateway's address, and the addresses of its subnet.
 */
public final class Segment {

  private static final long LOCALLY_ADMINISTERED = 0x0200_0000_0000L;
  private static final int END_MAC_DIGITS = 10;
  private static final int HEXADECIMAL = 16;

  private final Bridge bridge;
  private final Ipam ipam;
  private final GatewayMode mode;
  private final int mtu;
  private final Fabric fabric;
  private final HostStack hostStack;
  private final StackInterface hostInterface;

  /** Makes the bridge and plugs the Docker host in. */
  Segment(
      String bridgeName,
      Ipam ipam,
      GatewayMode mode,
      int mtu,
      Fabric fabric,
      HostStack hostStack,
      long now) {
    this.bridge = new Bridge(bridgeName);
    this.ipam = ipam;
    this.mode = mode;
    this.mtu = mtu;
    this.fabric = fabric;
    this.hostStack = hostStack;
    Nic nic = new Nic(bridgeName, mac(), mtu, fabric);
    bridge.attachOwn(nic);
    hostInterface = hostStack.attach(nic);
    if (mode != GatewayMode.ISOLATED) {
      hostInterface.address(new Ipv4Prefix(ipam.gateway(), ipam.subnet().length()), now);
    }
  }

  /** Pulls the Docker host's plug; no container is attached any more. */
  void close() {
    hostStack.detach(hostInterface);
    bridge.ports().forEach(BridgePort::detach);
  }

  /** Takes the address asked for, or the lowest free one; empty if it cannot be had. */
  Optional<Ipv4Address> allocate(Optional<Ipv4Address> wanted) {
    return wanted.isPresent() ? wanted.filter(ipam::allocate) : ipam.allocate();
  }

  /** Lays a wire from the bridge to a new interface. */
  Endpoint.Wire lay(
      String label, String interfaceName, String endpointId, Ipv4Address address, MacAddress mac) {
    Nic nic = new Nic(interfaceName, mac, mtu, fabric);
    nic.label(label);
    String endName = "veth" + endpointId.substring(0, 7);
    BridgePort port = bridge.attach(endName, nic);
    port.hostEnd(new Nic(endName, endMac(endpointId), mtu, fabric), hostStack.nextIndex());
    port.allowOnlySource(mac.value());
    return new Endpoint.Wire(new Ipv4Prefix(address, ipam.subnet().length()), mac, nic, port);
  }

  /** Linux makes one up; this one is of the endpoint's id, locally administered. */
  private static MacAddress endMac(String endpointId) {
    long tail = Long.parseLong(endpointId.substring(0, END_MAC_DIGITS), HEXADECIMAL);
    return new MacAddress(LOCALLY_ADMINISTERED | tail);
  }

  /** Takes a wire up again and its address back. */
  void takeUp(Endpoint.Wire wire) {
    wire.port().detach();
    ipam.release(wire.address().address());
  }

  public Bridge bridge() {
    return bridge;
  }

  public Ipv4Prefix subnet() {
    return ipam.subnet();
  }

  /** The Docker host's address here, or 0.0.0.0 if it has none. */
  public Ipv4Address gateway() {
    return ipam.gateway();
  }

  GatewayMode mode() {
    return mode;
  }

  /** The address of the bridge's own interface, which no container's can be. */
  public MacAddress mac() {
    boolean hasGateway = ipam.gateway().value() != 0;
    return MacAddress.fromIpv4(hasGateway ? ipam.gateway() : ipam.subnet().address());
  }

  /** The Docker host's interface on the bridge. */
  StackInterface hostInterface() {
    return hostInterface;
  }

  int allocated() {
    return ipam.allocated();
  }
}
