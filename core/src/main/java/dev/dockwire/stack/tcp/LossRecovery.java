package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.HostStack;

/**
 * What acknowledgments say of the segments under way, and what the congestion window makes of it:
 * with SACK by {@link Rack} and {@link ProportionalRate}; without it by three duplicates (RFC 5681)
 * and partial acknowledgments (RFC 6582). A loss that was none is undone: by timestamps (Eifel, RFC
 * 3522 and 4015) or because all that was sent again came twice (D-SACK, RFC 3708).
 */
final class LossRecovery implements Flight.Delivery {

  private enum Phase {
    OPEN,
    FAST_RECOVERY,
    AFTER_TIMEOUT
  }

  private static final int DUPLICATES = 3;

  private final HostStack stack;
  private final Flight flight;
  private final RttEstimator rtt;
  private final Timestamps timestamps;
  private final Rack rack = new Rack();
  private final ProportionalRate rate = new ProportionalRate();
  private final CongestionWindow window;

  private boolean sack;
  private Phase phase = Phase.OPEN;
  private int recover;
  private int duplicates;
  private int delivered;
  private long sampleNanos;
  private long wait;
  private long clock;
  private boolean duplicateSeen;

  private boolean mayUndo;
  private boolean echoUntested;
  private int resentSegments;
  private int firstResendStamp;

  LossRecovery(
      HostStack stack,
      Flight flight,
      RttEstimator rtt,
      Timestamps timestamps,
      CongestionWindow window) {
    this.stack = stack;
    this.flight = flight;
    this.rtt = rtt;
    this.timestamps = timestamps;
    this.window = window;
  }

