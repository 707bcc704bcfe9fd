package dev.dockwire.stack;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.ip.Route;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A NIC as a host sees it: with an address, and the route that comes with one. The interface named
 * {@code lo} is the loopback: it needs no ARP and all packets to the host's own addresses take it.
 */
public final class StackInterface {

  /** RFC 5227, section 2.4. */
  private static final long DEFEND_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final String LOOPBACK_NAME = "lo";
  private static final Ipv4Prefix LOOPBACK_NETWORK = Ipv4Prefix.parse("127.0.0.0/8");

  private final HostStack stack;
  private final Nic nic;
  private final int index;
  private final boolean loopback;
  private final Route loopbackRoute;

  private Ipv4Prefix address;
  private int addressValue;
  private int mask = -1;
  private long nextDefence = Long.MIN_VALUE;

  StackInterface(HostStack stack, Nic nic, int index) {
    this.stack = stack;
    this.nic = nic;
    this.index = index;
    this.loopback = nic.name().equals(LOOPBACK_NAME);
    this.loopbackRoute =
        loopback
            ? new Route(LOOPBACK_NETWORK, Ipv4Address.ANY, this, Ipv4Address.LOOPBACK, 0)
            : Route.NONE;
  }

  /**
   * Gives the interface its address, in place of the one it had, and the host a route to the
   * network around it.
   */
  public void address(Ipv4Prefix prefix, long now) {
    if (address != null) {
      removeAddress(now);
    }
    address = prefix;
    addressValue = prefix.address().value();
    mask = prefix.mask();
    stack.addressesChanged();
    addConnectedRoute();
  }

  /** Takes the address away, and with it all routes by this interface and what ARP knows here. */
  public void removeAddress(long now) {
    forgetPaths();
    address = null;
    addressValue = 0;
    mask = -1;
    stack.addressesChanged();
  }

  /** Tells everybody on the wire who has the address: a gratuitous ARP request (RFC 5227). */
  public void announce(long now) {
    if (address != null && !loopback) {
      stack.arp().announce(this, now);
    }
  }

  /** Sets the interface up or down; down loses its routes, up brings the connected one back. */
  public void up(boolean nowUp, long now) {
    if (nowUp == nic.isUp()) {
      return;
    }
    nic.setUp(nowUp);
    if (nowUp) {
      addConnectedRoute();
    } else {
      forgetPaths();
    }
  }

  /** Whether ARP may contradict another claim to the address now; each yes bars the next 10 s. */
  public boolean mayDefend(long now) {
    if (now < nextDefence) {
      return false;
    }
    nextDefence = now + DEFEND_INTERVAL_NANOS;
    return true;
  }

  public Nic nic() {
    return nic;
  }

  public String name() {
    return nic.name();
  }

  /** The interface's number on its host, from 1; never used again. */
  public int index() {
    return index;
  }

  public boolean isUp() {
    return nic.isUp();
  }

  public boolean isLoopback() {
    return loopback;
  }

  public Optional<Ipv4Prefix> address() {
    return Optional.ofNullable(address);
  }

  /** The address, or 0 without one. */
  public int addressValue() {
    return addressValue;
  }

  /** Whether this is the interface's own address; never for 0. */
  public boolean hasAddress(int candidate) {
    return addressValue != 0 && candidate == addressValue;
  }

  /** Whether an address lies in the network around this interface's own. */
  public boolean isOnLink(int candidate) {
    return addressValue != 0 && ((candidate ^ addressValue) & mask) == 0;
  }

  /** Whether this is the directed broadcast address of the network; /31 and /32 have none. */
  public boolean isBroadcast(int candidate) {
    return addressValue != 0 && (~mask & ~1) != 0 && candidate == (addressValue | ~mask);
  }

  @Override
  public String toString() {
    return address == null ? name() : name() + " " + address;
  }

  Route loopbackRoute() {
    return loopbackRoute;
  }

  void forgetPaths() {
    stack.routes().removeVia(this);
    stack.neighbours().removeVia(this);
  }

  private void addConnectedRoute() {
    boolean ownNetwork = address != null && !loopback && address.length() < 32;
    if (ownNetwork && nic.isUp() && !Ipv4Address.ANY.equals(address.address())) {
      stack.routes().add(Route.connected(address, this));
    }
  }
}
