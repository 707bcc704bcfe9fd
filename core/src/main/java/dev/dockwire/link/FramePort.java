package dev.dockwire.link;

/** What stands at the far end of a NIC's wire: a port of a bridge, or another NIC. */
public interface FramePort {

  /** Takes a frame that arrived over the wire, and settles its fate; borrows it for the call. */
  void receive(FrameSlot frame, long now);

  /** Whether anybody can be reached behind it; if not, the NIC at this end has no carrier. */
  default boolean leadsOn() {
    return true;
  }
}
