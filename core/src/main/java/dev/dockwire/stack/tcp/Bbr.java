package dev.dockwire.stack.tcp;

/**
 * BBR, version 1 (draft-cardwell-iccrg-bbr-congestion-control-00), Linux's "bbr": not losses but
 * the measured bandwidth and the shortest round trip say how fast to send and how much may be under
 * way. Losses that mean no congestion do not slow it down. Rates in octets per second.
 *
 * <p>Leaves out: the detection of policers and the allowance for aggregated acknowledgments.
 */
final class Bbr implements CongestionControl {

  private enum Mode {
    STARTUP,
    DRAIN,
    PROBE_BANDWIDTH,
    PROBE_RTT
  }

  private static final double HIGH_GAIN = 2.885;
  private static final double[] CYCLE = {1.25, 0.75, 1, 1, 1, 1, 1, 1};
  private static final double CWND_GAIN = 2;

  /** One part in a hundred stays free, so that queues drain. */
  private static final double MARGIN = 0.99;

  private static final int BANDWIDTH_ROUNDS = 10;
  private static final double STILL_GROWING = 1.25;
  private static final int ROUNDS_WITHOUT_GROWTH = 3;
  private static final int LEAST_SEGMENTS = 4;
  private static final long RTT_VALID_NANOS = 10_000_000_000L;
  private static final long PROBE_RTT_NANOS = 200_000_000L;

  private final DeliveryRate rate = new DeliveryRate();
  private final double[] roundMaxima = new double[BANDWIDTH_ROUNDS];

  private Mode mode = Mode.STARTUP;
  private double bandwidth;
  private double pacingRate;
  private double pacingGain = HIGH_GAIN;
  private double cwndGain = HIGH_GAIN;

  private int round;
  private boolean roundStarts;
  private long nextRoundAt;

  private boolean full;
  private double fullBandwidth;
  private int roundsWithoutGrowth;

  private int phase;
  private long phaseAt;

  private long minRttNanos;
  private long minRttAt;
  private long probeRttUntil;
  private boolean probeRttRoundDone;

  private boolean recovering;
  private boolean conserving;
  private int cwndBefore;

  @Override
  public String name() {
    return "bbr";
  }

  @Override
  public DeliveryRate rate() {
    return rate;
  }

  @Override
  public long paceNanos(int octets) {
    return pacingRate == 0 ? 0 : (long) (octets * 1e9 / pacingRate);
  }

  @Override
  public void acknowledged(
      CongestionWindow window, int octets, int flight, long srttNanos, long rttNanos, long now) {
    throw new IllegalStateException("by its model only");
  }

  @Override
  public void modelled(
      CongestionWindow window,
      int delivered,
      int lost,
      int pipe,
      boolean inRecovery,
      long rttNanos,
      long now) {
    boolean rttExpired = minRttNanos != 0 && now > minRttAt + RTT_VALID_NANOS;
    learnRtt(rttNanos, rttExpired, now);
    learnBandwidth();
    advanceCycle(window, lost, pipe, now);
    checkFullPipe();
    checkDrain(window, pipe, now);
    checkProbeRtt(window, rttExpired, pipe, now);
    setPacingRate(window);
    setWindow(window, delivered, lost, pipe, inRecovery);
  }

  private void learnRtt(long rttNanos, boolean expired, long now) {
    if (rttNanos > 0 && (minRttNanos == 0 || rttNanos <= minRttNanos || expired)) {
      minRttNanos = rttNanos;
      minRttAt = now;
    }
  }

  private void learnBandwidth() {
    roundStarts = rate.isSampled() && rate.priorDelivered() >= nextRoundAt;
    if (roundStarts) {
      nextRoundAt = rate.delivered();
      round++;
      roundMaxima[round % BANDWIDTH_ROUNDS] = 0;
      conserving = false;
    }
    double sample = rate.octetsPerSecond(minRttNanos);
    if (!rate.wasApplicationLimited() || sample >= bandwidth) {
      int at = round % BANDWIDTH_ROUNDS;
      roundMaxima[at] = Math.max(roundMaxima[at], sample);
    }
    double newest = 0;
    for (double each : roundMaxima) {
      newest = Math.max(newest, each);
    }
    // Rounds in which the application was the limit tell nothing: what is known stays.
    bandwidth = newest > 0 ? newest : bandwidth;
  }

  private void advanceCycle(CongestionWindow window, int lost, int pipe, long now) {
    if (mode != Mode.PROBE_BANDWIDTH) {
      return;
    }
    boolean over = now - phaseAt > minRttNanos;
    if (pacingGain > 1) {
      over &= lost > 0 || pipe >= target(window, pacingGain);
    } else if (pacingGain < 1) {
      over |= pipe <= target(window, 1);
    }
    if (over) {
      enterPhase((phase + 1) % CYCLE.length, now);
    }
  }

