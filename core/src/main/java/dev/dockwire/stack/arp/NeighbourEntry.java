package dev.dockwire.stack.arp;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.time.Timer;

/**
 * What is known about one neighbour. {@link NeighbourCache} changes it, {@link NeighbourTable}
 * finds it, {@link ResolutionQueue} hangs packets on it.
 */
final class NeighbourEntry {

  /** Stands for "no entry". */
  static final NeighbourEntry NONE = new NeighbourEntry(null, 0);

  final StackInterface via;
  final int address;
  long mac;
  NeighbourState state = NeighbourState.INCOMPLETE;

  /** When the neighbour last answered us. */
  long confirmed;

  /** When what we know about it last became different, or sure again. */
  long updated;

  /** How long an answer is good for. */
  long reachableNanos;

  /** Requests sent since the last answer. */
  int asked;

  /** Made when it is first needed. */
  Timer timer;

  NeighbourEntry nextInBucket;
  NeighbourEntry older;
  NeighbourEntry newer;

  ResolutionQueue.Held firstHeld;
  ResolutionQueue.Held lastHeld;
  int heldFrames;
  int heldBytes;

  NeighbourEntry(StackInterface via, int address) {
    this.via = via;
    this.address = address;
  }

  boolean isPermanent() {
    return state == NeighbourState.PERMANENT;
  }

  Neighbour snapshot(long now) {
    NeighbourState seen =
        state == NeighbourState.REACHABLE && isOld(now) ? NeighbourState.STALE : state;
    return new Neighbour(new Ipv4Address(address), new MacAddress(mac), via, seen, now - confirmed);
  }

  /** Whether the last answer is so long ago that the neighbour may be gone. */
  boolean isOld(long now) {
    return now - confirmed >= reachableNanos;
  }
}
