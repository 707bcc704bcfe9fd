package dev.dockwire.stack.ip;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.StackInterface;

/**
 * One way out of a host.
 *
 * @param destination the network it leads to, host bits zero
 * @param gateway the next hop, or {@link Ipv4Address#ANY} if the network is directly connected
 * @param via the interface packets leave by
 * @param source the address of packets whose sender did not choose one
 * @param metric the lower one wins among routes to the same network
 */
public record Route(
    Ipv4Prefix destination,
    Ipv4Address gateway,
    StackInterface via,
    Ipv4Address source,
    int metric) {

  /** Leads to everywhere. */
  public static final Ipv4Prefix DEFAULT = new Ipv4Prefix(Ipv4Address.ANY, 0);

  /** No way there; has no interface. */
  public static final Route NONE = new Route(DEFAULT, Ipv4Address.ANY, null, Ipv4Address.ANY, 0);

  /** The network that an interface's own address lies in. */
  public static Route connected(Ipv4Prefix address, StackInterface via) {
    return new Route(address.network(), Ipv4Address.ANY, via, address.address(), 0);
  }

  public boolean exists() {
    return this != NONE;
  }

  public boolean isConnected() {
    return gateway.value() == 0;
  }

  /** Whose link address a packet to {@code packetDestination} is sent to. */
  public int nextHop(int packetDestination) {
    return isConnected() ? packetDestination : gateway.value();
  }
}
