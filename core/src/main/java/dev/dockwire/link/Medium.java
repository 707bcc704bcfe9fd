package dev.dockwire.link;

/**
 * What carries the frames that NICs transmit: the fabric's ring, or a host's loopback. Owned by the
 * fabric's thread; a claim never waits.
 */
public interface Medium {

  /**
   * A slot for a frame of up to {@code length} bytes, to be filled and given back by {@link
   * #publish} or {@link #abandon}. Without room it is {@link #isScratch a scratch slot}: the caller
   * fills it all the same, and the frame is lost.
   */
  FrameSlot claim(Nic nic, int length);

  /** Whether a claimed slot leads nowhere because there was no room. */
  boolean isScratch(FrameSlot slot);

  /** Sends a filled slot on its way. */
  void publish(FrameSlot slot);

  /** Gives a claimed slot back unsent. */
  void abandon(FrameSlot slot);

  /** The largest frame that fits, header and tag included. */
  int maxFrameLength();

  /** How many frames a NIC may have waiting for room before the next one is dropped. */
  int maxBacklog();
}
