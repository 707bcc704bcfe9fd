package dev.dockwire.fabric;

import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The frames that found no room on the ring, in one queue for the whole fabric so that they keep
 * their order, with a bound for each NIC and one for all. Slots are made as they are needed and
 * used again.
 */
final class Backlog {

  private static final long WAITING = -1;
  private static final int MAX_WAITING = 16_384;

  private final FabricShape shape;
  private final ArrayDeque<FrameSlot> queue = new ArrayDeque<>();
  private final ArrayDeque<FrameSlot> free = new ArrayDeque<>();
  private final Map<Nic, int[]> waitingByNic = new IdentityHashMap<>();
  private final FrameSlot scratch;

  Backlog(FabricShape shape) {
    this.shape = shape;
    this.scratch = newSlot();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** A slot that waits, or the scratch slot if this NIC has as many as it may have. */
  FrameSlot claim(Nic nic) {
    if (queue.size() >= MAX_WAITING || waiting(nic)[0] >= shape.maxBacklog()) {
      return scratch;
    }
    FrameSlot slot = free.isEmpty() ? newSlot() : free.pop();
    slot.claimedAs(WAITING);
    return slot;
  }

  boolean isScratch(FrameSlot slot) {
    return slot == scratch;
  }

  void publish(FrameSlot slot) {
    waiting(slot.sender())[0]++;
    queue.add(slot);
  }

  void release(FrameSlot slot) {
    if (slot != scratch) {
      free.push(slot);
    }
  }

  /** Moves frames to the ring while it has room. */
  int drainTo(FrameRing ring) {
    int moved = 0;
    while (!queue.isEmpty()) {
      long sequence = ring.tryClaim();
      if (sequence < 0) {
        break;
      }
      FrameSlot waiting = queue.remove();
      FrameSlot slot = ring.slot(sequence);
      slot.claimedAs(sequence);
      slot.copyFrom(waiting, waiting.hops());
      slot.fill(waiting.sender(), waiting.length(), waiting.stamp());
      ring.publish(sequence);
      waiting(waiting.sender())[0]--;
      free.push(waiting);
      moved++;
    }
    if (queue.isEmpty()) {
      waitingByNic.clear();
    }
    return moved;
  }

  private int[] waiting(Nic nic) {
    return waitingByNic.computeIfAbsent(nic, _ -> new int[1]);
  }

  private FrameSlot newSlot() {
    return new FrameSlot(new byte[shape.maxFrameLength()], 0, shape.maxFrameLength());
  }
}
