package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Clock;

/**
 * The sending half of a connection (RFC 9293, sections 3.8.1, 3.8.6 and 3.7.4): what may go out,
 * and the timer that sends it again, probes the tail (RFC 8985, section 7) or a closed window.
 */
final class Sender {

  /** What the timer waits for. */
  private enum Alarm {
    NOTHING,
    RETRANSMISSION,
    TAIL_PROBE,
    CLOSED_WINDOW
  }

  private static final int RETRIES = 15;

  /** The owner hears of room from this part of the buffer on: more would leave the path idle. */
  private static final int ROOM_SHARE = 16;

  private static final long BURST_NANOS = 1_000_000;
  private static final long LEAST_PATIENCE_NANOS = 2_000_000;
  private static final long WORST_ACK_DELAY_NANOS = 200_000_000;

  private final TcpConnection connection;
  private final SendBuffer buffer;
  private final Flight flight = new Flight();
  private final RttEstimator rtt;
  private final CongestionWindow window;
  private final LossRecovery recovery;
  private DeliveryRate measure;

  private int iss;
  private int sndUna;
  private int sndNxt;
  private int sndWnd;
  private int sndWl1;
  private int sndWl2;
  private int maxSndWnd;
  private boolean finQueued;
  private boolean finSent;
  private int smallEnd;
  private boolean wantsRoom;

  private Alarm alarm = Alarm.NOTHING;
  private long alarmAt = Clock.NEVER;
  private long reorderAt = Clock.NEVER;
  private long paceAt = Clock.NEVER;
  private long nextPacedAt;
  private long lastSentAt = Clock.NEVER;
  private int backoffs;
  private boolean timedOut;
  private int unanswered;
  private long waitingSince;
  private boolean probing;
  private boolean probeWasResend;
  private int probeEnd;
  private int resends;

  Sender(TcpConnection connection, HostStack stack, Timestamps timestamps, int bufferSize) {
    this.connection = connection;
    this.buffer = new SendBuffer(bufferSize);
    this.window = new CongestionWindow(stack.tcp().congestionControl(connection.socketOptions()));
    this.rtt = new RttEstimator(stack.tcp().minimumRtoNanos());
    this.recovery = new LossRecovery(stack, flight, rtt, timestamps, window);
    measure = window.control().rate();
    flight.measure(measure);
  }

  void start(int initialSequence) {
    iss = initialSequence;
    sndUna = iss;
    sndNxt = iss + 1;
    smallEnd = sndNxt;
    flight.begin(sndNxt);
  }

  /** The peer has acknowledged the SYN; {@code rttNanos} is negative if that tells nothing. */
  void synAcknowledged(long rttNanos, int segmentSize, boolean sack, boolean again) {
    sndUna = sndNxt;
    window.start(segmentSize);
    recovery.start(iss, sack);
    if (rttNanos >= 0) {
      rtt.sample(rttNanos);
    } else if (again) {
      rtt.synWasLost();
    }
  }

  int iss() {
    return iss;
  }

  int sndUna() {
    return sndUna;
  }

  int sndNxt() {
    return sndNxt;
  }

  SendBuffer buffer() {
    return buffer;
  }

  /** Index in the buffer of a number from SND.UNA on. */
  int indexOf(int sequence) {
    return sequence - sndUna;
  }

  /** Octets of sequence space from SND.UNA to SND.NXT, by the scoreboard. */
  int octetsUnderWay() {
    return flight.octets();
  }

  /** Octets thought to be in the network. */
  int pipe() {
    return recovery.pipe();
  }

  /** Whether a number is one of those under way. */
  boolean isUnderWay(int sequence) {
    return !isBefore(sequence, sndUna) && isBefore(sequence, sndNxt);
  }

  boolean isAcceptable(int ack) {
    return !isAfter(ack, sndNxt) && !isBefore(ack, sndUna - maxSndWnd);
  }

