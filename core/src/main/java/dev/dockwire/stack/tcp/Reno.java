package dev.dockwire.stack.tcp;

/** Slow start and congestion avoidance of RFC 5681: one segment more each round trip. */
final class Reno implements CongestionControl {

  private int credit;

  @Override
  public String name() {
    return "reno";
  }

  @Override
  public void acknowledged(
      CongestionWindow window, int octets, int flight, long srttNanos, long rttNanos, long now) {
    if (window.isInSlowStart()) {
      window.grow(Math.min(octets, 2 * window.mss()));
      return;
    }
    credit += octets;
    if (credit >= window.octets()) {
      credit -= window.octets();
      window.grow(window.mss());
    }
  }

  @Override
  public int afterLoss(CongestionWindow window) {
    credit = 0;
    return window.octets() / 2;
  }

  @Override
  public void restart() {
    credit = 0;
  }
}
