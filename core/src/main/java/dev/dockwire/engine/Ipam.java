package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.BitSet;
import java.util.Optional;

/**
 * The addresses of one subnet. Dynamic ones are the lowest free; the network's own, the broadcast
 * address and the gateway are never given out, and what is released can be had again at once.
 */
final class Ipam {

  private final Ipv4Prefix subnet;
  private final Ipv4Address gateway;
  private final BitSet taken = new BitSet();

  Ipam(Ipv4Prefix subnet, Ipv4Address gateway) {
    this.subnet = subnet;
    this.gateway = gateway;
    if (subnet.length() < 31) {
      taken.set(0);
      taken.set(hostPart(subnet.broadcast()));
    }
    taken.set(hostPart(gateway));
  }

  /** The first usable address of a subnet, which Docker gives the gateway. */
  static Ipv4Address firstAddress(Ipv4Prefix subnet) {
    return new Ipv4Address(subnet.network().address().value() + (subnet.length() < 31 ? 1 : 0));
  }

  /** Takes the lowest free address; empty if there is none. */
  Optional<Ipv4Address> allocate() {
    int hostPart = taken.nextClearBit(0);
    if (hostPart > ~subnet.mask()) {
      return Optional.empty();
    }
    taken.set(hostPart);
    return Optional.of(new Ipv4Address(subnet.network().address().value() + hostPart));
  }

  void release(Ipv4Address address) {
    if (!address.equals(gateway)) {
      taken.clear(hostPart(address));
    }
  }

  Ipv4Prefix subnet() {
    return subnet;
  }

  Ipv4Address gateway() {
    return gateway;
  }

  private int hostPart(Ipv4Address address) {
    return address.value() & ~subnet.mask();
  }
}
