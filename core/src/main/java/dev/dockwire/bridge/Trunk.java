package dev.dockwire.bridge;

import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FramePort;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One end of a wire between two bridges: what leaves the bridge here is copied onto the ring again,
 * as it crosses another wire. Flooded frames have a budget, and every frame a bound on the wires it
 * may cross, so that a loop cannot storm for ever.
 */
final class Trunk implements FramePort {

  private static final int MAX_HOPS = 16;
  private static final int FLOODED_FRAMES_PER_SECOND = 10_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Nic nic;
  private BridgePort farPort;
  private long budget = FLOODED_FRAMES_PER_SECOND;
  private long budgetSecond;

  private Trunk(Nic nic) {
    this.nic = nic;
  }

  /** See {@link Bridge#join}. */
  static void join(Nic here, Bridge bridge, Nic there, Bridge other, boolean allowLoop) {
    if (!allowLoop && areJoined(bridge, other)) {
      throw new IllegalArgumentException(
          "a wire between " + bridge + " and " + other + " would close a loop");
    }
    Trunk out = new Trunk(here);
    Trunk back = new Trunk(there);
    BridgePort near = bridge.add(here.name(), out);
    BridgePort far = other.add(there.name(), back);
    out.plug(far);
    back.plug(near);
  }

  /** Whether frames get from one bridge to another already, by whatever wires. */
  private static boolean areJoined(Bridge bridge, Bridge other) {
    Set<Bridge> seen = new HashSet<>(Set.of(bridge));
    Deque<Bridge> next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      Bridge here = next.remove();
      if (here == other) {
        return true;
      }
      for (BridgePort port : here.ports()) {
        if (port.farEnd() instanceof Trunk trunk && seen.add(trunk.farBridge())) {
          next.add(trunk.farBridge());
        }
      }
    }
    return false;
  }

  private void plug(BridgePort far) {
    farPort = far;
    nic.connect(far);
  }

  /** Takes the wire away, with the port at its other end. */
  void unplug() {
    nic.disconnect();
    farPort.detach();
  }

  /** Takes a frame that leaves the bridge to the other end of the wire. */
  @Override
  public void receive(FrameSlot frame, long now) {
    boolean flooded = frame.fate() == FrameSlot.Fate.FLOODED;
    if (frame.hops() >= MAX_HOPS || flooded && !withinBudget(now)) {
      nic.refuse(DropReason.PORT_STORM_DROP);
      return;
    }
    FrameSlot slot = nic.claim(frame.length());
    slot.copyFrom(frame, frame.hops() + 1);
    nic.publish(slot, frame.length(), now);
  }

  /** The end of the wire at this bridge. */
  Nic nic() {
    return nic;
  }

  Bridge farBridge() {
    return farPort.bridge();
  }

  private boolean withinBudget(long now) {
    long second = now / SECOND;
    if (second != budgetSecond) {
      budgetSecond = second;
      budget = FLOODED_FRAMES_PER_SECOND;
    }
    return budget-- > 0;
  }
}
