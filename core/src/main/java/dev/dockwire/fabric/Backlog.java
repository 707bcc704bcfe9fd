package dev.dockwire.fabric;

import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import java.util.ArrayDeque;

/**
 * The frames that found no room on the ring, in one queue for the whole fabric so that they keep
 * their order, with a bound for each NIC and one for all. Slots are made as they are needed and
 * used again.
 */
final class Backlog {

  private static final int MAX_WAITING = 16_384;

  private final FabricShape shape;
  private final ArrayDeque<FrameSlot> queue = new ArrayDeque<>();
  private final ArrayDeque<FrameSlot> free = new ArrayDeque<>();

  Backlog(FabricShape shape) {
    this.shape = shape;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int size() {
    return queue.size();
  }

  boolean hasRoomFor(Nic nic) {
    return queue.size() < MAX_WAITING && nic.waiting() < shape.maxBacklog();
  }

  /** A slot that will wait. */
  FrameSlot claim() {
    FrameSlot slot = free.isEmpty() ? newSlot() : free.pop();
    slot.claimed();
    return slot;
  }

  void publish(FrameSlot slot) {
    slot.sender().waiting(1);
    queue.add(slot);
  }

  void release(FrameSlot slot) {
    free.push(slot);
  }

  /** Moves frames to the ring while it has room. */
  int drainTo(FrameRing ring) {
    int moved = 0;
    while (!queue.isEmpty() && ring.hasRoom()) {
      FrameSlot waiting = queue.remove();
      FrameSlot slot = ring.claim();
      slot.copyFrom(waiting, waiting.hops());
      slot.fill(waiting.sender(), waiting.length(), waiting.stamp());
      waiting.sender().waiting(-1);
      free.push(waiting);
      moved++;
    }
    return moved;
  }

  private FrameSlot newSlot() {
    int capacity = shape.maxFrameLength();
    return new FrameSlot(new byte[capacity], 0, capacity);
  }
}
