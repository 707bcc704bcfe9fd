package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Clock;
import java.nio.ByteBuffer;

/**
 * The sending half of a connection (RFC 9293, section 3.8): what waits in the buffer goes out as
 * {@link SendWindow}, {@link CongestionWindow} and {@link Pacing} allow, what {@link LossRecovery}
 * finds lost goes again before it, and {@link RetransmissionTimer} sees to it that an answer comes.
 */
final class Sender {

  /** The owner hears of room from this part of the buffer on: more would leave the path idle. */
  private static final int ROOM_SHARE = 16;

  private final TcpConnection connection;
  private final SendBuffer buffer;
  private final Flight flight = new Flight();
  private final RttEstimator rtt;
  private final SendWindow sendWindow = new SendWindow();
  private final CongestionWindow window;
  private final Pacing pacing;
  private final LossRecovery recovery;
  private final TailProbe probe;
  private final RetransmissionTimer timer;
  private DeliveryRate measure;

  private int iss;
  private int sndUna;
  private int sndNxt;
  private boolean finQueued;
  private boolean finSent;
  private boolean wantsRoom;
  private long lastSentAt = Clock.NEVER;
  private int resends;

  Sender(TcpConnection connection, HostStack stack, Timestamps timestamps, int bufferSize) {
    this.connection = connection;
    this.buffer = new SendBuffer(bufferSize);
    this.window = new CongestionWindow(stack.tcp().congestionControl(connection.socketOptions()));
    this.rtt = new RttEstimator(stack.tcp().minimumRtoNanos());
    this.pacing = new Pacing(window);
    this.recovery = new LossRecovery(stack, flight, rtt, timestamps, window);
    this.probe = new TailProbe(flight, rtt, recovery);
    this.timer = new RetransmissionTimer(connection, this, flight, rtt, recovery, probe);
    measure = window.control().rate();
    flight.measure(measure);
  }

  void start(int initialSequence) {
    iss = initialSequence;
    sndUna = iss;
    sndNxt = iss + 1;
    sendWindow.start(sndNxt);
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
    return !isAfter(ack, sndNxt) && !isBefore(ack, sndUna - sendWindow.largest());
  }

  /** Takes an acknowledgment that {@link #isAcceptable}. */
  void acknowledged(TcpView segment, TcpOptions options, int peerWindow, long now) {
    int ack = segment.acknowledgmentNumber();
    int acked = ack - sndUna;
    int samplesBefore = rtt.samples();
    boolean finAcked = false;
    if (acked >= 0) {
      boolean duplicate =
          acked == 0
              && flight.size() > 0
              && segment.payloadLength() == 0
              && !segment.isFin()
              && peerWindow == sendWindow.octets();
      if (acked > 0 || !recovery.expectsNothing() || options.blocks() > 0) {
        recovery.acknowledged(ack, duplicate, sndNxt, options, now);
      }
      finAcked = acked > buffer.size();
      buffer.drop(Math.min(acked, buffer.size()));
      sndUna = ack;
      probe.acknowledged(ack, acked == 0 && duplicate && options.blocks() == 0);
      if (sendWindow.update(segment, acked > 0, peerWindow)) {
        timer.windowOpened();
      }
    }
    timer.acknowledged(acked > 0, rtt.samples() != samplesBefore, now);
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

  void setWindow(TcpView segment, int peerWindow) {
    sendWindow.set(segment, peerWindow);
  }

  /** Takes what there is room for. */
  int write(byte[] from, int offset, int length) {
    int taken = buffer.write(from, offset, length);
    wantsRoom |= taken < length || buffer.room() == 0;
    return taken;
  }

  /** Takes what there is room for. */
  int write(ByteBuffer from) {
    int taken = buffer.write(from);
    wantsRoom |= from.hasRemaining();
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
    timer.sendingStopped(now);
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

  private void resendLost(long now) {
    for (int i = 0; i < flight.size(); i++) {
      if (!flight.isMissing(i)) {
        continue;
      }
      int pipe = recovery.pipe();
      if (pipe > 0 && pipe + window.mss() > window.octets()
          || pacing.holdsBack(now)
          || !resend(i, now)) {
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
    sent(octets, true, now);
    return true;
  }

  private boolean sendNew(long now) {
    int unsent = unsent();
    if (finSent || unsent == 0 && !finQueued) {
      return false;
    }
    int usable = sendWindow.octets() - flight.octets();
    int limit = connection.segmentSize();
    int length = Math.max(Math.min(Math.min(unsent, limit), usable), 0);
    boolean fin = finQueued && length == unsent;
    int pipe = recovery.pipe();
    if (length == 0 && !fin
        || pipe > 0 && pipe + length > window.octets()
        || !fin
            && length < limit
            && sendWindow.holdsBack(length, unsent, sndUna, connection.socketOptions())
        || pacing.holdsBack(now)) {
      return false;
    }
    return transmitNew(length, fin, now);
  }

  /** Whether data or a FIN has not been sent once. */
  boolean hasUnsent() {
    return unsent() > 0 || finQueued && !finSent;
  }

  private int unsent() {
    return finSent ? 0 : buffer.size() - (sndNxt - sndUna);
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
    sndNxt += length + (fin ? 1 : 0);
    if (small) {
      sendWindow.sentSmall(sndNxt);
    }
    finSent |= fin;
    flight.add(sndNxt, now);
    sent(length, false, now);
    timer.sentNew(now);
    return true;
  }

  private void sent(int octets, boolean again, long now) {
    recovery.sent(octets, again, now);
    if (measure != null) {
      pacing.sent(octets, now);
    }
    lastSentAt = now;
  }

  /** Has the peer acknowledge the tail: by new data, or by the last segment again. */
  void probeTail(long now) {
    int unsent = unsent();
    int room = sendWindow.octets() - flight.octets();
    int length = Math.min(Math.min(unsent, connection.segmentSize()), room);
    probe.begin(length <= 0);
    if (length <= 0) {
      resend(flight.size() - 1, now);
    } else {
      transmitNew(length, finQueued && length == unsent, now);
    }
    probe.sent(sndNxt);
  }

  /**
   * Has the peer show its window: by what fits it though it is silly, and if it is closed by an old
   * number, which must be answered.
   *
   * @return whether something is under way now
   */
  boolean probeWindow(long now) {
    int length = Math.min(Math.min(unsent(), sendWindow.octets()), connection.segmentSize());
    if (length > 0) {
      return transmitNew(length, false, now);
    }
    connection.transmit(sndUna - 1, TcpView.ACK, 0, now);
    return false;
  }

  long deadline() {
    return Math.min(timer.deadline(), pacing.deadline());
  }

  void expire(long now) {
    connection.followPath(now);
    timer.checkOrder(now);
    if (pacing.deadline() <= now) {
      pacing.stop();
      send(now);
    }
    timer.expire(now);
  }

  /** What this half contributes to the picture of a connection. */
  TcpInfo info(TcpState state, NegotiatedOptions options, int pathMtu) {
    int mss = Math.max(window.mss(), 1);
    return new TcpInfo(
        state,
        options.hasTimestamps(),
        options.isSackOn(),
        options.isScaleOn(),
        window.control().name(),
        options.sndScale(),
        options.rcvScale(),
        rtt.rtoNanos(timer.backoffs()),
        timer.backoffs(),
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
    timer.stop();
    pacing.stop();
  }
}
