package dev.dockwire.stack.arp;

import dev.dockwire.stack.StackInterface;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds entries by interface and address without allocating, and knows which one has gone unused
 * the longest. Permanent entries are never the oldest.
 */
final class NeighbourTable {

  private static final NeighbourEntry[] EMPTY = new NeighbourEntry[1];

  private NeighbourEntry[] buckets = EMPTY;
  private int size;
  private NeighbourEntry oldest;
  private NeighbourEntry newest;

  NeighbourEntry find(StackInterface via, int address) {
    NeighbourEntry entry = buckets[bucket(via, address)];
    while (entry != null && (entry.address != address || entry.via != via)) {
      entry = entry.nextInBucket;
    }
    return entry == null ? NeighbourEntry.NONE : entry;
  }

  void add(NeighbourEntry entry) {
    if (buckets == EMPTY) {
      buckets = new NeighbourEntry[4];
    } else if (size == buckets.length) {
      grow();
    }
    insert(entry);
    size++;
    if (!entry.isPermanent()) {
      appendNewest(entry);
    }
  }

  void remove(NeighbourEntry entry) {
    int bucket = bucket(entry.via, entry.address);
    if (buckets[bucket] == entry) {
      buckets[bucket] = entry.nextInBucket;
    } else {
      NeighbourEntry before = buckets[bucket];
      while (before.nextInBucket != entry) {
        before = before.nextInBucket;
      }
      before.nextInBucket = entry.nextInBucket;
    }
    entry.nextInBucket = null;
    size--;
    if (!entry.isPermanent()) {
      unlink(entry);
    }
  }

  /** Makes an entry the most recently used one. */
  void touch(NeighbourEntry entry) {
    if (entry != newest && !entry.isPermanent()) {
      unlink(entry);
      appendNewest(entry);
    }
  }

  /**
   * The entry that has gone unused the longest; {@link NeighbourEntry#NONE} if all are permanent.
   */
  NeighbourEntry oldest() {
    return oldest == null ? NeighbourEntry.NONE : oldest;
  }

  int size() {
    return size;
  }

  void forEach(Consumer<NeighbourEntry> action) {
    for (NeighbourEntry first : buckets) {
      for (NeighbourEntry entry = first; entry != null; ) {
        NeighbourEntry next = entry.nextInBucket;
        action.accept(entry);
        entry = next;
      }
    }
  }

  private void appendNewest(NeighbourEntry entry) {
    entry.older = newest;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newer = entry;
    }
    newest = entry;
  }

  private void unlink(NeighbourEntry entry) {
    if (entry.older == null) {
      oldest = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    if (entry.newer == null) {
      newest = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
    entry.older = null;
    entry.newer = null;
  }

  private void grow() {
    NeighbourEntry[] old = buckets;
    buckets = new NeighbourEntry[old.length * 2];
    Arrays.stream(old)
        .forEach(
            first -> {
              for (NeighbourEntry entry = first; entry != null; ) {
                NeighbourEntry next = entry.nextInBucket;
                insert(entry);
                entry = next;
              }
            });
  }

  private void insert(NeighbourEntry entry) {
    int bucket = bucket(entry.via, entry.address);
    entry.nextInBucket = buckets[bucket];
    buckets[bucket] = entry;
  }

  private int bucket(StackInterface via, int address) {
    int hash = (address + via.index() * 31) * 0x9e37_79b1;
    return (hash ^ hash >>> 16) & buckets.length - 1;
  }
}
