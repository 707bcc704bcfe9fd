package dev.dockwire.link;

/**
 * What stands between a {@link Nic} and its wire: it may hold, lose, change or double the frames
 * that the NIC transmits. Linux calls it the root queueing discipline of a device.
 */
public interface Qdisc {

  /**
   * Takes a frame that the NIC would put on the wire now: sends it on with {@link Nic#send}, or
   * keeps a copy and gives the slot back with {@link Nic#abandon}.
   *
   * @return false if there was no room for the frame, and it was dropped and counted
   */
  boolean enqueue(FrameSlot slot, int length, long now);

  /** Loses what it holds: the link has gone down, or the qdisc has been taken away. */
  void reset();
}
