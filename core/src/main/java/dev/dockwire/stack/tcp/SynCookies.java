package dev.dockwire.stack.tcp;

import java.util.random.RandomGenerator;

/**
 * SYN cookies (RFC 4987, section 3.6): when a listening port's queue of handshakes is full, all
 * that has to be remembered of a SYN goes into the SYN-ACK, whose acknowledgment brings it back.
 * Nothing is kept per SYN.
 *
 * <p>The initial sequence number is 28 bits of a keyed hash over the connection, the peer's number
 * and the rest; one bit that says which key; three that index {@link #MSS}. Window scale and SACK
 * ride in the lowest bits of the timestamp, where Linux has them, if the peer uses timestamps, and
 * are lost otherwise. ECN is not agreed on by a cookie.
 *
 * <p>The key is new every {@link #PERIOD_NANOS} and the last one still counts, so a cookie is good
 * for one to two minutes.
 */
final class SynCookies {

  static final long PERIOD_NANOS = 60_000_000_000L;

  /** What {@link #mss} says of a cookie that is none of ours, or too old. */
  static final int NOT_A_COOKIE = 0;

  /** The peer sent no window scale. */
  static final int NO_SCALE = -1;

  /** Segment sizes of common paths: the peer's is rounded down to one of these. */
  private static final int[] MSS = {48, 256, 536, 1024, 1360, 1440, 1460, 8960};

  private static final int MSS_MASK = 7;
  private static final int KEY_BIT = 8;
  private static final int PLAIN_BITS = 4;
  private static final int SCALE_MASK = 0xf;
  private static final int SACK_BIT = 0x10;
  private static final int STAMP_BITS = 6;

  private final RandomGenerator random;
  private final SipHash[] keys = new SipHash[2];
  private long period = -1;
  private long lastPeriod = Long.MIN_VALUE;

  /**
   * @param random the source of keys
   */
  SynCookies(RandomGenerator random) {
    this.random = random;
    keys[0] = newKey();
    keys[1] = newKey();
  }

  private SipHash newKey() {
    return new SipHash(random.nextLong(), random.nextLong());
  }

  /** The initial sequence number with which to answer a SYN. */
  int isn(
      int localAddress,
      int localPort,
      int remoteAddress,
      int remotePort,
      int irs,
      int peerMss,
      long now) {
    rotate(now);
    lastPeriod = period;
    int plain = (int) (period & 1) * KEY_BIT | indexOf(peerMss);
    return seal(localAddress, localPort, remoteAddress, remotePort, irs, plain);
  }

  /** Whether a cookie that is good could be about. */
  boolean isAnyOut(long now) {
    rotate(now);
    return period - 1 <= lastPeriod;
  }

  /**
   * The peer's segment size, if this is a number that {@link #isn} gave to it lately; else {@link
   * #NOT_A_COOKIE}.
   *
   * @param cookie the acknowledgment number of the peer's segment less one
   * @param irs the sequence number of the peer's segment less one
   */
  int mss(
      int localAddress,
      int localPort,
      int remoteAddress,
      int remotePort,
      int irs,
      int cookie,
      long now) {
    rotate(now);
    int plain = cookie & (1 << PLAIN_BITS) - 1;
    int sealed = seal(localAddress, localPort, remoteAddress, remotePort, irs, plain);
    return sealed == cookie ? MSS[plain & MSS_MASK] : NOT_A_COOKIE;
  }

  /** Each period has one of two keys; the period before the last one's key is overwritten. */
  private void rotate(long now) {
    long current = Math.floorDiv(now, PERIOD_NANOS);
    if (current == period) {
      return;
    }
    if (current != period + 1) {
      keys[(int) (current + 1 & 1)] = newKey();
    }
    keys[(int) (current & 1)] = newKey();
    period = current;
  }

  private int seal(
      int localAddress, int localPort, int remoteAddress, int remotePort, int irs, int plain) {
    SipHash key = keys[plain / KEY_BIT];
    long addresses = (long) localAddress << 32 | remoteAddress & 0xffff_ffffL;
    long ports = (long) localPort << 16 | remotePort;
    long hash = key.hash(key.hash(addresses, ports), (long) irs << 32 | plain);
    return (int) hash << PLAIN_BITS | plain;
  }

  private static int indexOf(int peerMss) {
    int index = MSS.length - 1;
    while (index > 0 && MSS[index] > peerMss) {
      index--;
    }
    return index;
  }

  /**
   * The timestamp of the SYN-ACK: at most 63 ticks older than it is, with the peer's options in its
   * lowest bits.
   *
   * @param windowScale the peer's shift or {@link #NO_SCALE}
   */
  static int stamp(int timestamp, int windowScale, boolean sackPermitted) {
    int options = windowScale & SCALE_MASK | (sackPermitted ? SACK_BIT : 0);
    int stamp = timestamp & -(1 << STAMP_BITS) | options;
    return stamp - timestamp > 0 ? stamp - (1 << STAMP_BITS) : stamp;
  }

  /** The peer's shift, 0 to 14, or {@link #NO_SCALE}, from the echo of a {@link #stamp}. */
  static int windowScale(int echo) {
    int scale = echo & SCALE_MASK;
    return scale == SCALE_MASK ? NO_SCALE : scale;
  }

  static boolean isSackPermitted(int echo) {
    return (echo & SACK_BIT) != 0;
  }
}
