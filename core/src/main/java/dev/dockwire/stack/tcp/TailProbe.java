package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

/**
 * The tail loss probe (RFC 8985, section 7): when one, how long to wait before it, and what its
 * acknowledgment tells. One at a time.
 */
final class TailProbe {

  private static final long LEAST_PATIENCE_NANOS = 2_000_000;
  private static final long WORST_ACK_DELAY_NANOS = 200_000_000;

  private final Flight flight;
  private final RttEstimator rtt;
  private final LossRecovery recovery;
  private boolean underWay;
  private boolean wasResend;
  private int end;

  TailProbe(Flight flight, RttEstimator rtt, LossRecovery recovery) {
    this.flight = flight;
    this.rtt = rtt;
    this.recovery = recovery;
  }

  /** Whether the last segments may be asked after, no time-out having passed. */
  boolean isAllowed() {
    return recovery.hasSack()
        && recovery.isOpen()
        && !underWay
        && rtt.srttNanos() > 0
        && flight.sackedSegments() == 0;
  }

  /** How long an acknowledgment may take. */
  long patienceNanos() {
    return Math.max(2 * rtt.srttNanos(), LEAST_PATIENCE_NANOS)
        + (flight.size() == 1 ? WORST_ACK_DELAY_NANOS : 0);
  }

  /** One goes out now: new data, or the last segment again. */
  void begin(boolean again) {
    underWay = true;
    wasResend = again;
  }

  /** One has gone out. */
  void sent(int sndNxt) {
    end = sndNxt;
  }

  /** What was sent again has repaired a loss unless the peer says that it came twice. */
  void acknowledged(int ack, boolean plainDuplicate) {
    if (!underWay || isBefore(ack, end)) {
      return;
    }
    if (!wasResend || recovery.duplicateSeen() || plainDuplicate) {
      underWay = false;
    } else if (isAfter(ack, end)) {
      underWay = false;
      if (recovery.isOpen()) {
        recovery.tailWasLost();
      }
    }
  }

  void forget() {
    underWay = false;
  }
}
