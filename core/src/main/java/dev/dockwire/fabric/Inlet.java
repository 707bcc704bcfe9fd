package dev.dockwire.fabric;

import dev.dockwire.link.Nic;
import dev.dockwire.time.Clock;
import java.util.Objects;

/**
 * How a thread other than the fabric's transmits from a NIC: a TAP reader, an edge, a test. Waits
 * while the fabric has more than it can take. Safe for use by several threads.
 *
 * <p>The NIC counts a frame as offered, and drops what it may not send, when the fabric takes it.
 */
public final class Inlet {

  private final Handover handover;
  private final Nic nic;
  private final Clock clock;

  Inlet(Handover handover, Nic nic, Clock clock) {
    this.handover = handover;
    this.nic = nic;
    this.clock = clock;
  }

  /** Transmits a copy of one frame. */
  public void transmit(byte[] bytes, int offset, int length) {
    transmit(bytes, offset, length, 1);
  }

  /**
   * Transmits copies of {@code count} frames of {@code length} bytes that lie one after the other:
   * one hand-over between threads for all of them.
   */
  public void transmit(byte[] bytes, int offset, int length, int count) {
    Objects.checkFromIndexSize(offset, Math.multiplyExact(length, count), bytes.length);
    int sent = 0;
    while (sent < count) {
      int batch = Math.min(count - sent, handover.maxBatch());
      handover.put(nic, bytes, offset + sent * length, length, batch);
      clock.wake();
      sent += batch;
    }
  }
}