  private void enterPhase(int next, long now) {
    phase = next;
    phaseAt = now;
    pacingGain = CYCLE[phase];
  }

  private void checkFullPipe() {
    if (full || !roundStarts || rate.wasApplicationLimited()) {
      return;
    }
    if (bandwidth >= fullBandwidth * STILL_GROWING) {
      fullBandwidth = bandwidth;
      roundsWithoutGrowth = 0;
    } else {
      full = ++roundsWithoutGrowth >= ROUNDS_WITHOUT_GROWTH;
    }
  }

  private void checkDrain(CongestionWindow window, int pipe, long now) {
    if (mode == Mode.STARTUP && full) {
      mode = Mode.DRAIN;
      pacingGain = 1 / HIGH_GAIN;
      cwndGain = HIGH_GAIN;
    }
    if (mode == Mode.DRAIN && pipe <= target(window, 1)) {
      probeBandwidth(now);
    }
  }

  private void probeBandwidth(long now) {
    mode = Mode.PROBE_BANDWIDTH;
    cwndGain = CWND_GAIN;
    // Flows should not probe in step; any phase but the slow one will do.
    int start = round % (CYCLE.length - 1);
    enterPhase(start == 0 ? 0 : start + 1, now);
  }

  private void checkProbeRtt(CongestionWindow window, boolean expired, int pipe, long now) {
    if (expired && mode != Mode.PROBE_RTT) {
      mode = Mode.PROBE_RTT;
      pacingGain = 1;
      cwndGain = 1;
      cwndBefore = Math.max(cwndBefore, window.octets());
      probeRttUntil = 0;
    }
    if (mode != Mode.PROBE_RTT) {
      return;
    }
    rate.applicationLimited(pipe);
    if (probeRttUntil == 0) {
      if (pipe <= LEAST_SEGMENTS * window.mss()) {
        probeRttUntil = now + PROBE_RTT_NANOS;
        probeRttRoundDone = false;
        nextRoundAt = rate.delivered();
      }
      return;
    }
    probeRttRoundDone |= roundStarts;
    if (probeRttRoundDone && now >= probeRttUntil) {
      minRttAt = now;
      restoreWindow(window);
      if (full) {
        probeBandwidth(now);
      } else {
        mode = Mode.STARTUP;
        pacingGain = HIGH_GAIN;
        cwndGain = HIGH_GAIN;
      }
    }
  }

  private void setPacingRate(CongestionWindow window) {
    double next = bandwidth * pacingGain * MARGIN;
    if (bandwidth == 0 && minRttNanos > 0) {
      next = HIGH_GAIN * window.octets() * 1e9 / minRttNanos;
    }
    if (full || next > pacingRate) {
      pacingRate = next;
    }
  }

  /** So many times what the path holds, and a little for what is sent at a time. */
  private int target(CongestionWindow window, double gain) {
    if (minRttNanos == 0 || bandwidth == 0) {
      return CongestionWindow.INITIAL_SEGMENTS * window.mss();
    }
    double path = bandwidth * minRttNanos / 1e9;
    return (int) Math.min(gain * path + 3 * window.mss(), CongestionWindow.LIMIT);
  }

  private void setWindow(
      CongestionWindow window, int delivered, int lost, int pipe, boolean inRecovery) {
    int least = LEAST_SEGMENTS * window.mss();
    int cwnd = window.octets();
    if (lost > 0) {
      cwnd = Math.max(cwnd - lost, window.mss());
    }
    if (inRecovery && !recovering) {
      conserving = true;
      nextRoundAt = rate.delivered();
      cwnd = pipe + delivered;
    } else if (!inRecovery && recovering) {
      conserving = false;
      cwnd = Math.max(cwnd, cwndBefore);
      cwndBefore = 0;
    }
    recovering = inRecovery;
    int target = target(window, cwndGain);
    if (conserving) {
      cwnd = Math.max(cwnd, pipe + delivered);
    } else {
      if (full) {
        cwnd = Math.min(cwnd + delivered, target);
      } else if (cwnd < target
          || rate.delivered() < CongestionWindow.INITIAL_SEGMENTS * window.mss()) {
        cwnd += delivered;
      }
      cwnd = Math.max(cwnd, least);
    }
    window.set(mode == Mode.PROBE_RTT ? Math.min(cwnd, least) : cwnd);
  }

  private void restoreWindow(CongestionWindow window) {
    window.set(Math.max(window.octets(), cwndBefore));
    cwndBefore = 0;
  }

  /** Remembers the window; a loss does not make it smaller for long. */
  @Override
  public int afterLoss(CongestionWindow window) {
    boolean whole = !recovering && mode != Mode.PROBE_RTT;
    cwndBefore = whole ? window.octets() : Math.max(cwndBefore, window.octets());
    return CongestionWindow.LIMIT;
  }

  @Override
  public void restart() {
    // Idle time and undone losses change neither bandwidth nor round trip.
  }
}
