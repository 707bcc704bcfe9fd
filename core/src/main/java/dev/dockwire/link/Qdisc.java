package dev.dockwire.link;

import dev.dockwire.frame.DropReason;

/**
 * What stands between a {@link Nic} and its wire: it may hold, lose, change or double the frames
 * that the NIC transmits. Linux calls it the root queueing discipline of a device.
 *
 * <p>What becomes of a frame here is no news to its sender: it is counted, at the NIC by reason and
 * in the {@link #counters}. A frame that is held is in flight for its NIC.
 */
public interface Qdisc {

  /**
   * Takes a frame that the NIC would put on the wire now: lets it {@link Nic#pass}, or keeps a copy
   * that it will {@link Nic#send} and gives the slot back with {@link Nic#abandon}. The slot may be
   * the medium's scratch slot, which only a copy leaves.
   */
  void enqueue(FrameSlot slot, long now);

  /** Drops what it holds. */
  void reset(DropReason reason);

  /** What tc calls its kind, such as {@code netem}. */
  String kind();

  /** What tc calls it, less the colon: {@code 8001} in hexadecimal. */
  int handle();

  QdiscCounters counters();

  /** Frames that it holds. */
  int heldFrames();

  long heldBytes();
}
