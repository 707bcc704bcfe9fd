package dev.dockwire.nat;

import dev.dockwire.frame.Ipv4View;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Which outside ports stand for whom. One inside source has one outside port towards all servers,
 * and no two share one (RFC 4787, REQ-1 and REQ-2; RFC 5382, REQ-1 and REQ-7). A port is kept if it
 * is free, and otherwise a random one of its class is taken: below 1024 stays below 1024.
 */
final class SourceMappings {

  private static final int PORTS = 65_536;
  private static final int FIRST_UNPRIVILEGED = 1_024;
  private static final int MAX_TRIES = 64;
  private static final int NONE = -1;

  private record Pool(int protocol, int outside) {}

  private final RandomGenerator random;
  private final Map<SourceMapping.Inside, SourceMapping> byInside = new HashMap<>();
  private final Map<Pool, BitSet> taken = new HashMap<>();

  SourceMappings(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The mapping of a source, a new one if it has none; null if no port is left.
   *
   * @param isUsable looks at a new port besides, for flows that have it without a mapping
   */
  SourceMapping take(int protocol, int address, int port, int outside, IntPredicate isUsable) {
    SourceMapping.Inside inside = new SourceMapping.Inside(protocol, address, port, outside);
    SourceMapping mapping = byInside.get(inside);
    if (mapping == null) {
      BitSet ports = taken.computeIfAbsent(new Pool(protocol, outside), _ -> new BitSet(PORTS));
      int chosen = choose(ports, protocol, port, isUsable);
      if (chosen == NONE) {
        return null;
      }
      ports.set(chosen);
      mapping = new SourceMapping(inside, chosen);
      byInside.put(inside, mapping);
    }
    mapping.flows++;
    return mapping;
  }

  private int choose(BitSet ports, int protocol, int wanted, IntPredicate isUsable) {
    boolean hasPorts = protocol == Ipv4View.PROTOCOL_TCP || protocol == Ipv4View.PROTOCOL_UDP;
    if (!ports.get(wanted) && (wanted != 0 || !hasPorts) && isUsable.test(wanted)) {
      return wanted;
    }
    boolean isPrivileged = hasPorts && wanted < FIRST_UNPRIVILEGED;
    int first = hasPorts ? isPrivileged ? 1 : FIRST_UNPRIVILEGED : 0;
    int end = isPrivileged ? FIRST_UNPRIVILEGED : PORTS;
    int next = random.nextInt(first, end);
    for (int tried = 0; tried < MAX_TRIES; tried++) {
      int chosen = ports.nextClearBit(next);
      if (chosen >= end) {
        chosen = ports.nextClearBit(first);
      }
      if (chosen >= end) {
        return NONE;
      }
      if (isUsable.test(chosen)) {
        return chosen;
      }
      next = chosen + 1;
    }
    return NONE;
  }

  /** One flow of a mapping has ended. */
  void release(SourceMapping mapping) {
    if (--mapping.flows == 0) {
      SourceMapping.Inside inside = mapping.inside();
      byInside.remove(inside);
      Pool pool = new Pool(inside.protocol(), inside.outside());
      BitSet ports = taken.get(pool);
      ports.clear(mapping.port());
      if (ports.isEmpty()) {
        taken.remove(pool);
      }
    }
  }

  /** How many sources have an outside port. */
  int size() {
    return byInside.size();
  }
}
