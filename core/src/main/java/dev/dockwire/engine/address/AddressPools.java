package dev.dockwire.engine.address;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which subnets are taken, and which one a network without a subnet of its own gets: the first of
 * the default pools that overlaps none that is taken, nor one the machine itself is on.
 */
public final class AddressPools {

  /** Docker's own: 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/20 to 192.168.240.0/20. */
  public static final List<AddressPool> DEFAULTS =
      List.of(
          AddressPool.of("172.17.0.0/16", 16),
          AddressPool.of("172.18.0.0/15", 16),
          AddressPool.of("172.20.0.0/14", 16),
          AddressPool.of("172.24.0.0/13", 16),
          AddressPool.of("192.168.0.0/16", 20));

  /** Where a search goes on: what a network after the last one given out would get. */
  private record Place(int pool, long subnet) {}

  private final List<AddressPool> pools;

  private final boolean nextFit;
  private final TreeMap<Ipv4Address, Ipv4Prefix> taken = new TreeMap<>();
  private final List<Ipv4Prefix> avoided = new ArrayList<>();
  private Place next = new Place(0, 0);

  /**
   * @param nextFit whether a search goes on after the last subnet given out, as engines before 27
   *     had it
   */
  public AddressPools(List<AddressPool> pools, boolean nextFit) {
    this.pools = pools;
    this.nextFit = nextFit;
  }

  /** Has automatic subnets keep clear of those that the machine itself is on. */
  public void avoid(Ipv4Prefix subnet) {
    avoided.add(subnet.network());
  }

  /** The subnet that the defaults have next, to be taken; empty if they are used up. */
  public Optional<Ipv4Prefix> nextDefault() {
    Place start = nextFit ? next : new Place(0, 0);
    Optional<Ipv4Prefix> found = search(start, new Place(pools.size(), 0));
    if (found.isEmpty() && nextFit) {
      found = search(new Place(0, 0), start);
    }
    return found;
  }

  private Optional<Ipv4Prefix> search(Place from, Place until) {
    for (int pool = from.pool(); pool <= until.pool() && pool < pools.size(); pool++) {
      long first = pool == from.pool() ? from.subnet() : 0;
      long end = pool == until.pool() ? until.subnet() : pools.get(pool).subnets();
      for (long subnet = first; subnet < end; subnet++) {
        Ipv4Prefix candidate = pools.get(pool).subnet(subnet);
        if (!overlapsTaken(candidate) && avoided.stream().noneMatch(candidate::overlaps)) {
          next = new Place(pool, subnet + 1);
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a subnet has an address in common with one that is taken. */
  public boolean overlapsTaken(Ipv4Prefix subnet) {
    Map.Entry<Ipv4Address, Ipv4Prefix> before = taken.floorEntry(subnet.broadcast());
    return before != null && before.getValue().overlaps(subnet);
  }

  /** Takes a subnet that overlaps none that is taken. */
  public void take(Ipv4Prefix subnet) {
    taken.put(subnet.network().address(), subnet);
  }

  public void release(Ipv4Prefix subnet) {
    taken.remove(subnet.network().address());
  }
}
