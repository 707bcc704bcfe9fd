package dev.dockwire.fabric;

import dev.dockwire.frame.DropReason;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Clock;

/**
 * How a thread other than the fabric's transmits from a NIC: a TAP reader, an edge, a test. Waits
 * while the ring is full. Safe for use by several threads.
 */
public final class Inlet {

  private final FrameRing ring;
  private final Nic nic;
  private final Clock clock;

  Inlet(FrameRing ring, Nic nic, Clock clock) {
    this.ring = ring;
    this.nic = nic;
    this.clock = clock;
  }

  /**
   * Transmits a copy of one frame. One that is too short or too long for the NIC is counted there
   * as {@code port.runt} or {@code port.oversize}.
   */
  public void transmit(byte[] bytes, int offset, int length) {
    transmit(bytes, offset, length, 1);
  }

  /**
   * Transmits copies of {@code count} frames of {@code length} bytes that lie one after the other:
   * one hand-over between threads for all of them.
   */
  public void transmit(byte[] bytes, int offset, int length, int count) {
    nic.offeredElsewhere(count);
    int sent = 0;
    while (sent < count) {
      int batch = Math.min(count - sent, ring.size() / 2);
      long last = ring.claim(batch);
      long first = last - batch + 1;
      long now = clock.now();
      for (long sequence = first; sequence <= last; sequence++) {
        FrameSlot slot = ring.slot(sequence);
        slot.claimedAs(sequence);
        fill(slot, bytes, offset + sent * length, length, now);
        sent++;
      }
      ring.publish(first, last);
      clock.wake();
    }
  }

  private void fill(FrameSlot slot, byte[] bytes, int offset, int length, long now) {
    if (Nic.isRunt(length)) {
      slot.fillLost(nic, DropReason.PORT_RUNT);
    } else if (nic.isOversize(bytes, offset, length)) {
      slot.fillLost(nic, DropReason.PORT_OVERSIZE);
    } else {
      System.arraycopy(bytes, offset, slot.bytes(), slot.offset(), length);
      slot.fill(nic, length, now);
    }
  }
}
