package dev.dockwire.bridge;

import java.util.Arrays;

/**
 * Which port each MAC address was last seen on: IEEE 802.1D's filtering database.
 *
 * <p>A hash table with linear probing. A place is two longs side by side, so that one cache line
 * answers both questions a frame asks: the address with the number of its entry, and where and when
 * it was last seen. The entries of one port form a list, the most recently seen first, so that a
 * full table can evict the least recently seen address of the port that holds most: a flooded port
 * cannot push out a quiet one's entries (the rule of Open vSwitch).
 *
 * <p>Entries age after {@code ageingNanos}, counted in ticks of about a second; an aged entry is
 * not found any more, and goes when it is the next to be evicted or its port is removed. The table
 * grows up to its limit and allocates nothing after that. Addresses are unicast, never broadcast.
 */
final class ForwardingTable {

  /** Not found. */
  static final int NONE = -1;

  /** A tick is 2^30 ns, about 1.07 s. */
  private static final int TICK_SHIFT = 30;

  private static final int MAX_LIMIT = 65_535;
  private static final int ENTRY_BITS = 16;
  private static final long ENTRY_MASK = (1L << ENTRY_BITS) - 1;
  private static final long EMPTY = -1L;

  /** A place: its address and entry come first, its sighting second. */
  private static final int PLACE = 2;

  private static final int SIGHTING = 1;

  /** A quarter of the places is used at most: most searches end at the first. */
  private static final int PLACES_PER_ENTRY = 4;

  private static final int PINNED = Integer.MAX_VALUE;
  private static final int MOVES_PER_TICK_OF_A_FLAP = 10;

  private final int limit;
  private int ageingTicks;

  /** Address and entry of each place, and its sighting: the port's number above the tick. */
  private long[] places;

  private int placeMask;

  private long[] macs = {};
  private int[] olderInPort = {};
  private int[] newerInPort = {};
  private int[] movedTicks = {};
  private int[] movesInTick = {};
  private int[] freeEntries;
  private int freeCount;
  private int size;

  private int[] newestOfPort = filled(4, NONE);
  private int[] oldestOfPort = filled(4, NONE);

  /** Without those that are pinned. */
  private int[] countOfPort = new int[4];

  private int fullestPort;
  private int fullestCount;

  private long evictions;
  private long moves;
  private long flaps;

