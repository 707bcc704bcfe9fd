package dev.dockwire.stack.arp;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import java.util.List;

/** The link addresses a host knows. */
public final class NeighbourCache {

  NeighbourCache(HostStack stack) {}

  /** Everything known, in the order it was learnt. */
  public List<Neighbour> entries(long now) {
    return List.of();
  }

  /** Sets an entry by hand, as {@code arp -s} does. */
  public void pin(Ipv4Address address, MacAddress mac, StackInterface via, long now) {}

  /** Forgets an entry, as {@code arp -d} does; false if there is none. */
  public boolean delete(Ipv4Address address, StackInterface via) {
    return false;
  }

  /** Forgets everything about the neighbours on one wire. */
  public void removeVia(StackInterface via) {}
}
