package dev.dockwire.stack.tcp;

import dev.dockwire.time.Clock;

/**
 * CUBIC (RFC 9438): after a loss the window returns along a cubic curve to where it was, and then
 * looks for more. Windows in segments, times in seconds, as in the RFC.
 */
final class Cubic implements CongestionControl {

  private static final double C = 0.4;
  private static final double BETA = 0.7;
  private static final double RENO_ALPHA = 3 * (1 - BETA) / (1 + BETA);
  private static final double NANOS = 1e9;

  private final HyStart slowStart = new HyStart();
  private double wMax;
  private double wEst;
  private double k;
  private double beforeLoss;
  private double fraction;
  private long epochAt = Clock.NEVER;

  @Override
  public String name() {
    return "cubic";
  }

  @Override
  public void acknowledged(
      CongestionWindow window, int octets, int flight, long srttNanos, long rttNanos, long now) {
    if (window.isInSlowStart()) {
      if (slowStart.acknowledged(window, octets, flight, rttNanos)) {
        window.endSlowStart();
      }
      return;
    }
    double cwnd = (double) window.octets() / window.mss();
    double acked = (double) octets / window.mss();
    if (epochAt == Clock.NEVER) {
      begin(cwnd, now);
    }
    double t = (now - epochAt) / NANOS;
    wEst += (wEst >= beforeLoss ? 1 : RENO_ALPHA) * acked / cwnd;
    double target = Math.clamp(curve(t + srttNanos / NANOS), cwnd, 1.5 * cwnd);
    double gain = curve(t) < wEst ? wEst - cwnd : (target - cwnd) / cwnd * acked;
    fraction += Math.max(gain, 0) * window.mss();
    int whole = (int) fraction;
    fraction -= whole;
    window.grow(whole);
  }

  private void begin(double cwnd, long now) {
    epochAt = now;
    wEst = cwnd;
    fraction = 0;
    if (cwnd < wMax) {
      k = StrictMath.cbrt((wMax - cwnd) / C);
    } else {
      wMax = cwnd;
      k = 0;
    }
  }

  private double curve(double t) {
    double d = t - k;
    return C * d * d * d + wMax;
  }

  @Override
  public int afterLoss(CongestionWindow window) {
    double cwnd = (double) window.octets() / window.mss();
    beforeLoss = cwnd;
    // Fast convergence: a flow that did not get back to its window leaves room for others.
    wMax = cwnd < wMax ? cwnd * (1 + BETA) / 2 : cwnd;
    epochAt = Clock.NEVER;
    return (int) (cwnd * BETA * window.mss());
  }

  @Override
  public void restart() {
    epochAt = Clock.NEVER;
  }
}
