package dev.dockwire.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;

/** How much of the heap is in use when the garbage is gone. */
final class Heap {

  private Heap() {}

  /** In octets; without what threads have set aside for themselves since. */
  static long used() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }
}
