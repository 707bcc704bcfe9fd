package dev.dockwire.stack.arp;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.stack.StackInterface;

/**
 * One line of {@code arp} or {@code ip neigh}.
 *
 * @param mac {@link MacAddress#ZERO} while it is not known
 * @param confirmedNanosAgo how long ago it was last confirmed; meaningless while not known
 */
public record Neighbour(
    Ipv4Address address,
    MacAddress mac,
    StackInterface via,
    NeighbourState state,
    long confirmedNanosAgo) {}
