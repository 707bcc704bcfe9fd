package dev.dockwire.link;

import java.util.ArrayList;
import java.util.List;

/**
 * The taps of one NIC. It stands in for the NIC's medium and for its handler and passes on to them,
 * so that a NIC nobody looks at does not even ask whether somebody does.
 */
final class Taps implements Medium, FrameHandler {

  private final Medium medium;
  private final List<FrameTap> taps = new ArrayList<>(1);
  private FrameHandler handler;

  Taps(Medium medium, FrameHandler handler) {
    this.medium = medium;
    this.handler = handler;
  }

  void add(FrameTap tap) {
    taps.add(tap);
  }

  /** Takes a tap away; returns whether none is left. */
  boolean remove(FrameTap tap) {
    taps.remove(tap);
    return taps.isEmpty();
  }

  Medium medium() {
    return medium;
  }

  FrameHandler handler() {
    return handler;
  }

  void handler(FrameHandler newHandler) {
    handler = newHandler;
  }

  @Override
  public void publish(FrameSlot slot) {
    for (int i = 0; i < taps.size(); i++) {
      taps.get(i).onTransmit(slot.sender(), slot);
    }
    medium.publish(slot);
  }

  @Override
  public void receive(Nic nic, FrameSlot frame, long now) {
    for (int i = 0; i < taps.size(); i++) {
      taps.get(i).onReceive(nic, frame, now);
    }
    handler.receive(nic, frame, now);
  }

  @Override
  public FrameSlot claim(Nic nic, int length) {
    return medium.claim(nic, length);
  }

  @Override
  public boolean isScratch(FrameSlot slot) {
    return medium.isScratch(slot);
  }

  @Override
  public void abandon(FrameSlot slot) {
    medium.abandon(slot);
  }

  @Override
  public int maxFrameLength() {
    return medium.maxFrameLength();
  }

  @Override
  public int maxBacklog() {
    return medium.maxBacklog();
  }
}
