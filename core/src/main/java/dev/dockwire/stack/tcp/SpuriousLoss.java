package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isBefore;

/**
 * Tells that a loss was none: the first acknowledgment echoes a timestamp from before anything was
 * sent again (Eifel, RFC 3522 and 4015), or all that was sent again came twice (D-SACK, RFC 3708).
 */
final class SpuriousLoss {

  private final Timestamps timestamps;
  private boolean mayUndo;
  private boolean echoUntested;
  private int resentSegments;
  private int firstResendStamp;

  SpuriousLoss(Timestamps timestamps) {
    this.timestamps = timestamps;
  }

  /** Something is thought lost, and nothing of it is sent again yet. */
  void begin() {
    mayUndo = true;
    echoUntested = true;
    resentSegments = 0;
    firstResendStamp = 0;
  }

  /** What is lost now is not in doubt. */
  void stop() {
    mayUndo = false;
  }

  void sentAgain(long now) {
    if (resentSegments++ == 0 && firstResendStamp == 0) {
      firstResendStamp = timestamps.value(now);
    }
  }

  /** The peer reports a segment as received twice. */
  void cameTwice() {
    resentSegments--;
  }

  /** Whether an acknowledgment of so many octets tells it. */
  boolean isToldBy(int acked, boolean duplicateSeen, TcpOptions options) {
    if (!mayUndo || !echoUntested && resentSegments > 0) {
      return false;
    }
    boolean early =
        echoUntested
            && acked > 0
            && firstResendStamp != 0
            && timestamps.isOn()
            && options.hasTimestamp()
            && isBefore(options.echo(), firstResendStamp);
    boolean allTwice = duplicateSeen && firstResendStamp != 0 && resentSegments <= 0;
    if (acked > 0 && firstResendStamp != 0) {
      echoUntested = false;
    }
    return early || allTwice;
  }
}
