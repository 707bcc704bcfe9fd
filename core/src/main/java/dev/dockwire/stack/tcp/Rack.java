package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

/**
 * Recent acknowledgment (RFC 8985): a segment is lost when one that was sent later has arrived, and
 * more time than a round trip and a little for reordering has passed. Nanoseconds.
 */
final class Rack {

  private static final int DUPLICATES = 3;
  private static final int FORGIVING_RECOVERIES = 16;
  private static final int MAX_MULTIPLE = 255;

  private int order;
  private boolean known;
  private long rttNanos;
  private long minRttNanos = Long.MAX_VALUE;
  private int forward;
  private boolean reorderingSeen;
  private int multiple = 1;
  private int forgiving;
  private int roundEnd;
  private boolean widenedThisRound;

  /** A segment has arrived: at the peer, it is the newest, or one that others overtook. */
  void delivered(
      long segmentSentAt, int segmentOrder, int segmentEnd, boolean everResent, long now) {
    if (!known || isAfter(segmentEnd, forward)) {
      forward = segmentEnd;
    } else if (isBefore(segmentEnd, forward) && !everResent) {
      reorderingSeen = true;
    }
    long sample = now - segmentSentAt;
    if (everResent && sample < minRttNanos) {
      // The first transmission was acknowledged, not the one that the time belongs to.
      known = true;
      return;
    }
    if (!everResent) {
      minRttNanos = Math.min(minRttNanos, sample);
    }
    if (rttNanos == 0 || isAfter(segmentOrder, order)) {
      order = segmentOrder;
      rttNanos = Math.max(sample, 1);
    }
    known = true;
  }

  /** The peer got something twice: wait longer for what is only late, once per round trip. */
  void duplicateSeen(int sndUna, int sndNxt) {
    if (!widenedThisRound || !isBefore(sndUna, roundEnd)) {
      widenedThisRound = true;
      roundEnd = sndNxt;
      multiple = Math.min(multiple + 1, MAX_MULTIPLE);
      forgiving = FORGIVING_RECOVERIES;
    }
  }

  void recovered() {
    if (forgiving > 0 && --forgiving == 0) {
      multiple = 1;
    }
  }

  /**
   * Marks what is lost.
   *
   * @return how long to wait until more may be; 0 if nothing is in doubt
   */
  long detect(Flight flight, boolean recovering, long srttNanos, long now) {
    long wait = 0;
    if (rttNanos == 0) {
      return wait;
    }
    long patience = rttNanos + reorderingNanos(flight, recovering, srttNanos);
    for (int i = 0; i < flight.size() && isBefore(flight.start(i), forward); i++) {
      if (flight.isSacked(i) || flight.isMissing(i) || !isAfter(order, flight.order(i))) {
        continue;
      }
      long left = flight.sentAt(i) + patience - now;
      if (left <= 0) {
        flight.markLost(i);
      } else {
        wait = Math.max(wait, left);
      }
    }
    return wait;
  }

  private long reorderingNanos(Flight flight, boolean recovering, long srttNanos) {
    if (!reorderingSeen && (recovering || flight.sackedSegments() >= DUPLICATES)) {
      return 0;
    }
    return minRttNanos == Long.MAX_VALUE ? 0 : Math.min(multiple * (minRttNanos / 4), srttNanos);
  }
}
