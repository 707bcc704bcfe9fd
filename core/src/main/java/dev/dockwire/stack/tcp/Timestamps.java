package dev.dockwire.stack.tcp;

import static dev.dockwire.frame.NetworkOrder.int32;
import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

/**
 * The timestamps of one connection (RFC 7323, sections 3 to 5): a clock of milliseconds from an
 * offset that tells nothing of the host, the peer's newest stamp, and the protection against
 * numbers that have wrapped.
 */
final class Timestamps {

  private static final long TICK_NANOS = 1_000_000;

  /** After so long the peer's clock may have gone half round, and its last stamp says nothing. */
  private static final long VALID_NANOS = 24 * 86_400 * 1_000_000_000L;

  private final int offset;
  private boolean on;
  private int recent;
  private long recentAt;

  Timestamps(int offset) {
    this.offset = offset;
  }

  /** A clock that shows this value now. */
  static Timestamps reading(int value, long now) {
    return new Timestamps(value - (int) (now / TICK_NANOS));
  }

  boolean isOn() {
    return on;
  }

  /** Both ends have said in their SYN that they use them. */
  void start(int peersStamp, long now) {
    on = true;
    recent = peersStamp;
    recentAt = now;
  }

  int value(long now) {
    return offset + (int) (now / TICK_NANOS);
  }

  /** What is echoed: TS.Recent. */
  int recent() {
    return recent;
  }

  /** Writes the option with two no-operations before it. */
  void emitAligned(byte[] bytes, int offset, long now) {
    int32(bytes, offset, TcpOptions.ALIGNED_TIMESTAMPS);
    int32(bytes, offset + 4, value(now));
    int32(bytes, offset + 8, recent);
  }

  /** Whether the segment is from before a wrap: PAWS. */
  boolean isOld(int stamp, long now) {
    return isBefore(stamp, recent) && now - recentAt < VALID_NANOS;
  }

  /** An acceptable segment that covers the last acknowledged number brings the stamp to echo. */
  void received(int stamp, int sequence, int lastAckSent, long now) {
    if (!isAfter(sequence, lastAckSent) && (!isBefore(stamp, recent) || isOldRecent(now))) {
      recent = stamp;
      recentAt = now;
    }
  }

  private boolean isOldRecent(long now) {
    return now - recentAt >= VALID_NANOS;
  }

  /** The round trip that an echoed stamp tells of, to a millisecond. */
  long rttNanos(int echo, long now) {
    return Math.max(value(now) - echo, 0) * TICK_NANOS;
  }
}
