package dev.dockwire.bridge;

import dev.dockwire.link.FramePort;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.link.Qdisc;

/**
 * The bridge's end of a wire to another host's NIC, as an interface of the bridge's host: the half
 * of Linux's veth pair that {@code ip link} shows there.
 *
 * <p>Frames that leave the bridge go straight to the far NIC, unless a {@link Qdisc} stands here:
 * then they are copied onto the ring once more, as they cross it on their way. Frames in the other
 * direction never meet it.
 */
public final class HostEnd implements FramePort {

  private final BridgePort port;
  private final Nic nic;
  private final Nic farNic;
  private final int index;
  private int farIndex;

  /**
   * @param nic the interface at this end, which nothing is plugged into yet
   * @param index its number on its host
   */
  HostEnd(BridgePort port, Nic nic, Nic farNic, int index) {
    this.port = port;
    this.nic = nic;
    this.farNic = farNic;
    this.index = index;
    nic.connect(farNic);
  }

  /** Puts something between the bridge and the wire, or takes it away; null for nothing. */
  public void qdisc(Qdisc qdisc) {
    nic.qdisc(qdisc);
    port.leaveBy(qdisc == null ? farNic : this);
  }

  @Override
  public void receive(FrameSlot frame, long now) {
    FrameSlot slot = nic.claim(frame.length());
    slot.copyFrom(frame, frame.hops());
    nic.publish(slot, frame.length(), now);
  }

  /** As {@link #receive}, but the copy is another frame than what came to the bridge. */
  void receive(FrameSlot frame, FrameTranslator translator, long now) {
    FrameSlot slot = nic.claim(frame.length());
    slot.copyFrom(frame, frame.hops());
    translator.translate(slot.bytes(), slot.offset());
    nic.publish(slot, frame.length(), now);
  }

  public BridgePort port() {
    return port;
  }

  public Nic nic() {
    return nic;
  }

  public int index() {
    return index;
  }

  /** The number of the interface at the far end on its own host; 0 before it has one. */
  public int farIndex() {
    return farIndex;
  }

  public void farIndex(int newIndex) {
    farIndex = newIndex;
  }
}
