package dev.dockwire.stack.arp;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The link addresses a host knows, and how it finds out: the states and times of Linux's neighbour
 * cache (after RFC 4861, section 7.3).
 *
 * <pre>
 *   INCOMPLETE --answer--> REACHABLE --15..45 s--> STALE --used--> DELAY --5 s--> PROBE
 *       |  3 broadcasts                              ^               |              | 3 unicasts
 *       '----> FAILED (for 1 s)                      '-- overheard   '---answer-----+--> FAILED
 * </pre>
 *
 * <p>At most {@value #MAX_ENTRIES} entries, the one unused longest gives way; those set by hand
 * never do.
 */
public final class NeighbourCache {

  /** Entries of one host, on all its interfaces. */
  public static final int MAX_ENTRIES = 1_024;

  private static final int REQUESTS = 3;
  private static final long REQUEST_INTERVAL_NANOS = SECONDS.toNanos(1);
  private static final long FAILURE_HOLD_NANOS = SECONDS.toNanos(1);
  private static final long MIN_REACHABLE_NANOS = SECONDS.toNanos(15);
  private static final long MAX_REACHABLE_NANOS = SECONDS.toNanos(45);
  private static final long DELAY_NANOS = SECONDS.toNanos(5);

  /** An address that was sure a moment ago is not given up for another one. */
  private static final long LOCK_NANOS = SECONDS.toNanos(1);

  private static final Comparator<NeighbourEntry> DISPLAY_ORDER =
      Comparator.<NeighbourEntry>comparingInt(entry -> entry.via.index())
          .thenComparing((a, b) -> Integer.compareUnsigned(a.address, b.address));

  private final HostStack stack;
  private final ArpLayer arp;
  private final NeighbourTable table = new NeighbourTable();
  private final ResolutionQueue queue;
  private ChangeListener changeListener = (address, before, after, now) -> {};

  NeighbourCache(HostStack stack, ArpLayer arp) {
    this.stack = stack;
    this.arp = arp;
    this.queue = new ResolutionQueue(stack);
  }

  /** Hears that a known address has moved to another NIC: at most once a second for each. */
  @FunctionalInterface
  public interface ChangeListener {
    void changed(Ipv4Address address, MacAddress before, MacAddress after, long now);
  }

  /**
   * The entry to send by, asked for if it is not known. {@link NeighbourEntry#NONE} if the table is
   * full of permanent ones.
   */
  NeighbourEntry use(StackInterface via, int nextHop, long now) {
    NeighbourEntry entry = table.find(via, nextHop);
    if (entry == NeighbourEntry.NONE) {
      entry = create(via, nextHop);
      if (entry != NeighbourEntry.NONE) {
        startAsking(entry, now);
      }
      return entry;
    }
    table.touch(entry);
    switch (entry.state) {
      case REACHABLE -> {
        if (entry.isOld(now)) {
          delay(entry, now);
        }
      }
      case STALE -> delay(entry, now);
      case FAILED -> {
        if (now - entry.updated >= FAILURE_HOLD_NANOS) {
          startAsking(entry, now);
        }
      }
      case INCOMPLETE, DELAY, PROBE, PERMANENT -> {
        // Under way already, or nothing to find out.
      }
    }
    return entry;
  }

  /** Keeps a frame until its neighbour is known. */
  void hold(NeighbourEntry entry, byte[] frame) {
    queue.hold(entry, frame);
  }

  private NeighbourEntry create(StackInterface via, int address) {
    if (table.size() >= MAX_ENTRIES) {
      NeighbourEntry oldest = table.oldest();
      if (oldest == NeighbourEntry.NONE) {
        stack.lose(DropReason.ARP_TABLE_FULL);
        return NeighbourEntry.NONE;
      }
      remove(oldest);
    }
    NeighbourEntry entry = new NeighbourEntry(via, address);
    entry.reachableNanos = stack.random().nextLong(MIN_REACHABLE_NANOS, MAX_REACHABLE_NANOS);
    table.add(entry);
    return entry;
  }

  private void startAsking(NeighbourEntry entry, long now) {
    entry.state = NeighbourState.INCOMPLETE;
    entry.asked = 0;
    ask(entry, now);
  }

  private void delay(NeighbourEntry entry, long now) {
    entry.state = NeighbourState.DELAY;
    arm(entry, now + DELAY_NANOS);
  }

  private void ask(NeighbourEntry entry, long now) {
    entry.asked++;
    arp.request(entry.via, entry.address, entry.mac, now);
    arm(entry, now + REQUEST_INTERVAL_NANOS);
  }

  private void arm(NeighbourEntry entry, long deadline) {
    if (entry.timer == null) {
      entry.timer = stack.timers().timer(now -> expire(entry, now));
    }
    entry.timer.arm(deadline);
  }

  private void expire(NeighbourEntry entry, long now) {
    if (entry.state == NeighbourState.DELAY) {
      entry.state = NeighbourState.PROBE;
      entry.asked = 0;
    }
    if (entry.asked < REQUESTS) {
      ask(entry, now);
    } else {
      fail(entry, now);
    }
  }

  private void fail(NeighbourEntry entry, long now) {
    entry.state = NeighbourState.FAILED;
    entry.mac = 0;
    entry.updated = now;
    while (queue.holdsFor(entry)) {
      byte[] frame = queue.takeFirst(entry);
      stack.lose(DropReason.ARP_UNRESOLVED);
      int offset = EthernetView.HEADER_LENGTH;
      stack.ip().undeliverable(entry.via, frame, offset, frame.length - offset, now);
    }
  }

  /** Somebody asked us, and so told who it is: worth an entry. False if it contradicts one. */
  boolean learn(StackInterface via, int address, long mac, long now) {
    NeighbourEntry entry = table.find(via, address);
    if (entry == NeighbourEntry.NONE) {
      entry = create(via, address);
      if (entry == NeighbourEntry.NONE) {
        return true;
      }
    }
    table.touch(entry);
    return update(entry, mac, false, now);
  }

  /** Whether there is an entry that something overheard could update. */
  boolean knows(StackInterface via, int address) {
    return table.find(via, address) != NeighbourEntry.NONE;
  }

  /**
   * Something about a known neighbour was heard. False if it contradicts what is known and is not
   * believed.
   *
   * @param answer whether it is the neighbour's answer to us
   */
  boolean hear(StackInterface via, int address, long mac, boolean answer, long now) {
    return update(table.find(via, address), mac, answer, now);
  }

  private boolean update(NeighbourEntry entry, long mac, boolean answer, long now) {
    boolean known = entry.state.isUsable();
    boolean different = known && entry.mac != mac;
    if (different && (entry.isPermanent() || now - entry.updated < LOCK_NANOS)) {
      return false;
    }
    if (entry.isPermanent()) {
      return true;
    }
    if (different) {
      changeListener.changed(
          new Ipv4Address(entry.address), new MacAddress(entry.mac), new MacAddress(mac), now);
    }
    entry.mac = mac;
    if (answer) {
      settle(entry, NeighbourState.REACHABLE, now);
      entry.confirmed = now;
    } else if (!known || different) {
      settle(entry, NeighbourState.STALE, now);
    }
    release(entry, now);
    return true;
  }

  private void settle(NeighbourEntry entry, NeighbourState state, long now) {
    entry.state = state;
    entry.updated = now;
    if (entry.timer != null) {
      entry.timer.cancel();
    }
  }

  /** Sends what waited. */
  private void release(NeighbourEntry entry, long now) {
    if (!queue.holdsFor(entry)) {
      return;
    }
    if (entry.state == NeighbourState.STALE) {
      delay(entry, now);
    }
    while (queue.holdsFor(entry)) {
      byte[] frame = queue.takeFirst(entry);
      NetworkOrder.mac48(frame, 0, entry.mac);
      entry.via.nic().transmit(frame, 0, frame.length, now);
    }
  }

  /**
   * Sets an entry by hand, as {@code arp -s} does; it stays until it is deleted. False if the table
   * is full of such.
   */
  public boolean pin(Ipv4Address address, MacAddress mac, StackInterface via, long now) {
    NeighbourEntry entry = table.find(via, address.value());
    if (entry == NeighbourEntry.NONE) {
      entry = create(via, address.value());
      if (entry == NeighbourEntry.NONE) {
        return false;
      }
    }
    // Out of the table and in again: a permanent entry has no place in the order of use.
    table.remove(entry);
    settle(entry, NeighbourState.PERMANENT, now);
    entry.mac = mac.value();
    entry.confirmed = now;
    table.add(entry);
    release(entry, now);
    return true;
  }

  /** Forgets an entry, as {@code arp -d} does; false if there is none. */
  public boolean delete(Ipv4Address address, StackInterface via) {
    NeighbourEntry entry = table.find(via, address.value());
    if (entry == NeighbourEntry.NONE) {
      return false;
    }
    remove(entry);
    return true;
  }

  /** Forgets everything about the neighbours on one wire. */
  public void removeVia(StackInterface via) {
    table.forEach(
        entry -> {
          if (entry.via == via) {
            remove(entry);
          }
        });
  }

  private void remove(NeighbourEntry entry) {
    if (entry.timer != null) {
      entry.timer.cancel();
    }
    queue.dropAll(entry);
    table.remove(entry);
  }

  /** Everything known, by interface and address. */
  public List<Neighbour> entries(long now) {
    List<NeighbourEntry> sorted = new ArrayList<>(table.size());
    table.forEach(sorted::add);
    sorted.sort(DISPLAY_ORDER);
    return sorted.stream().map(entry -> entry.snapshot(now)).toList();
  }

  public int size() {
    return table.size();
  }

  /** Packets that wait for some neighbour's address. */
  public int waiting() {
    return queue.frames();
  }

  public void onChange(ChangeListener listener) {
    changeListener = listener;
  }
}