  /** Takes an acknowledgment that {@link #isAcceptable}. */
  void acknowledged(TcpView segment, TcpOptions options, int peerWindow, long now) {
    int ack = segment.acknowledgmentNumber();
    int acked = ack - sndUna;
    int samplesBefore = rtt.samples();
    unanswered = 0;
    boolean finAcked = false;
    if (acked >= 0) {
      boolean duplicate =
          acked == 0
              && flight.size() > 0
              && segment.payloadLength() == 0
              && !segment.isFin()
              && peerWindow == sndWnd;
      recovery.acknowledged(ack, duplicate, sndNxt, options, now);
      finAcked = acked > buffer.size();
      buffer.drop(Math.min(acked, buffer.size()));
      sndUna = ack;
      judgeProbe(ack, acked == 0 && duplicate && options.blocks() == 0);
    }
    if (acked >= 0) {
      updateWindow(segment, acked > 0, peerWindow);
    }
    // Karn: without a sample the time-out stays as long as it was (RFC 6298, section 5).
    backoffs = rtt.samples() == samplesBefore ? backoffs : 0;
    if (acked > 0) {
      timedOut = false;
      waitingSince = now;
      connection.reports().forget();
      schedule(now);
    } else if (alarm == Alarm.TAIL_PROBE && !mayProbeTail()) {
      schedule(now);
    }
    reorderAt = recovery.waitNanos() > 0 ? now + recovery.waitNanos() : Clock.NEVER;
    if (finAcked) {
      connection.finAcknowledged(now);
    }
    if (acked > 0 && !isBusy()) {
      connection.tellDrained(now);
    }
    if (wantsRoom && buffer.room() >= buffer.limit() / ROOM_SHARE) {
      wantsRoom = false;
      connection.tellWritable(now);
    }
  }

  /** The peer has seen marks; the answer to it goes with the next data. */
  void congestionReported() {
    if (recovery.congestionReported(sndUna, sndNxt)) {
      connection.ecn().slowedDown();
    }
  }

  private void judgeProbe(int ack, boolean plainDuplicate) {
    if (!probing || isBefore(ack, probeEnd)) {
      return;
    }
    if (!probeWasResend || recovery.duplicateSeen() || plainDuplicate) {
      probing = false;
    } else if (isAfter(ack, probeEnd)) {
      probing = false;
      if (recovery.isOpen()) {
        recovery.tailWasLost();
      }
    }
  }

  /**
   * Takes the window unless the segment is an old one. What advances SND.UNA counts even if others
   * have overtaken it: a window is an offset from there, and the old one would reach too far.
   */
  private void updateWindow(TcpView segment, boolean advances, int peerWindow) {
    int sequence = segment.sequenceNumber();
    int ack = segment.acknowledgmentNumber();
    if (advances || isBefore(sndWl1, sequence) || sndWl1 == sequence && !isAfter(sndWl2, ack)) {
      if (sndWnd == 0 && peerWindow != 0) {
        backoffs = 0;
      }
      setWindow(segment, peerWindow);
    }
  }

  void setWindow(TcpView segment, int peerWindow) {
    sndWnd = peerWindow;
    sndWl1 = segment.sequenceNumber();
    sndWl2 = segment.acknowledgmentNumber();
    maxSndWnd = Math.max(maxSndWnd, peerWindow);
  }

  /** Takes what there is room for. */
  int write(byte[] from, int offset, int length) {
    int taken = buffer.write(from, offset, length);
    wantsRoom |= taken < length;
    return taken;
  }

  void queueFin() {
    finQueued = true;
  }

  boolean isFinQueued() {
    return finQueued;
  }

  void congestionControl(CongestionControl control) {
    window.control(control);
    measure = control.rate();
    flight.measure(measure);
  }

  CongestionControl congestionControl() {
    return window.control();
  }

  /** Whether something is under way or waits to be sent. */
  boolean isBusy() {
    return flight.size() > 0 || hasUnsent();
  }

  /** Segments have another size now; what was too large goes again with the next {@link #send}. */
  void segmentSize(int octets) {
    recovery.segmentSize(octets, sndNxt);
  }

  /** Sends what was lost and then what windows, Nagle and the avoidance of silly windows allow. */
  void send(long now) {
    if (!connection.state().canSend()) {
      return;
    }
    connection.followPath(now);
    if (flight.size() == 0 && lastSentAt != Clock.NEVER && now - lastSentAt > rtt.rtoNanos(0)) {
      window.restartAfterIdle();
    }
    if (flight.hasLost() && !prefersNew(now)) {
      resendLost(now);
    }
    while (sendNew(now)) {
      // As long as something may go.
    }
    noteWhoLimits();
    if (alarm == Alarm.NOTHING || alarm == Alarm.CLOSED_WINDOW && flight.size() > 0) {
      schedule(now);
    }
  }

  /** Whether new data goes out after a time-out, to tell if anything was lost. */
  private boolean prefersNew(long now) {
    return recovery.prefersNew()
        && (sendNew(now) || recovery.isBeyondRecovery(sndNxt) || recovery.repeats());
  }

