package dev.dockwire.stack.tcp;

/**
 * How much may be under way: slow start, congestion avoidance and fast recovery of Reno (RFC 5681,
 * RFC 6582) from the initial window of RFC 6928, in octets.
 */
final class CongestionWindow {

  private static final int INITIAL_SEGMENTS = 10;
  private static final int LIMIT = 1 << 30;

  private int mss;
  private int cwnd;
  private int ssthresh = LIMIT;
  private int credit;

  void start(int segmentSize) {
    mss = segmentSize;
    cwnd = INITIAL_SEGMENTS * segmentSize;
  }

  int octets() {
    return cwnd;
  }

  void onAck(int acked) {
    if (cwnd < ssthresh) {
      cwnd = Math.min(cwnd + Math.min(acked, 2 * mss), LIMIT);
      return;
    }
    credit += acked;
    if (credit >= cwnd) {
      credit -= cwnd;
      cwnd = Math.min(cwnd + mss, LIMIT);
    }
  }

  /** Three duplicates say that a segment is lost. */
  void enterRecovery(int flight) {
    ssthresh = Math.max(flight / 2, 2 * mss);
    cwnd = ssthresh + 3 * mss;
  }

  /** One more segment has left the network during recovery. */
  void inflate() {
    cwnd = Math.min(cwnd + mss, LIMIT);
  }

  void leaveRecovery() {
    cwnd = ssthresh;
    credit = 0;
  }

  void onTimeout(int flight) {
    ssthresh = Math.max(flight / 2, 2 * mss);
    cwnd = mss;
    credit = 0;
  }
}
