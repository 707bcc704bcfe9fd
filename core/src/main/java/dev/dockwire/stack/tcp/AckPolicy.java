package dev.dockwire.stack.tcp;

import dev.dockwire.time.Clock;

/**
 * When data is acknowledged (RFC 9293, section 3.8.6.3; RFC 5681, section 4.2): every second full
 * segment, at once when the sender should know, and otherwise after 40 ms. The first sixteen
 * segments are acknowledged at once, for the sender's slow start.
 */
final class AckPolicy {

  private static final long DELAY_NANOS = 40_000_000;
  private static final int QUICK_ACKS = 16;

  private int debt;
  private int quickAcks = QUICK_ACKS;
  private boolean due;
  private long deadline = Clock.NEVER;

  /** Data has come. */
  void received(int octets, boolean atOnce, int mss, long now) {
    debt += octets;
    if (quickAcks > 0) {
      quickAcks--;
      due = true;
    } else if (atOnce || debt >= 2 * mss) {
      due = true;
    } else if (deadline == Clock.NEVER) {
      deadline = now + DELAY_NANOS;
    }
  }

  /** Whether an acknowledgment should go out without waiting for data to go with. */
  boolean isDue(long now) {
    return due || deadline <= now;
  }

  long deadline() {
    return deadline;
  }

  /** Some segment went out, and every segment acknowledges. */
  void sent() {
    debt = 0;
    due = false;
    deadline = Clock.NEVER;
  }
}