  private void noteWhoLimits() {
    if (measure != null
        && unsent() < window.mss()
        && recovery.pipe() < window.octets()
        && !flight.hasLost()) {
      measure.applicationLimited(recovery.pipe());
    }
  }

  /** Whether the next segment waits for its turn; what fits a millisecond goes at once, or two. */
  private boolean isPaced(long now) {
    if (nextPacedAt <= now) {
      return false;
    }
    long burst = Math.max(BURST_NANOS, window.control().paceNanos(window.mss()));
    if (nextPacedAt > now + burst) {
      paceAt = nextPacedAt;
      return true;
    }
    return false;
  }

  private void pace(int octets, long now) {
    if (measure != null) {
      nextPacedAt = Math.max(nextPacedAt, now) + window.control().paceNanos(octets);
    }
  }

  private void resendLost(long now) {
    for (int i = 0; i < flight.size(); i++) {
      if (!flight.isMissing(i)) {
        continue;
      }
      int pipe = recovery.pipe();
      if (pipe > 0 && pipe + window.mss() > window.octets() || isPaced(now) || !resend(i, now)) {
        return;
      }
    }
  }

  private boolean resend(int index, long now) {
    int start = flight.start(index);
    int limit = connection.segmentSize();
    int octets = flight.end(index) - start;
    boolean fin = isAfter(flight.end(index), sndUna + buffer.size());
    if (octets - (fin ? 1 : 0) > limit) {
      flight.split(index, start + limit);
      fin = false;
      octets = limit;
    }
    int length = octets - (fin ? 1 : 0);
    int flags = TcpView.ACK | (fin ? TcpView.FIN : 0);
    if (length > 0 && start + length == sndUna + buffer.size()) {
      flags |= TcpView.PSH;
    }
    if (!connection.transmit(start, flags, length, now)) {
      return false;
    }
    flight.resent(index, now);
    resends++;
    recovery.sent(octets, true, now);
    pace(octets, now);
    lastSentAt = now;
    return true;
  }

  private boolean sendNew(long now) {
    int unsent = unsent();
    if (finSent || unsent == 0 && !finQueued) {
      return false;
    }
    int usable = sndWnd - flight.octets();
    int limit = connection.segmentSize();
    int length = Math.max(Math.min(Math.min(unsent, limit), usable), 0);
    boolean fin = finQueued && length == unsent;
    int pipe = recovery.pipe();
    if (length == 0 && !fin
        || pipe > 0 && pipe + length > window.octets()
        || !fin && length < limit && mustWait(length, unsent)
        || isPaced(now)) {
      return false;
    }
    return transmitNew(length, fin, now);
  }

  private boolean hasUnsent() {
    return unsent() > 0 || finQueued && !finSent;
  }

  private int unsent() {
    return finSent ? 0 : buffer.size() - (sndNxt - sndUna);
  }

  /**
   * Whether a segment that is not full waits for a larger window, or until no other such segment is
   * under way: Nagle's rule as Minshall reads it. What is corked waits until it is full.
   */
  private boolean mustWait(int length, int unsent) {
    if (length < unsent) {
      return length < maxSndWnd / 2;
    }
    SocketOptions options = connection.socketOptions();
    return options.cork || !options.noDelay && isAfter(smallEnd, sndUna);
  }

  private boolean transmitNew(int length, boolean fin, long now) {
    int flags = TcpView.ACK | (fin ? TcpView.FIN : 0);
    if (length > 0 && length == unsent()) {
      flags |= TcpView.PSH;
    }
    if (!connection.transmit(sndNxt, flags, length, now)) {
      return false;
    }
    boolean small = length < connection.segmentSize();
    if (flight.size() == 0) {
      waitingSince = now;
    }
    sndNxt += length + (fin ? 1 : 0);
    if (small) {
      smallEnd = sndNxt;
    }
    finSent |= fin;
    flight.add(sndNxt, now);
    recovery.sent(length, false, now);
    pace(length, now);
    lastSentAt = now;
    // With a second segment under way the peer's delayed acknowledgment need not be waited for.
    if (alarm != Alarm.RETRANSMISSION || flight.size() == 2 && mayProbeTail()) {
      schedule(now);
    }
    return true;
  }

  private boolean mayProbeTail() {
    return recovery.hasSack()
        && recovery.isOpen()
        && !probing
        && backoffs == 0
        && rtt.srttNanos() > 0
        && flight.sackedSegments() == 0;
  }

