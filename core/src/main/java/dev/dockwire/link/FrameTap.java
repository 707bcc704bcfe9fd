package dev.dockwire.link;

/** Somebody who looks at the frames of a NIC as they pass: a program such as tcpdump. */
public interface FrameTap {

  /** A frame is handed to the medium; borrowed until the call returns. */
  void onTransmit(Nic nic, FrameSlot frame);

  /** A frame has come over the wire; borrowed until the call returns. */
  void onReceive(Nic nic, FrameSlot frame, long now);
}
