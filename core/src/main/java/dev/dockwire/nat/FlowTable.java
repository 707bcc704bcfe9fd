package dev.dockwire.nat;

import dev.dockwire.time.Timer;
import dev.dockwire.time.Timers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All flows a host remembers, found by the tuple of either direction: a hash table with open
 * addressing, at most a quarter full, that grows with the number of flows. At the limit the longest
 * silent flow that nobody answered gives way, else the longest silent that is not assured; both are
 * found without a search. One timer serves all flows.
 */
final class FlowTable {

  private static final int FIRST_SLOTS = 64;
  private static final int SLOTS_PER_FLOW = 8;

  private final int limit;
  private final int hashKey;
  private final Timer timer;
  private final Consumer<Flow> whenRemoved;
  private final AgeList[] lists = new AgeList[FlowAge.values().length];

  private FlowSide[] slots = new FlowSide[FIRST_SLOTS];
  private int size;
  private long evicted;

  /**
   * @param limit of flows
   * @param whenRemoved hears of every flow that is forgotten
   */
  FlowTable(int limit, int hashKey, Timers timers, Consumer<Flow> whenRemoved) {
    this.limit = limit;
    this.hashKey = hashKey;
    this.timer = timers.timer(this::expire);
    this.whenRemoved = whenRemoved;
    for (int i = 0; i < lists.length; i++) {
      lists[i] = new AgeList();
    }
  }

  /** The direction whose packets look like this; null if none does. */
  FlowSide find(Tuple tuple) {
    int mask = slots.length - 1;
    int hash = tuple.hash(hashKey);
    for (int slot = hash & mask; slots[slot] != null; slot = slot + 1 & mask) {
      FlowSide side = slots[slot];
      if (side.hash == hash && side.sameAs(tuple)) {
        return side;
      }
    }
    return null;
  }

  /** Adds a flow neither of whose tuples is in use; false if the table is full. */
  boolean add(Flow flow, long now) {
    if (size >= limit && !makeRoom()) {
      return false;
    }
    if ((size + 1) * SLOTS_PER_FLOW > slots.length) {
      grow();
    }
    flow.original.hash = flow.original.hash(hashKey);
    flow.reply.hash = flow.reply.hash(hashKey);
    insert(flow.original);
    insert(flow.reply);
    flow.isKnown = true;
    size++;
    flow.deadline = now + flow.age.timeoutNanos();
    list(flow).add(flow);
    arm(flow.deadline);
    return true;
  }

  private boolean makeRoom() {
    Flow victim = longestSilent(FlowAge.Worth.UNANSWERED);
    if (victim == null) {
      victim = longestSilent(FlowAge.Worth.UNASSURED);
    }
    if (victim == null) {
      return false;
    }
    remove(victim);
    evicted++;
    return true;
  }

  private Flow longestSilent(FlowAge.Worth worth) {
    Flow found = null;
    long since = 0;
    for (AgeList list : lists) {
      Flow oldest = list.oldest();
      if (oldest != null && oldest.age.worth() == worth) {
        long heard = oldest.deadline - oldest.age.timeoutNanos();
        if (found == null || heard < since) {
          found = oldest;
          since = heard;
        }
      }
    }
    return found;
  }

  /** Keeps a flow as long as its age says from now on. */
  void refresh(Flow flow, FlowAge age, long now) {
    list(flow).remove(flow);
    flow.age = age;
    flow.deadline = now + age.timeoutNanos();
    list(flow).add(flow);
    arm(flow.deadline);
  }

  void remove(Flow flow) {
    delete(flow.original);
    delete(flow.reply);
    list(flow).remove(flow);
    flow.isKnown = false;
    size--;
    whenRemoved.accept(flow);
  }

  /** Forgets all flows that are meant. */
  void removeIf(Predicate<Flow> meant) {
    list().stream().filter(meant).forEach(this::remove);
  }

  private AgeList list(Flow flow) {
    return lists[flow.age.ordinal()];
  }

  /** Only ever earlier: what was kept longer in the meantime is seen when the timer expires. */
  private void arm(long deadline) {
    if (!timer.isArmed() || deadline < timer.deadline()) {
      timer.arm(deadline);
    }
  }

  private void expire(long now) {
    Flow next = null;
    for (AgeList list : lists) {
      Flow oldest = list.oldest();
      while (oldest != null && oldest.deadline <= now) {
        remove(oldest);
        oldest = list.oldest();
      }
      if (oldest != null && (next == null || oldest.deadline < next.deadline)) {
        next = oldest;
      }
    }
    if (next != null) {
      arm(next.deadline);
    }
  }

  private void insert(FlowSide side) {
    int mask = slots.length - 1;
    int slot = side.hash & mask;
    while (slots[slot] != null) {
      slot = slot + 1 & mask;
    }
    slots[slot] = side;
  }

  /** Closes the gap, so that a search may still stop at the first empty slot. */
  private void delete(FlowSide side) {
    int mask = slots.length - 1;
    int gap = side.hash & mask;
    while (slots[gap] != side) {
      gap = gap + 1 & mask;
    }
    for (int slot = gap + 1 & mask; slots[slot] != null; slot = slot + 1 & mask) {
      int home = slots[slot].hash & mask;
      if ((slot - home & mask) >= (slot - gap & mask)) {
        slots[gap] = slots[slot];
        gap = slot;
      }
    }
    slots[gap] = null;
  }

  private void grow() {
    FlowSide[] before = slots;
    slots = new FlowSide[before.length * 2];
    for (FlowSide side : before) {
      if (side != null) {
        insert(side);
      }
    }
  }

  int size() {
    return size;
  }

  /** Flows that gave way to others. */
  long evicted() {
    return evicted;
  }

  /** All flows, the longest kept last. */
  List<Flow> list() {
    List<Flow> flows = new ArrayList<>(size);
    for (AgeList list : lists) {
      for (Flow flow = list.oldest(); flow != null; flow = flow.newer) {
        flows.add(flow);
      }
    }
    flows.sort(Comparator.comparingLong(flow -> flow.deadline));
    return flows;
  }
}