  private void schedule(long now) {
    if (flight.size() == 0) {
      boolean shut = hasUnsent();
      if (shut && alarm != Alarm.CLOSED_WINDOW) {
        waitingSince = now;
      }
      alarm = shut ? Alarm.CLOSED_WINDOW : Alarm.NOTHING;
      alarmAt = shut ? Math.min(now + rtt.rtoNanos(backoffs), patienceEnds()) : Clock.NEVER;
      return;
    }
    long timeout = Math.min(now + rtt.rtoNanos(backoffs), patienceEnds());
    alarm = Alarm.RETRANSMISSION;
    alarmAt = timeout;
    if (mayProbeTail()) {
      long patience =
          Math.max(2 * rtt.srttNanos(), LEAST_PATIENCE_NANOS)
              + (flight.size() == 1 ? WORST_ACK_DELAY_NANOS : 0);
      if (now + patience < timeout) {
        alarm = Alarm.TAIL_PROBE;
        alarmAt = now + patience;
      }
    }
  }

  /** When the owner wants no more attempts to be made. */
  private long patienceEnds() {
    long patience = connection.socketOptions().userTimeoutNanos;
    return patience == 0 ? Clock.NEVER : waitingSince + patience;
  }

  long deadline() {
    return Math.min(Math.min(alarmAt, paceAt), reorderAt);
  }

  void expire(long now) {
    connection.followPath(now);
    if (reorderAt <= now) {
      reorderAt = Clock.NEVER;
      recovery.checkAgain(sndNxt, now);
      if (recovery.waitNanos() > 0) {
        reorderAt = now + recovery.waitNanos();
      }
      send(now);
    }
    if (paceAt <= now) {
      paceAt = Clock.NEVER;
      send(now);
    }
    if (alarmAt > now) {
      return;
    }
    switch (alarm) {
      case TAIL_PROBE -> probeTail(now);
      case RETRANSMISSION -> timeOut(now);
      case CLOSED_WINDOW -> probeWindow(now);
      case NOTHING -> alarmAt = Clock.NEVER;
    }
  }

  private void probeTail(long now) {
    int length = Math.min(Math.min(unsent(), connection.segmentSize()), sndWnd - flight.octets());
    probing = true;
    probeWasResend = length <= 0;
    if (probeWasResend) {
      resend(flight.size() - 1, now);
    } else {
      transmitNew(length, finQueued && length == unsent(), now);
    }
    probeEnd = sndNxt;
    schedule(now);
  }

  private void timeOut(long now) {
    if (++unanswered > RETRIES || now >= patienceEnds()) {
      connection.giveUp(now);
      return;
    }
    recovery.timedOut(sndNxt, timedOut);
    timedOut = true;
    backoffs++;
    probing = false;
    reorderAt = Clock.NEVER;
    schedule(now);
    send(now);
  }

  /**
   * Has the peer show its window: by what fits it though it is silly, and if it is closed by an old
   * number, which must be answered.
   */
  private void probeWindow(long now) {
    send(now);
    if (flight.size() > 0) {
      return;
    }
    if (++unanswered > RETRIES || now >= patienceEnds()) {
      connection.giveUp(now);
      return;
    }
    int length = Math.min(Math.min(unsent(), sndWnd), connection.segmentSize());
    if (length <= 0 || !transmitNew(length, false, now)) {
      backoffs++;
    }
    if (length <= 0) {
      connection.transmit(sndUna - 1, TcpView.ACK, 0, now);
    }
    schedule(now);
  }

  /** What this half contributes to the picture of a connection. */
  TcpInfo info(TcpState state, NegotiatedOptions options, int pathMtu) {
    int mss = Math.max(window.mss(), 1);
    return new TcpInfo(
        state,
        options.hasTimestamps(),
        options.isSackOn(),
        options.isScaleOn(),
        options.sndScale(),
        options.rcvScale(),
        rtt.rtoNanos(backoffs),
        backoffs,
        rtt.srttNanos(),
        rtt.rttvarNanos(),
        options.segmentSize(),
        pathMtu,
        options.advertisedMss(),
        window.octets() / mss,
        window.hasThreshold() ? window.ssthresh() / mss : 0,
        flight.size(),
        flight.sackedSegments(),
        resends);
  }

  boolean holdsIdleRoom() {
    return buffer.holdsIdleRoom();
  }

  void release() {
    buffer.release();
    flight.release();
  }

  void stop() {
    alarm = Alarm.NOTHING;
    alarmAt = Clock.NEVER;
    reorderAt = Clock.NEVER;
    paceAt = Clock.NEVER;
  }
}
