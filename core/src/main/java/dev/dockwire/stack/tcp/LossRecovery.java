package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Clock;

/**
 * What acknowledgments say of the segments under way, and what the congestion window makes of it:
 * with SACK by {@link Rack} and {@link ProportionalRate}; without it by three duplicates (RFC 5681)
 * and partial acknowledgments (RFC 6582). A loss that {@link SpuriousLoss} or {@link
 * ForwardRecovery} finds to be none is undone.
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
  private final SpuriousLoss spurious;
  private final ForwardRecovery forward = new ForwardRecovery();

  private boolean sack;
  private Phase phase = Phase.OPEN;
  private int recover;
  private int congestedUntil;
  private int duplicates;
  private int delivered;
  private long newestSentAt;
  private boolean resentDelivered;
  private long wait;
  private long clock;
  private boolean duplicateSeen;

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
    this.spurious = new SpuriousLoss(timestamps);
  }

  void start(int iss, boolean withSack) {
    recover = iss;
    congestedUntil = iss;
    sack = withSack;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** Whether an acknowledgment of nothing new says nothing: it came with the peer's data. */
  boolean expectsNothing() {
    return flight.size() == 0 && phase == Phase.OPEN;
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
    newestSentAt = Clock.NEVER;
    resentDelivered = false;
    forward.begin();
    int pipeBefore = pipe();
    int acked = ack - flight.start(0);
    DeliveryRate measure = window.control().rate();
    if (measure != null) {
      measure.begin(now);
    }
    // In the order of the numbers: otherwise what the blocks are ahead of would seem overtaken.
    flight.acknowledge(ack, this);
    duplicateSeen = sack && takeBlocks(ack, sndNxt, options);
    sample(acked, options, now);
    if (!sack) {
      countDuplicates(acked, duplicate);
    }
    if (spurious.isToldBy(acked, duplicateSeen, options)) {
      undo();
    }
    if (forward.isSpurious(acked > 0, delivered > 0 || duplicate)) {
      undo();
    }
    findLosses(ack, acked, now);
    if (phase != Phase.OPEN && !isBefore(ack, recover)) {
      leave();
    }
    react(sndNxt);
    long rttNanos = tellsRoundTrip() ? now - newestSentAt : -1;
    if (measure != null) {
      int lost = flight.takeNewlyLost();
      boolean recovering = phase == Phase.FAST_RECOVERY;
      window.control().modelled(window, delivered, lost, pipe(), recovering, rttNanos, now);
    } else if (phase == Phase.FAST_RECOVERY) {
      window.set(rate.window(delivered, pipe(), window.ssthresh(), window.mss()));
    } else if (acked > 0) {
      window.acknowledged(acked, pipeBefore, rtt.srttNanos(), rttNanos, now);
    }
  }

  @Override
  public void delivered(long sentAt, int order, int end, int octets, boolean everResent) {
    delivered += octets;
    resentDelivered |= everResent;
    if (!everResent && !isAfter(end, recover)) {
      forward.delivered();
    }
    if (newestSentAt == Clock.NEVER || sentAt > newestSentAt) {
      newestSentAt = sentAt;
    }
    rack.delivered(sentAt, order, end, everResent, clock);
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
        spurious.cameTwice();
      } else if (isBefore(left, ack) || isAfter(right, sndNxt) || !isBefore(left, right)) {
        stack.note(DropReason.TCP_BAD_SACK);
      } else {
        flight.sack(left, right, this);
      }
    }
    return twice;
  }

  /**
   * Karn's rule: an acknowledgment that a retransmission may have drawn tells nothing of what was
   * sent once, as earlier ones may be lost. Timestamps do tell; not if a duplicate drew it, because
   * the stamp is then the first transmission's.
   */
  private void sample(int acked, TcpOptions options, long now) {
    if (tellsRoundTrip()) {
      rtt.sample(now - newestSentAt);
    } else if (acked > 0 && !duplicateSeen && timestamps.isOn() && options.hasTimestamp()) {
      rtt.sample(timestamps.rttNanos(options.echo(), now));
    }
  }

  private boolean tellsRoundTrip() {
    return newestSentAt != Clock.NEVER && !duplicateSeen && !resentDelivered;
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
      boolean inDoubt = flight.sackedSegments() > 0 || phase != Phase.OPEN;
      wait = inDoubt ? rack.detect(flight, phase != Phase.OPEN, rtt.srttNanos(), now) : 0;
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
      spurious.begin();
    }
  }

  private void leave() {
    if (phase == Phase.FAST_RECOVERY) {
      window.recovered();
    }
    rack.recovered();
    phase = Phase.OPEN;
    duplicates = 0;
    forward.stop();
  }

  private void undo() {
    spurious.stop();
    forward.stop();
    window.undo();
    flight.unmarkLost();
    duplicates = 0;
    phase = Phase.OPEN;
  }

  /** Whether new data tells more now than what is lost sent again (RFC 5682). */
  boolean prefersNew() {
    return forward.sendsNew();
  }

  /** There is no new data to tell by: false, for it is time to repeat. */
  boolean repeats() {
    forward.stop();
    return false;
  }

  /** Whether something went out that was not under way when recovery began. */
  boolean isBeyondRecovery(int sndNxt) {
    return isAfter(sndNxt, recover);
  }

  /** The time for what was overtaken is up. */
  void checkAgain(int sndNxt, long now) {
    findLosses(flight.start(0), 0, now);
    if (phase == Phase.OPEN && flight.hasLost()) {
      react(sndNxt);
      if (window.control().rate() != null) {
        return;
      }
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
      spurious.begin();
    }
    if (phase == Phase.OPEN) {
      forward.timedOut();
    } else if (forward.sendsNew()) {
      forward.stop();
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
      spurious.stop();
    }
  }

  /**
   * The path is congested though nothing is lost (RFC 3168, section 6.1.2).
   *
   * @return whether it is news: once a window
   */
  boolean congestionReported(int sndUna, int sndNxt) {
    if (isBefore(sndUna, congestedUntil)) {
      return false;
    }
    congestedUntil = sndNxt;
    if (phase == Phase.OPEN && window.control().rate() == null) {
      window.reduce();
      window.recovered();
      spurious.stop();
    }
    return true;
  }

  /** A tail probe has repaired a loss that nothing else told of. */
  void tailWasLost() {
    window.reduce();
    window.recovered();
  }

  /** A segment goes out, for the first time or again. */
  void sent(int octets, boolean again, long now) {
    if (phase == Phase.FAST_RECOVERY) {
      rate.sent(octets);
    }
    if (again) {
      spurious.sentAgain(now);
    }
  }
}
