package dev.dockwire.edge;

import dev.dockwire.time.Timer;
import dev.dockwire.time.Timers;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * UDP flows, each until it has been silent for {@link #IDLE_NANOS}. Beyond {@link #MAX_FLOWS} the
 * one goes that has been asked for nothing for longest.
 */
final class FlowTable<K, F extends FlowTable.Flow> {

  static final int MAX_FLOWS = 1_024;
  static final long IDLE_NANOS = 90_000_000_000L;

  /** A socket that stands for one pair of ends. */
  abstract static class Flow {

    private long lastHeard;

    /** Something has passed, in whichever direction. */
    final void heard(long now) {
      lastHeard = now;
    }

    abstract void close();
  }

  private final Timer idleTimer;
  private final SequencedMap<K, F> flows = new LinkedHashMap<>(16, 0.75f, true);

  FlowTable(Timers timers) {
    this.idleTimer = timers.timer(this::dropIdle);
  }

  /** The flow of these ends; null if there is none. */
  F find(K ends) {
    return flows.get(ends);
  }

  void add(K ends, F flow, long now) {
    if (flows.size() >= MAX_FLOWS) {
      flows.pollFirstEntry().getValue().close();
    }
    flow.heard(now);
    flows.put(ends, flow);
    if (!idleTimer.isArmed()) {
      idleTimer.arm(now + IDLE_NANOS);
    }
  }

  private void dropIdle(long now) {
    long oldest = now;
    for (var each = flows.values().iterator(); each.hasNext(); ) {
      Flow flow = each.next();
      if (now - flow.lastHeard >= IDLE_NANOS) {
        flow.close();
        each.remove();
      } else {
        oldest = Math.min(oldest, flow.lastHeard);
      }
    }
    if (!flows.isEmpty()) {
      idleTimer.arm(oldest + IDLE_NANOS);
    }
  }

  int size() {
    return flows.size();
  }

  void close() {
    idleTimer.cancel();
    flows.values().forEach(Flow::close);
    flows.clear();
  }
}
