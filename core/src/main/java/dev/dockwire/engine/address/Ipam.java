package dev.dockwire.engine.address;

import dev.dockwire.engine.EngineException;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of one subnet. Dynamic ones are the lowest free, within the range if there is one;
 * the network's own, the broadcast address, the gateway and the auxiliary ones are never given out,
 * and what is released can be had again at once.
 */
public final class Ipam {

  private final Ipv4Prefix subnet;
  private final Ipv4Prefix range;
  private final Ipv4Address gateway;

  /** By their number within the subnet; the reserved ones are taken, too. */
  private final TakenNumbers taken = new TakenNumbers();

  private final Set<Long> reserved = new HashSet<>();

  /**
   * @param range where dynamic addresses come from; the whole subnet if the user gave none
   * @param gateway 0.0.0.0 if the subnet has none
   * @throws EngineException 500 if gateway or an auxiliary address is not free
   */
  public Ipam(
      Ipv4Prefix subnet,
      Ipv4Prefix range,
      Ipv4Address gateway,
      Map<String, Ipv4Address> auxiliaryAddresses) {
    this.subnet = subnet;
    this.range = range;
    this.gateway = gateway;
    if (gateway.value() != 0) {
      reserve("failed to allocate gateway (" + gateway + ")", gateway);
    }
    auxiliaryAddresses.forEach(
        (name, address) ->
            reserve(
                "failed to allocate secondary ip address (" + name + ":" + address + ")", address));
    reserved.forEach(taken::add);
  }

  private void reserve(String subject, Ipv4Address address) {
    if (isReserved(hostPart(address))) {
      throw new EngineException(EngineException.INTERNAL, subject + ": Address already in use");
    }
    reserved.add(hostPart(address));
  }

  /** The whole of a subnet that was given nothing but itself. */
  public static Ipam of(Ipv4Prefix subnet) {
    return new Ipam(subnet, subnet, firstAddress(subnet), Map.of());
  }

  /** The first usable address of a subnet, which Docker gives the gateway. */
  public static Ipv4Address firstAddress(Ipv4Prefix subnet) {
    return new Ipv4Address(subnet.network().address().value() + (subnet.length() < 31 ? 1 : 0));
  }

  /** Takes the lowest free address; empty if there is none. */
  public Optional<Ipv4Address> allocate() {
    long first = hostPart(range.network().address());
    long hostPart = taken.nextFree(subnet.length() < 31 ? Math.max(1, first) : first);
    if (hostPart > hostPart(range.broadcast()) || isReserved(hostPart)) {
      return Optional.empty();
    }
    taken.add(hostPart);
    return Optional.of(new Ipv4Address(subnet.network().address().value() + (int) hostPart));
  }

  /** Takes one address of the subnet; false if it is not free. */
  public boolean allocate(Ipv4Address address) {
    if (taken.contains(hostPart(address)) || isReserved(hostPart(address))) {
      return false;
    }
    taken.add(hostPart(address));
    return true;
  }

  public void release(Ipv4Address address) {
    if (!isReserved(hostPart(address))) {
      taken.remove(hostPart(address));
    }
  }

  /** How many addresses are given out. */
  public int allocated() {
    return Math.toIntExact(taken.count() - reserved.size());
  }

  public Ipv4Prefix subnet() {
    return subnet;
  }

  /** The Docker host's address, or 0.0.0.0 if it has none there. */
  public Ipv4Address gateway() {
    return gateway;
  }

  private boolean isReserved(long hostPart) {
    boolean edge = subnet.length() < 31 && (hostPart == 0 || hostPart == hostMask());
    return edge || reserved.contains(hostPart);
  }

  private long hostPart(Ipv4Address address) {
    return address.value() & hostMask();
  }

  private long hostMask() {
    return ~subnet.mask() & 0xffff_ffffL;
  }
}
