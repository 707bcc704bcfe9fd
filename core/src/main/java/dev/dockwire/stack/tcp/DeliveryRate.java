package dev.dockwire.stack.tcp;

/**
 * How fast the path delivers (draft-cheng-iccrg-delivery-rate-estimation): each segment remembers
 * what had been delivered when it was sent, so that its acknowledgment tells of the octets
 * delivered since. {@link Flight} keeps what is remembered, four longs a segment; octets and
 * nanoseconds.
 */
final class DeliveryRate {

  /** Longs that a segment remembers. */
  static final int STRIDE = 4;

  private static final int KNOWN = 1;
  private static final int LIMITED = 2;

  private long delivered;
  private long deliveredAt;
  private long firstSentAt;
  private long limitedUntil;
  private long clock;

  private boolean sampled;
  private long priorDelivered;
  private boolean priorLimited;
  private long sendNanos;
  private long ackNanos;

  /** A segment goes out. */
  void sent(long[] memory, int at, boolean first, long now) {
    if (first) {
      firstSentAt = now;
      deliveredAt = now;
    }
    memory[at] = delivered;
    memory[at + 1] = deliveredAt;
    memory[at + 2] = firstSentAt;
    memory[at + 3] = limitedUntil > 0 ? KNOWN | LIMITED : KNOWN;
  }

  /** An acknowledgment has come; {@link #delivered} says of what. */
  void begin(long now) {
    clock = now;
    sampled = false;
    priorDelivered = 0;
  }

  void delivered(long[] memory, int at, long sentAt, int octets) {
    delivered += octets;
    deliveredAt = clock;
    if (memory[at + 3] == 0 || sampled && memory[at] < priorDelivered) {
      return;
    }
    sampled = true;
    priorDelivered = memory[at];
    priorLimited = (memory[at + 3] & LIMITED) != 0;
    sendNanos = sentAt - memory[at + 2];
    ackNanos = clock - memory[at + 1];
    firstSentAt = sentAt;
    memory[at + 3] = 0;
  }

  /** All that the application has written is under way: what comes is no measure of the path. */
  void applicationLimited(int pipe) {
    limitedUntil = Math.max(delivered + pipe, 1);
  }

  /**
   * Octets per second by the last acknowledgment; 0 if it tells nothing.
   *
   * @param minRttNanos what is faster than the path can be is compression, not speed
   */
  double octetsPerSecond(long minRttNanos) {
    if (limitedUntil > 0 && delivered > limitedUntil) {
      limitedUntil = 0;
    }
    long interval = Math.max(sendNanos, ackNanos);
    if (!sampled || interval <= 0 || interval < minRttNanos) {
      return 0;
    }
    return (delivered - priorDelivered) * 1e9 / interval;
  }

  boolean isSampled() {
    return sampled;
  }

  boolean wasApplicationLimited() {
    return priorLimited;
  }

  /** Octets delivered when the newest of the segments acknowledged now was sent. */
  long priorDelivered() {
    return priorDelivered;
  }

  /** Octets delivered so far. */
  long delivered() {
    return delivered;
  }
}
