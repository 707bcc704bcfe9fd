package dev.dockwire.link;

/** What a NIC hands its received frames to: a host's stack. */
@FunctionalInterface
public interface FrameHandler {

  /** Takes a frame that {@code nic} received; borrows it until the call returns. */
  void receive(Nic nic, FrameSlot frame, long now);
}
