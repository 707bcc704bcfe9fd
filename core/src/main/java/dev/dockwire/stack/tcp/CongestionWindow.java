package dev.dockwire.stack.tcp;

/**
 * How much may be under way, in octets: the initial window of RFC 6928, the loss window, and the
 * window after idle time (RFC 5681, section 4.1). How it grows is {@link CongestionControl}'s.
 */
final class CongestionWindow {

  static final int INITIAL_SEGMENTS = 10;
  static final int LIMIT = 1 << 30;

  private CongestionControl control;
  private int mss;
  private int cwnd;
  private int ssthresh = LIMIT;
  private int cwndBefore;
  private int ssthreshBefore;

  CongestionWindow(CongestionControl control) {
    this.control = control;
  }

  void start(int segmentSize) {
    mss = segmentSize;
    cwnd = INITIAL_SEGMENTS * segmentSize;
  }

  /** Another control takes over the window as it is. */
  void control(CongestionControl next) {
    control = next;
  }

  CongestionControl control() {
    return control;
  }

  /** Segments have another size now; as many of them may be under way as before. */
  void segmentSize(int octets) {
    cwnd = Math.max((int) ((long) cwnd * octets / mss), octets);
    mss = octets;
  }

  int octets() {
    return cwnd;
  }

  int ssthresh() {
    return ssthresh;
  }

  /** Whether a loss has shown where slow start should end. */
  boolean hasThreshold() {
    return ssthresh != LIMIT;
  }

  int mss() {
    return mss;
  }

  boolean isInSlowStart() {
    return cwnd < ssthresh;
  }

  /** Nothing has been lost yet, so that nothing is known of the path. */
  boolean isFirstSlowStart() {
    return ssthresh == LIMIT;
  }

  void endSlowStart() {
    ssthresh = cwnd;
  }

  void grow(int by) {
    cwnd = Math.min(cwnd + by, LIMIT);
  }

  /**
   * @param flight what was in the network when the acknowledgment came: a window that nobody fills
   *     does not grow (RFC 7661's concern, by Linux's rule)
   */
  void acknowledged(int octets, int flight, long srttNanos, long rttNanos, long now) {
    boolean limited = isInSlowStart() ? cwnd < 2 * flight : flight + mss >= cwnd;
    if (limited) {
      control.acknowledged(this, octets, flight, srttNanos, rttNanos, now);
    }
  }

  /** A segment is lost: remembers how it was, in case it was not. */
  void reduce() {
    remember();
    ssthresh = Math.max(control.afterLoss(this), 2 * mss);
  }

  /** A time-out: the loss window is one segment. */
  void collapse(boolean again) {
    if (!again) {
      reduce();
    }
    cwnd = mss;
  }

  private void remember() {
    cwndBefore = cwnd;
    ssthreshBefore = ssthresh;
  }

  /** The loss was none. */
  void undo() {
    cwnd = Math.max(cwnd, cwndBefore);
    ssthresh = Math.max(ssthresh, ssthreshBefore);
    control.restart();
  }

  /** What was lost is repaired. */
  void recovered() {
    if (control.rate() == null) {
      set(ssthresh);
    }
  }

  void set(int octets) {
    cwnd = Math.max(octets, mss);
  }

  /** Nothing was sent for longer than the time-out. */
  void restartAfterIdle() {
    if (control.rate() != null) {
      return;
    }
    cwnd = Math.min(cwnd, INITIAL_SEGMENTS * mss);
    control.restart();
  }
}