  void start(int iss, boolean withSack) {
    recover = iss;
    sack = withSack;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  boolean hasSack() {
    return sack;
  }

  /** Whether the last acknowledgment reported something as received twice. */
  boolean duplicateSeen() {
    return duplicateSeen;
  }

  /** Octets in the network; without SACK each duplicate says that one segment has left it. */
  int pipe() {
    return Math.max(flight.pipe() - duplicates * window.mss(), 0);
  }

  /** How long until more may be known to be lost; 0 if nothing is in doubt. */
  long waitNanos() {
    return wait;
  }

  /** Takes an acknowledgment from SND.UNA to SND.NXT. */
  void acknowledged(int ack, boolean duplicate, int sndNxt, TcpOptions options, long now) {
    clock = now;
    delivered = 0;
    sampleNanos = -1;
    int pipeBefore = pipe();
    int acked = ack - flight.start(0);
    duplicateSeen = sack && takeBlocks(ack, sndNxt, options);
    flight.acknowledge(ack, this);
    if (acked > 0) {
      sample(options, now);
    }
    if (!sack) {
      countDuplicates(acked, duplicate);
    }
    undoIfNoneWasLost(acked, options);
    findLosses(ack, acked, now);
    if (phase != Phase.OPEN && !isBefore(ack, recover)) {
      leave();
    }
    react(sndNxt);
    if (phase == Phase.FAST_RECOVERY) {
      window.set(rate.window(delivered, pipe(), window.ssthresh(), window.mss()));
    } else if (acked > 0) {
      window.acknowledged(acked, pipeBefore, rtt.srttNanos(), now);
    }
  }

  @Override
  public void delivered(long sentAt, int end, int octets, boolean everResent) {
    delivered += octets;
    if (!everResent && sampleNanos < 0) {
      sampleNanos = clock - sentAt;
    }
    rack.delivered(sentAt, end, everResent, clock);
  }

  private boolean takeBlocks(int ack, int sndNxt, TcpOptions options) {
    boolean twice = false;
    for (int i = 0; i < options.blocks(); i++) {
      int left = options.left(i);
      int right = options.right(i);
      boolean inNext =
          options.blocks() > 1
              && !isBefore(left, options.left(1))
              && !isAfter(right, options.right(1));
      if (i == 0 && (isBefore(left, ack) || inNext)) {
        twice = true;
        rack.duplicateSeen(ack, sndNxt);
        resentSegments--;
      } else if (isBefore(left, ack) || isAfter(right, sndNxt) || !isBefore(left, right)) {
        stack.note(DropReason.TCP_BAD_SACK);
      } else {
        flight.sack(left, right, this);
      }
    }
    return twice;
  }

  /**
   * Karn's rule: what was sent twice tells nothing, but timestamps may; not if a duplicate drew the
   * acknowledgment, because the stamp is then the first transmission's.
   */
  private void sample(TcpOptions options, long now) {
    if (sampleNanos >= 0) {
      rtt.sample(sampleNanos);
    } else if (!duplicateSeen && timestamps.isOn() && options.hasTimestamp()) {
      rtt.sample(timestamps.rttNanos(options.echo(), now));
    }
  }

  private void countDuplicates(int acked, boolean duplicate) {
    if (duplicate) {
      duplicates++;
      delivered += window.mss();
    } else if (acked > 0) {
      int segments = (acked + window.mss() - 1) / window.mss();
      delivered = Math.max(delivered - duplicates * window.mss(), window.mss());
      duplicates = phase == Phase.FAST_RECOVERY ? Math.max(duplicates - segments + 1, 0) : 0;
    }
  }

  private void findLosses(int ack, int acked, long now) {
    if (sack) {
      boolean doubt = flight.sackedSegments() > 0 || phase != Phase.OPEN;
      wait = doubt ? rack.detect(flight, phase != Phase.OPEN, rtt.srttNanos(), now) : 0;
      return;
    }
    boolean enough = duplicates == DUPLICATES && phase == Phase.OPEN && isAfter(ack, recover);
    boolean partial = phase == Phase.FAST_RECOVERY && acked > 0 && isBefore(ack, recover);
    if ((enough || partial) && flight.size() > 0) {
      flight.markLost(0);
    }
  }

  private void react(int sndNxt) {
    if (phase == Phase.OPEN && flight.hasLost()) {
      phase = Phase.FAST_RECOVERY;
      recover = sndNxt;
      window.reduce();
      rate.start(flight.octets());
      prepareUndo();
    }
  }

  private void leave() {
    if (phase == Phase.FAST_RECOVERY) {
      window.set(window.ssthresh());
    }
    rack.recovered();
    phase = Phase.OPEN;
    duplicates = 0;
  }

  private void prepareUndo() {
    mayUndo = true;
    echoUntested = true;
    resentSegments = 0;
    firstResendStamp = 0;
  }

  private void undoIfNoneWasLost(int acked, TcpOptions options) {
    if (!mayUndo || !echoUntested && resentSegments > 0) {
      return;
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
    if (early || allTwice) {
      mayUndo = false;
      window.undo();
      flight.unmarkLost();
      duplicates = 0;
      phase = Phase.OPEN;
    }
  }

  /** The time for what was overtaken is up. */
  void checkAgain(int sndNxt, long now) {
    findLosses(flight.start(0), 0, now);
    if (phase == Phase.OPEN && flight.hasLost()) {
      react(sndNxt);
      window.set(rate.window(0, pipe(), window.ssthresh(), window.mss()));
    }
  }

  /** The retransmission timer has run out: all that the peer has not reported is lost. */
  void timedOut(int sndNxt, boolean again) {
    if (flight.isSacked(0)) {
      flight.forgetSacks();
    }
    flight.markAllLost();
    window.collapse(again);
    duplicates = 0;
    if (!again) {
      prepareUndo();
    }
    phase = Phase.AFTER_TIMEOUT;
    recover = sndNxt;
  }

  /**
   * Segments have another size now. Larger ones under way were dropped for that, not by congestion
   * (RFC 1191, section 6.5).
   */
  void segmentSize(int octets, int sndNxt) {
    window.segmentSize(octets);
    for (int i = 0; i < flight.size(); i++) {
      if (!flight.isSacked(i) && flight.end(i) - flight.start(i) > octets) {
        flight.markLost(i);
      }
    }
    if (phase == Phase.OPEN && flight.hasLost()) {
      phase = Phase.AFTER_TIMEOUT;
      recover = sndNxt;
      mayUndo = false;
    }
  }

  /** A tail probe has repaired a loss that nothing else told of. */
  void tailWasLost() {
    window.reduce();
    window.set(window.ssthresh());
  }

  /** A segment goes out, for the first time or again. */
  void sent(int octets, boolean again, long now) {
    if (phase == Phase.FAST_RECOVERY) {
      rate.sent(octets);
    }
    if (again && resentSegments++ == 0 && firstResendStamp == 0) {
      firstResendStamp = timestamps.value(now);
    }
  }
}
