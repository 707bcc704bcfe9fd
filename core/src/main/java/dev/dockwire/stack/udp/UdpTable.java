package dev.dockwire.stack.udp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has which UDP port: a hash on local address and port, made when the first socket binds. No
 * two sockets have the same address and port, and who has a port on all addresses has it alone, so
 * a datagram is looked for twice at most: under its destination, then under all addresses.
 */
public final class UdpTable {

  private static final int FIRST_SIZE = 8;

  private UdpBinding[] buckets = {};
  private Map<Integer, Integer> usesOfPort = Map.of();
  private int size;

  UdpTable() {}

  /** Whether a socket could bind there; 0 stands for all addresses. */
  public boolean isFree(int address, int udpPort) {
    return !usesOfPort.containsKey(udpPort)
        || address != 0 && get(address, udpPort) == null && get(0, udpPort) == null;
  }

  /** Adds a binding to an address and port that are free. */
  public void add(UdpBinding binding) {
    if (size >= buckets.length) {
      grow();
    }
    insert(binding);
    usesOfPort.merge(binding.localPort, 1, Integer::sum);
    size++;
  }

  public void remove(UdpBinding binding) {
    int bucket = bucket(binding.localAddress, binding.localPort);
    UdpBinding before = null;
    for (UdpBinding each = buckets[bucket]; each != null; before = each, each = each.next) {
      if (each == binding) {
        if (before == null) {
          buckets[bucket] = each.next;
        } else {
          before.next = each.next;
        }
        usesOfPort.computeIfPresent(each.localPort, (port, uses) -> uses == 1 ? null : uses - 1);
        size--;
        return;
      }
    }
  }

  /** The binding that a datagram from there to here is for; null if there is none. */
  UdpBinding find(int localAddress, int localPort, int remoteAddress, int remotePort) {
    if (size == 0) {
      return null;
    }
    UdpBinding found = get(localAddress, localPort);
    if (found == null || !found.isFor(remoteAddress, remotePort)) {
      found = get(0, localPort);
    }
    return found != null && found.isFor(remoteAddress, remotePort) ? found : null;
  }

  private UdpBinding get(int address, int udpPort) {
    for (UdpBinding each = buckets[bucket(address, udpPort)]; each != null; each = each.next) {
      if (each.localPort == udpPort && each.localAddress == address) {
        return each;
      }
    }
    return null;
  }

  private void grow() {
    if (buckets.length == 0) {
      usesOfPort = new HashMap<>();
    }
    UdpBinding[] before = buckets;
    buckets = new UdpBinding[Math.max(FIRST_SIZE, 2 * before.length)];
    for (UdpBinding chain : before) {
      while (chain != null) {
        UdpBinding rest = chain.next;
        insert(chain);
        chain = rest;
      }
    }
  }

  private void insert(UdpBinding binding) {
    int bucket = bucket(binding.localAddress, binding.localPort);
    binding.next = buckets[bucket];
    buckets[bucket] = binding;
  }

  private int bucket(int address, int udpPort) {
    int mixed = (address * 0x9e37_79b1 + udpPort) * 0x85eb_ca6b;
    return (mixed ^ mixed >>> 16) & buckets.length - 1;
  }

  /** How many sockets are bound. */
  public int size() {
    return size;
  }

  /** All bindings by local port, then by local address. */
  public List<UdpBinding> list() {
    List<UdpBinding> all = new ArrayList<>(size);
    for (UdpBinding chain : buckets) {
      for (UdpBinding each = chain; each != null; each = each.next) {
        all.add(each);
      }
    }
    all.sort(
        Comparator.comparingInt(UdpBinding::localPort)
            .thenComparing(UdpBinding::localAddress, Integer::compareUnsigned));
    return all;
  }
}