  /**
   * @param limit the largest number of addresses, up to 65535
   */
  ForwardingTable(int limit, long ageingNanos) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a table holds 1 to " + MAX_LIMIT + " addresses");
    }
    this.limit = limit;
    ageing(ageingNanos);
    allocate(Math.min(limit, 32));
  }

  void ageing(long nanos) {
    ageingTicks = (int) Math.max(1, nanos + (1L << TICK_SHIFT) / 2 >> TICK_SHIFT);
  }

  /** The port that {@code mac} was last seen on, or {@link #NONE}. */
  int lookup(long mac, long now) {
    int place = find(mac);
    if (place == NONE) {
      return NONE;
    }
    long sighting = places[place + SIGHTING];
    return isAged(sighting, tick(now)) ? NONE : port(sighting);
  }

  /** Whether learning that {@code mac} is on {@code port} would tell nothing new. */
  boolean isFresh(long mac, int port, long now) {
    int place = find(mac);
    return place != NONE && places[place + SIGHTING] == sighting(port, tick(now));
  }

  /**
   * Notes that {@code mac} was seen on {@code port}.
   *
   * @return whether the address flaps: it moved between ports more than ten times in this tick
   */
  boolean learn(long mac, int port, long now) {
    int place = find(mac);
    int tick = tick(now);
    if (place == NONE) {
      insert(mac, port, tick);
      return false;
    }
    return places[place + SIGHTING] != sighting(port, tick) && seeAgain(place, port, tick);
  }

  private boolean seeAgain(int place, int port, int tick) {
    long sighting = places[place + SIGHTING];
    if (isPinned(sighting)) {
      return false;
    }
    int entry = entry(places[place]);
    boolean flapping = port(sighting) != port && !isAged(sighting, tick) && countMove(entry, tick);
    unlink(entry, port(sighting));
    countOfPort[port(sighting)]--;
    link(entry, port);
    count(port);
    places[place + SIGHTING] = sighting(port, tick);
    return flapping;
  }

  private boolean countMove(int entry, int tick) {
    moves++;
    if (movedTicks[entry] != tick) {
      movedTicks[entry] = tick;
      movesInTick[entry] = 0;
    }
    if (++movesInTick[entry] <= MOVES_PER_TICK_OF_A_FLAP) {
      return false;
    }
    flaps++;
    return true;
  }

  /** Enters an address that neither ages nor moves: one of the bridge's own. */
  void pin(long mac, int port) {
    int place = find(mac);
    if (place != NONE) {
      remove(place);
    }
    insert(mac, port, PINNED);
  }

  /** Forgets every address seen on {@code port}. */
  void removePort(int port) {
    if (port < countOfPort.length) {
      while (oldestOfPort[port] != NONE) {
        remove(find(macs[oldestOfPort[port]]));
      }
    }
  }

  /** How many addresses are entered, aged ones included. */
  int size() {
    return size;
  }

  long evictions() {
    return evictions;
  }

  /** How often an address turned up on another port than before. */
  long moves() {
    return moves;
  }

  /** How many of the moves came faster than ten in a tick. */
  long flaps() {
    return flaps;
  }

  /** Shows each entry that has not aged, ports in order, the most recently seen first. */
  void forEach(long now, EntryVisitor visitor) {
    int tick = tick(now);
    for (int port = 0; port < newestOfPort.length; port++) {
      for (int entry = newestOfPort[port]; entry != NONE; entry = olderInPort[entry]) {
        long sighting = places[find(macs[entry]) + SIGHTING];
        if (!isAged(sighting, tick)) {
          boolean pinned = isPinned(sighting);
          long age = pinned ? 0 : (long) (tick - seenTick(sighting)) << TICK_SHIFT;
          visitor.visit(macs[entry], port, pinned, age);
        }
      }
    }
  }

  /** Sees the entries of a table. */
  @FunctionalInterface
  interface EntryVisitor {
    void visit(long mac, int port, boolean pinned, long ageNanos);
  }

  private static int tick(long now) {
    return (int) (now >>> TICK_SHIFT);
  }

  private static long sighting(int port, int tick) {
    return (long) port << 32 | tick;
  }

  private static int port(long sighting) {
    return (int) (sighting >>> 32);
  }

  private static int seenTick(long sighting) {
    return (int) sighting;
  }

  private static boolean isPinned(long sighting) {
    return seenTick(sighting) == PINNED;
  }

  /** Never true of a pinned entry, which was seen in the far future. */
  private boolean isAged(long sighting, int tick) {
    return tick - seenTick(sighting) > ageingTicks;
  }

  private static int entry(long content) {
    return (int) (content & ENTRY_MASK);
  }

  /** The first place to look for {@code mac}: the index of its address in {@link #places}. */
  private int home(long mac) {
    long mixed = mac * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> 40) & placeMask;
  }

  private int after(int place) {
    return place + PLACE & placeMask;
  }

  private int find(long mac) {
    int place = home(mac);
    while (true) {
      long content = places[place];
      if (content >>> ENTRY_BITS == mac) {
        return place;
      }
      if (content == EMPTY) {
        return NONE;
      }
      place = after(place);
    }
  }

  private void insert(long mac, int port, int tick) {
    if (size == macs.length) {
      if (size < limit) {
        grow();
      } else if (!evict()) {
        return;
      }
    }
    int entry = freeEntries[--freeCount];
    macs[entry] = mac;
    movesInTick[entry] = 0;
    link(entry, port);
    if (tick != PINNED) {
      count(port);
    }
    put(mac << ENTRY_BITS | entry, sighting(port, tick));
    size++;
  }

  private void put(long content, long sighting) {
    int place = home(content >>> ENTRY_BITS);
    while (places[place] != EMPTY) {
      place = after(place);
    }
    places[place] = content;
    places[place + SIGHTING] = sighting;
  }

  /** Makes room by forgetting the fullest port's least recently seen address. */
  private boolean evict() {
    if (countOfPort[fullestPort] < fullestCount) {
      findFullestPort();
    }
    int entry = oldestOfPort[fullestPort];
    while (entry != NONE && isPinned(places[find(macs[entry]) + SIGHTING])) {
      entry = newerInPort[entry];
    }
    if (entry == NONE) {
      return false;
    }
    remove(find(macs[entry]));
    evictions++;
    return true;
  }

  private void findFullestPort() {
    fullestPort = 0;
    for (int port = 1; port < countOfPort.length; port++) {
      if (countOfPort[port] > countOfPort[fullestPort]) {
        fullestPort = port;
      }
    }
    fullestCount = countOfPort[fullestPort];
  }

  private void remove(int place) {
    int entry = entry(places[place]);
    long sighting = places[place + SIGHTING];
    unlink(entry, port(sighting));
    if (!isPinned(sighting)) {
      countOfPort[port(sighting)]--;
    }
    clear(place);
    freeEntries[freeCount++] = entry;
    size--;
  }

  /** Empties a place and moves later ones of its run up, so that no search ends too early. */
  private void clear(int place) {
    int hole = place;
    int next = after(hole);
    while (places[next] != EMPTY) {
      int home = home(places[next] >>> ENTRY_BITS);
      if ((next - home & placeMask) >= (next - hole & placeMask)) {
        places[hole] = places[next];
        places[hole + SIGHTING] = places[next + SIGHTING];
        hole = next;
      }
      next = after(next);
    }
    places[hole] = EMPTY;
    places[hole + SIGHTING] = EMPTY;
  }

  private void link(int entry, int port) {
    if (port >= countOfPort.length) {
      growPorts(port);
    }
    int newest = newestOfPort[port];
    olderInPort[entry] = newest;
    newerInPort[entry] = NONE;
    if (newest == NONE) {
      oldestOfPort[port] = entry;
    } else {
      newerInPort[newest] = entry;
    }
    newestOfPort[port] = entry;
  }

  /** One more address of a port that can be evicted. */
  private void count(int port) {
    int count = ++countOfPort[port];
    if (count > fullestCount) {
      fullestCount = count;
      fullestPort = port;
    }
  }

  private void unlink(int entry, int port) {
    int older = olderInPort[entry];
    int newer = newerInPort[entry];
    if (older == NONE) {
      oldestOfPort[port] = newer;
    } else {
      newerInPort[older] = newer;
    }
    if (newer == NONE) {
      newestOfPort[port] = older;
    } else {
      olderInPort[newer] = older;
    }
  }

  private void growPorts(int port) {
    int ports = Math.max(port + 1, countOfPort.length * 2);
    int known = countOfPort.length;
    newestOfPort = Arrays.copyOf(newestOfPort, ports);
    oldestOfPort = Arrays.copyOf(oldestOfPort, ports);
    countOfPort = Arrays.copyOf(countOfPort, ports);
    Arrays.fill(newestOfPort, known, ports, NONE);
    Arrays.fill(oldestOfPort, known, ports, NONE);
  }

  private void grow() {
    long[] known = places;
    allocate(Math.min(limit, macs.length * 2));
    for (int place = 0; place < known.length; place += PLACE) {
      if (known[place] != EMPTY) {
        put(known[place], known[place + SIGHTING]);
      }
    }
  }

  /** Makes room for {@code entries}, which all are in use up to the present number of them. */
  private void allocate(int entries) {
    int known = macs.length;
    places = new long[Integer.highestOneBit(entries * 2 - 1) * PLACES_PER_ENTRY * PLACE];
    Arrays.fill(places, EMPTY);
    placeMask = places.length - PLACE;
    macs = Arrays.copyOf(macs, entries);
    olderInPort = Arrays.copyOf(olderInPort, entries);
    newerInPort = Arrays.copyOf(newerInPort, entries);
    movedTicks = Arrays.copyOf(movedTicks, entries);
    movesInTick = Arrays.copyOf(movesInTick, entries);
    freeEntries = new int[entries];
    freeCount = 0;
    for (int entry = entries - 1; entry >= known; entry--) {
      freeEntries[freeCount++] = entry;
    }
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }
}
