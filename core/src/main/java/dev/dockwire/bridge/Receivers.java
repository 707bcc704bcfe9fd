package dev.dockwire.bridge;

import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import java.util.function.Consumer;

/**
 * Which NICs a frame has reached, once its fate is settled: what a capture at the receiving ends
 * wants to know.
 *
 * <p>Meant for the fabric's thread. From another thread, as an observer with a clock of its own
 * asks, it never fails, but a flooded frame's answer may miss ports that come and go just then; and
 * not of a bridge with a {@link FrameFilter}, which would be asked by two threads at a time.
 */
public final class Receivers {

  private Receivers() {}

  /** Shows each NIC, up now, that received {@code frame}, in the order of the bridge's ports. */
  public static void forEach(FrameSlot frame, Consumer<Nic> visitor) {
    if (isCutOff(frame)) {
      return;
    }
    if (frame.sender().peer() instanceof BridgePort port && port.farEnd() instanceof Trunk trunk) {
      visitor.accept(trunk.nic());
    }
    switch (frame.egress()) {
      case BridgePort ingress when frame.fate() == FrameSlot.Fate.FLOODED ->
          ingress.bridge().forEachFlooded(frame, ingress, visitor);
      case BridgePort egress
          when egress.leavesDirectly() && egress.farEnd() instanceof Nic nic && nic.isUp() ->
          visitor.accept(nic);
      case Nic nic when nic.isUp() -> visitor.accept(nic);
      case null, default -> {
        // It went no further than the port it came to, or on to another wire as a new frame.
      }
    }
  }

  private static boolean isCutOff(FrameSlot frame) {
    return frame.fate() == FrameSlot.Fate.DROPPED
        && frame.dropReason() == DropReason.PORT_LINK_DOWN;
  }
}
