package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;
import static dev.dockwire.stack.tcp.Sequence.isIn;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.icmp.ErrorSender;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Timer;

/**
 * One TCP connection (RFC 9293): takes segments from {@link TcpLayer}, sends by {@link TcpOutput},
 * and tells its {@link Owner} what changed. Variables have the RFC's names.
 *
 * <p>There is one timer. Deadlines only move; the timer that fires too early is armed again.
 *
 * <p>Limits: no timestamps, no selective acknowledgments, no keep-alive, no path MTU discovery.
 */
public final class TcpConnection {

  /** Whoever uses a connection, called on the stack's thread. */
  public interface Owner {
    void onConnected(long now);

    /** Octets, or the end of the stream, can be read. */
    void onReadable(long now);

    /** There is room in the send buffer again. */
    void onWritable(long now);

    /** Nothing more will happen. */
    void onClosed(CloseReason reason, long now);
  }

  private static final Owner NOBODY =
      new Owner() {
        @Override
        public void onConnected(long now) {}

        @Override
        public void onReadable(long now) {}

        @Override
        public void onWritable(long now) {}

        @Override
        public void onClosed(CloseReason reason, long now) {}
      };

  private static final long MILLI = 1_000_000;
  private static final long DELAYED_ACK_NANOS = 40 * MILLI;
  private static final long CHALLENGE_NANOS = 500 * MILLI;
  private static final long TIME_WAIT_NANOS = 60_000 * MILLI;
  private static final int BUFFER = 256 * 1024;
  private static final int SCALE = 3;
  private static final int MAX_WINDOW = 65_535;
  private static final int QUICK_ACKS = 16;
  private static final int SYN_RETRIES = 6;
  private static final int SYN_ACK_RETRIES = 5;
  private static final int RETRIES = 15;
  private static final int DUPLICATES = 3;

  final int localAddress;
  final int localPort;
  final int remoteAddress;
  final int remotePort;
  TcpConnection nextInBucket;

  private final HostStack stack;
  private final TcpOutput output;
  private final Timer timer;
  private final SendBuffer unacknowledged = new SendBuffer(BUFFER);
  private final ReceiveBuffer received = new ReceiveBuffer(BUFFER);
  private final RttEstimator rtt = new RttEstimator();
  private final CongestionWindow congestion = new CongestionWindow();

  private Owner owner = NOBODY;
  private ListenQueue queue;
  private TcpState state = TcpState.CLOSED;
  private int localMss;
  private int mss;

  private int iss;
  private int sndUna;
  private int sndNxt;
  private int sndMax;
  private int sndWnd;
  private int sndWl1;
  private int sndWl2;
  private int sndScale;
  private int maxSndWnd;
  private boolean synAcknowledged;
  private boolean finQueued;
  private boolean wantsRoom;
  private boolean noDelay;

  private int irs;
  private int rcvNxt;
  private int rcvEdge;
  private int rcvScale;
  private boolean scaleOffered = true;
  private boolean finReceived;
  private int finSequence;
  private boolean finWaits;
  private boolean orphan;

  private int backoffs;
  private int duplicates;
  private int recover;
  private boolean recovering;
  private int timedSequence;
  private long timedAt = Clock.NEVER;
  private int ackDebt;
  private int quickAcks = QUICK_ACKS;
  private long lastChallenge;
  private boolean challenged;
  private long retransmitAt = Clock.NEVER;
  private long ackAt = Clock.NEVER;
  private long endAt = Clock.NEVER;

  TcpConnection(
      HostStack stack, int localAddress, int localPort, int remoteAddress, int remotePort) {
    this.stack = stack;
    this.localAddress = localAddress;
    this.localPort = localPort;
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
    this.output = stack.tcp().output();
    this.timer = stack.timers().timer(this::expire);
  }

  boolean isFor(int local, int localTcpPort, int remote, int remoteTcpPort) {
    return localPort == localTcpPort
        && remotePort == remoteTcpPort
        && remoteAddress == remote
        && localAddress == local;
  }

  void connect(Owner user, long now) {
    owner = user;
    start(now);
    state = TcpState.SYN_SENT;
    sendSyn(now);
  }

  void accept(ListenQueue from, TcpView syn, TcpOptions options, long now) {
    queue = from;
    start(now);
    state = TcpState.SYN_RECEIVED;
    learn(syn, options);
    sendSyn(now);
  }

  private void start(long now) {
    iss = stack.tcp().isns().next(localAddress, localPort, remoteAddress, remotePort, now);
    sndUna = iss;
    sndNxt = iss + 1;
    sndMax = sndNxt;
    localMss = output.mssTo(remoteAddress);
    mss = Math.min(localMss, TcpOptions.DEFAULT_MSS);
    congestion.start(mss);
    timedSequence = iss;
    timedAt = now;
  }

  private void learn(TcpView syn, TcpOptions options) {
    irs = syn.sequenceNumber();
    rcvNxt = irs + 1;
    rcvEdge = rcvNxt;
    scaleOffered = options.windowScale() != TcpOptions.NO_SCALE;
    sndScale = scaleOffered ? options.windowScale() : 0;
    rcvScale = scaleOffered ? SCALE : 0;
    mss = Math.min(localMss, options.mss());
    congestion.start(mss);
    setWindow(syn, syn.window());
  }

  private void sendSyn(long now) {
    int flags = state == TcpState.SYN_SENT ? TcpView.SYN : TcpView.SYN | TcpView.ACK;
    output.send(this, iss, flags, 0, 0, now);
    retransmitAt = now + rtt.rtoNanos(backoffs);
    armTimer();
  }

  private void establish(long now) {
    state = finQueued ? TcpState.FIN_WAIT_1 : TcpState.ESTABLISHED;
    if (backoffs > 0) {
      rtt.synWasLost();
    }
    backoffs = 0;
    retransmitAt = Clock.NEVER;
    if (queue != null) {
      queue.established(this);
    } else {
      owner.onConnected(now);
    }
  }

  /** A new connection may take this one's place: a SYN that is newer than all of it (RFC 9293). */
  boolean givesWayTo(TcpView segment) {
    int flags = segment.flags() & (TcpView.SYN | TcpView.ACK | TcpView.RST | TcpView.FIN);
    return state == TcpState.TIME_WAIT
        && flags == TcpView.SYN
        && isAfter(segment.sequenceNumber(), rcvNxt);
  }

  void receive(byte[] bytes, TcpView segment, TcpOptions options, long now) {
    if (state == TcpState.SYN_SENT) {
      receiveInSynSent(segment, options, now);
    } else if (checkSequence(segment, now) && checkControl(segment, now)) {
      receiveAcceptable(bytes, segment, now);
    }
    if (state != TcpState.CLOSED) {
      armTimer();
    }
  }

  private void receiveInSynSent(TcpView segment, TcpOptions options, long now) {
    int ack = segment.acknowledgmentNumber();
    boolean acked = segment.isAck();
    if (acked && ack != sndNxt) {
      stack.drop(DropReason.TCP_OUT_OF_WINDOW);
      if (!segment.isRst()) {
        output.reset(localAddress, localPort, remoteAddress, remotePort, ack, TcpView.RST, 0, now);
      }
    } else if (segment.isRst()) {
      if (acked) {
        end(CloseReason.REFUSED, now);
      } else {
        stack.drop(DropReason.TCP_RST_BAD_SEQ);
      }
    } else if (!segment.isSyn()) {
      stack.drop(DropReason.TCP_NO_ACK_FLAG);
    } else if (acked) {
      learn(segment, options);
      acknowledged(ack, now);
      establish(now);
      sendAck(now);
      send(now);
    } else {
      learn(segment, options);
      state = TcpState.SYN_RECEIVED;
      sendSyn(now);
    }
  }

  /** RFC 9293, section 3.10.7.4, first: whether anything of the segment lies in the window. */
  private boolean checkSequence(TcpView segment, long now) {
    int sequence = segment.sequenceNumber();
    int length = lengthOf(segment);
    int window = Math.max(rcvEdge - rcvNxt, 0);
    boolean acceptable;
    if (length == 0) {
      acceptable = sequence == rcvNxt || isIn(sequence, rcvNxt, window);
    } else {
      acceptable =
          window > 0
              && (isIn(sequence, rcvNxt, window) || isIn(sequence + length - 1, rcvNxt, window));
    }
    if (acceptable) {
      return true;
    }
    if (segment.isRst()) {
      stack.drop(DropReason.TCP_RST_BAD_SEQ);
      return false;
    }
    if (segment.isSyn()) {
      return state != TcpState.SYN_RECEIVED || receiveSynAgain(segment, now);
    }
    if (window == 0 && segment.isAck() && sequence == rcvNxt) {
      // A closed window shuts data out, not acknowledgments.
      return checkAck(segment, now) && refuseData(now);
    }
    stack.drop(DropReason.TCP_OUT_OF_WINDOW);
    if (state == TcpState.TIME_WAIT && segment.isFin()) {
      endAt = now + TIME_WAIT_NANOS;
    }
    sendAck(now);
    return false;
  }

  private boolean refuseData(long now) {
    stack.drop(DropReason.TCP_OUT_OF_WINDOW);
    sendAck(now);
    send(now);
    return false;
  }

  /** The peer's SYN once more, or, when both open at once, with the acknowledgment of ours. */
  private boolean receiveSynAgain(TcpView segment, long now) {
    if (segment.sequenceNumber() != irs) {
      challenge(now);
    } else if (!segment.isAck()) {
      stack.drop(DropReason.TCP_OUT_OF_WINDOW);
      sendSyn(now);
    } else if (checkAck(segment, now)) {
      sendAck(now);
      send(now);
    }
    return false;
  }

  private static int lengthOf(TcpView segment) {
    return segment.payloadLength() + (segment.isSyn() ? 1 : 0) + (segment.isFin() ? 1 : 0);
  }

  /** Resets, SYNs and segments without ACK, as RFC 5961 has them. */
  private boolean checkControl(TcpView segment, long now) {
    if (segment.isRst()) {
      if (state == TcpState.TIME_WAIT) {
        stack.drop(DropReason.TCP_RST_BAD_SEQ);
      } else if (segment.sequenceNumber() == rcvNxt) {
        end(CloseReason.RESET, now);
      } else {
        challenge(now);
      }
      return false;
    }
    if (segment.isSyn()) {
      challenge(now);
      return false;
    }
    if (!segment.isAck()) {
      stack.drop(DropReason.TCP_NO_ACK_FLAG);
      return false;
    }
    return true;
  }

  private void challenge(long now) {
    if (challenged && now - lastChallenge < CHALLENGE_NANOS) {
      stack.drop(DropReason.TCP_CHALLENGE_RL);
      return;
    }
    stack.drop(DropReason.TCP_CHALLENGE);
    challenged = true;
    lastChallenge = now;
    sendAck(now);
  }

  private void receiveAcceptable(byte[] bytes, TcpView segment, long now) {
    if (!checkAck(segment, now)) {
      return;
    }
    int length = segment.payloadLength();
    if (length > 0 || segment.isFin()) {
      if (orphan && length > 0 && isAfter(segment.sequenceNumber() + length, rcvNxt)) {
        // Nobody will read it.
        stack.drop(DropReason.TCP_NO_CONN);
        sendReset(now);
        end(CloseReason.ABORTED, now);
        return;
      }
      receiveData(bytes, segment, now);
    }
    if (state != TcpState.CLOSED) {
      send(now);
    }
  }

  /** RFC 9293, section 3.10.7.4, fifth; false if the segment goes no further. */
  private boolean checkAck(TcpView segment, long now) {
    int ack = segment.acknowledgmentNumber();
    if (state == TcpState.SYN_RECEIVED) {
      if (ack != iss + 1) {
        stack.drop(DropReason.TCP_OUT_OF_WINDOW);
        output.reset(localAddress, localPort, remoteAddress, remotePort, ack, TcpView.RST, 0, now);
        return false;
      }
      if (queue != null && queue.isFull()) {
        stack.drop(DropReason.TCP_LISTEN_OVERFLOW);
        return false;
      }
      acknowledged(ack, now);
      setWindow(segment, segment.window() << sndScale);
      establish(now);
      return state != TcpState.CLOSED;
    }
    if (isAfter(ack, sndMax) || isBefore(ack, sndUna - maxSndWnd)) {
      stack.drop(DropReason.TCP_OUT_OF_WINDOW);
      sendAck(now);
      return false;
    }
    int window = segment.window() << sndScale;
    if (isAfter(ack, sndUna)) {
      acknowledged(ack, now);
    } else if (ack == sndUna
        && sndMax != sndUna
        && segment.payloadLength() == 0
        && !segment.isFin()
        && window == sndWnd) {
      duplicate(now);
    }
    updateWindow(segment, window);
    return state != TcpState.CLOSED;
  }

  private void updateWindow(TcpView segment, int window) {
    int sequence = segment.sequenceNumber();
    int ack = segment.acknowledgmentNumber();
    if (isBefore(sndWl1, sequence) || sndWl1 == sequence && !isAfter(sndWl2, ack)) {
      if (sndWnd == 0 && window != 0) {
        backoffs = 0;
      }
      setWindow(segment, window);
    }
  }

  private void setWindow(TcpView segment, int window) {
    sndWnd = window;
    sndWl1 = segment.sequenceNumber();
    sndWl2 = segment.acknowledgmentNumber();
    maxSndWnd = Math.max(maxSndWnd, window);
  }

  private void acknowledged(int ack, long now) {
    int acked = ack - sndUna;
    int data = acked;
    if (!synAcknowledged) {
      synAcknowledged = true;
      data--;
    }
    boolean finAcked = data > unacknowledged.size();
    unacknowledged.drop(Math.min(data, unacknowledged.size()));
    sndUna = ack;
    if (isBefore(sndNxt, ack)) {
      sndNxt = ack;
    }
    if (timedAt != Clock.NEVER && isAfter(ack, timedSequence)) {
      rtt.sample(now - timedAt);
      timedAt = Clock.NEVER;
    }
    if (state.isSynchronized()) {
      backoffs = 0;
      grow(acked, ack, now);
    }
    retransmitAt = sndUna == sndMax ? Clock.NEVER : now + rtt.rtoNanos(0);
    if (finAcked) {
      finAcknowledged(now);
    }
    if (wantsRoom && unacknowledged.room() >= BUFFER / 3) {
      wantsRoom = false;
      owner.onWritable(now);
    }
  }

  private void grow(int acked, int ack, long now) {
    duplicates = 0;
    if (!recovering) {
      congestion.onAck(acked);
    } else if (isBefore(ack, recover)) {
      resend(now);
    } else {
      recovering = false;
      congestion.leaveRecovery();
    }
  }

  private void duplicate(long now) {
    duplicates++;
    if (recovering) {
      congestion.inflate();
    } else if (duplicates == DUPLICATES) {
      recovering = true;
      recover = sndMax;
      congestion.enterRecovery(sndMax - sndUna);
      resend(now);
    }
  }

  private void resend(long now) {
    timedAt = Clock.NEVER;
    int length = Math.min(unacknowledged.size(), mss);
    boolean fin = finQueued && length == unacknowledged.size();
    int flags = TcpView.ACK | (fin ? TcpView.FIN : 0);
    transmit(sndUna, flags, length, now);
  }

  private void finAcknowledged(long now) {
    state = state.afterFinAcknowledged();
    if (state == TcpState.FIN_WAIT_2 && orphan) {
      endAt = now + TIME_WAIT_NANOS;
    } else if (state == TcpState.TIME_WAIT) {
      enterTimeWait(now);
    } else if (state == TcpState.CLOSED) {
      end(CloseReason.ORDERLY, now);
    }
  }

  private void enterTimeWait(long now) {
    endAt = now + TIME_WAIT_NANOS;
    retransmitAt = Clock.NEVER;
    Owner user = owner;
    owner = NOBODY;
    user.onClosed(CloseReason.ORDERLY, now);
  }

  private void receiveData(byte[] bytes, TcpView segment, long now) {
    int sequence = segment.sequenceNumber();
    int length = segment.payloadLength();
    if (finReceived || !state.canReceive()) {
      sendAck(now);
      return;
    }
    boolean gapBefore = received.hasGap();
    long before = received.next();
    if (length > 0
        && !received.insert(before + (sequence - rcvNxt), bytes, segment.payloadOffset(), length)) {
      stack.drop(DropReason.TCP_OOO_FULL);
    }
    int advance = (int) (received.next() - before);
    rcvNxt += advance;
    if (segment.isFin()) {
      finWaits = true;
      finSequence = sequence + length;
    }
    boolean fin = finWaits && finSequence == rcvNxt;
    if (fin) {
      rcvNxt++;
      finReceived = true;
    }
    acknowledgeLater(gapBefore || received.hasGap() || fin || advance == 0, length, now);
    if (fin) {
      state = state.afterFinReceived();
    }
    if (advance > 0 || fin) {
      owner.onReadable(now);
    }
    if (fin && state == TcpState.TIME_WAIT) {
      enterTimeWait(now);
    }
  }

  private void acknowledgeLater(boolean atOnce, int length, long now) {
    ackDebt += length;
    if (quickAcks > 0) {
      quickAcks--;
      sendAck(now);
    } else if (atOnce || ackDebt >= 2 * mss) {
      sendAck(now);
    } else if (ackAt == Clock.NEVER) {
      ackAt = now + DELAYED_ACK_NANOS;
    }
  }

  /** Takes an ICMP error; false if what it quotes is not under way (RFC 5927). */
  boolean receiveError(IcmpError error, long now) {
    int quoted = error.secondWord();
    if (isBefore(quoted, sndUna) || !isBefore(quoted, sndMax)) {
      return false;
    }
    if (state == TcpState.SYN_SENT && error.type() == IcmpView.DESTINATION_UNREACHABLE) {
      switch (error.code()) {
        case ErrorSender.PORT_UNREACHABLE -> end(CloseReason.REFUSED, now);
        case ErrorSender.PROTOCOL_UNREACHABLE -> end(CloseReason.PROTOCOL_UNREACHABLE, now);
        case ErrorSender.HOST_UNREACHABLE -> end(CloseReason.HOST_UNREACHABLE, now);
        default -> {
          // Soft: the retransmissions will tell.
        }
      }
    }
    return true;
  }

  /** Sends what windows, Nagle and the avoidance of silly windows allow. */
  private void send(long now) {
    if (!state.canSend()) {
      return;
    }
    int base = sndUna;
    while (true) {
      int flight = sndNxt - base;
      int unsent = unacknowledged.size() - flight;
      if (unsent < 0) {
        break;
      }
      int usable = Math.min(sndWnd, congestion.octets()) - flight;
      int length = Math.max(Math.min(Math.min(unsent, mss), usable), 0);
      boolean fin = finQueued && length == unsent;
      if (length == 0 && !fin || !fin && length < mss && mustWait(length, unsent, flight)) {
        break;
      }
      int flags = TcpView.ACK | (fin ? TcpView.FIN : 0);
      if (length == unsent && length > 0) {
        flags |= TcpView.PSH;
      }
      if (timedAt == Clock.NEVER && sndNxt == sndMax) {
        timedAt = now;
        timedSequence = sndNxt;
      }
      if (!transmit(sndNxt, flags, length, now)) {
        break;
      }
      sndNxt += length + (fin ? 1 : 0);
      if (isAfter(sndNxt, sndMax)) {
        sndMax = sndNxt;
      }
    }
    if (retransmitAt == Clock.NEVER && (sndMax != sndUna || unacknowledged.size() > 0)) {
      // What is under way may be lost; with nothing under way the window is closed: probe it.
      retransmitAt = now + rtt.rtoNanos(backoffs);
    }
  }

  /** Whether a segment that is not full waits for an acknowledgment or a larger window. */
  private boolean mustWait(int length, int unsent, int flight) {
    if (length < unsent) {
      return length < maxSndWnd / 2;
    }
    return !noDelay && flight > 0;
  }

  private boolean transmit(int sequence, int flags, int length, long now) {
    boolean sent =
        output.send(this, sequence, flags, sequence - sndUna, length, now) == SendResult.SENT;
    if (sent) {
      ackDebt = 0;
      ackAt = Clock.NEVER;
    }
    return sent;
  }

  private void sendAck(long now) {
    transmit(sndMax, TcpView.ACK, 0, now);
  }

  private void sendReset(long now) {
    output.reset(
        localAddress,
        localPort,
        remoteAddress,
        remotePort,
        sndMax,
        TcpView.RST | TcpView.ACK,
        rcvNxt,
        now);
  }

  SendBuffer sendBuffer() {
    return unacknowledged;
  }

  int acknowledge() {
    return rcvNxt;
  }

  /** The window field; its right edge never moves back. */
  int advertise(boolean syn) {
    int window = windowThatFits();
    if (syn) {
      window = Math.min(window, MAX_WINDOW);
      rcvEdge = rcvNxt + window;
      return window;
    }
    int edge = rcvNxt + (window >>> rcvScale << rcvScale);
    boolean worthwhile = edge - rcvEdge >= Math.min(BUFFER / 2, mss);
    if (isAfter(edge, rcvEdge) && worthwhile) {
      rcvEdge = edge;
    }
    return Math.max(rcvEdge - rcvNxt, 0) >>> rcvScale;
  }

  private int windowThatFits() {
    return Math.min(received.window(), MAX_WINDOW << rcvScale);
  }

  int optionsLength() {
    return scaleOffered ? TcpOptions.MAX_LENGTH : 4;
  }

  int emitOptions(byte[] bytes, int offset) {
    return TcpOptions.emit(bytes, offset, localMss, scaleOffered ? SCALE : TcpOptions.NO_SCALE);
  }

  private void armTimer() {
    long earliest = Math.min(Math.min(retransmitAt, ackAt), endAt);
    if (earliest != Clock.NEVER && (!timer.isArmed() || earliest < timer.deadline())) {
      timer.arm(earliest);
    }
  }

  private void expire(long now) {
    if (endAt <= now) {
      end(CloseReason.ORDERLY, now);
      return;
    }
    if (ackAt <= now) {
      sendAck(now);
    }
    if (retransmitAt <= now) {
      retransmit(now);
    }
    if (state != TcpState.CLOSED) {
      armTimer();
    }
  }

  private void retransmit(long now) {
    backoffs++;
    timedAt = Clock.NEVER;
    if (state == TcpState.SYN_SENT || state == TcpState.SYN_RECEIVED) {
      if (backoffs > (state == TcpState.SYN_SENT ? SYN_RETRIES : SYN_ACK_RETRIES)) {
        end(CloseReason.TIMED_OUT, now);
      } else {
        sendSyn(now);
      }
      return;
    }
    retransmitAt = now + rtt.rtoNanos(backoffs);
    if (sndMax == sndUna) {
      probe(now);
      return;
    }
    if (backoffs > RETRIES) {
      end(CloseReason.TIMED_OUT, now);
      return;
    }
    congestion.onTimeout(sndMax - sndUna);
    recovering = false;
    duplicates = 0;
    sndNxt = sndUna;
    send(now);
    if (sndNxt == sndUna) {
      probe(now);
    }
  }

  /**
   * Has the peer show its window: by what fits it though it is silly, and if it is closed by an old
   * number, which must be answered.
   */
  private void probe(long now) {
    int length = Math.min(Math.min(unacknowledged.size(), sndWnd), mss);
    if (length == 0) {
      transmit(sndUna - 1, TcpView.ACK, 0, now);
    } else if (transmit(sndUna, TcpView.ACK, length, now)) {
      sndNxt = sndUna + length;
      sndMax = isAfter(sndNxt, sndMax) ? sndNxt : sndMax;
    }
  }

  /** A new owner: who accepted the connection. */
  public void owner(Owner user) {
    owner = user;
  }

  void leaveQueue() {
    queue = null;
  }

  /** Reads what is there: how many octets, 0 for none yet, -1 at the end of the stream. */
  public int read(byte[] to, int offset, int length, long now) {
    int count = received.read(to, offset, length);
    if (count == 0 && length > 0) {
      return finReceived || state == TcpState.CLOSED ? -1 : 0;
    }
    if (state.canReceive()) {
      int opened = rcvNxt + windowThatFits() - rcvEdge;
      if (opened >= Math.min(BUFFER / 2, 2 * mss) && rcvEdge - rcvNxt < BUFFER / 2) {
        sendAck(now);
      }
    }
    return count;
  }

  /** Takes what there is room for and returns how much that was. */
  public int write(byte[] from, int offset, int length, long now) {
    if (finQueued || state == TcpState.CLOSED) {
      throw new IllegalStateException("shut down");
    }
    int taken = unacknowledged.write(from, offset, length);
    wantsRoom |= taken < length;
    send(now);
    armTimer();
    return taken;
  }

  /** Sends a FIN behind all that was written. */
  public void shutdownOutput(long now) {
    if (finQueued || state == TcpState.CLOSED) {
      return;
    }
    if (state == TcpState.SYN_SENT) {
      end(CloseReason.ABORTED, now);
      return;
    }
    finQueued = true;
    send(now);
    state = state.afterFinSent();
    armTimer();
  }

  /** The owner wants no more of it: ends both directions, by a reset if something is unread. */
  public void close(long now) {
    owner = NOBODY;
    orphan = true;
    if (received.available() > 0) {
      abort(now);
      return;
    }
    shutdownOutput(now);
    if (state == TcpState.FIN_WAIT_2) {
      endAt = now + TIME_WAIT_NANOS;
      armTimer();
    }
  }

  /** Ends it now, by a reset. */
  public void abort(long now) {
    if (state.isSynchronized() && state != TcpState.TIME_WAIT || state == TcpState.SYN_RECEIVED) {
      sendReset(now);
    }
    end(CloseReason.ABORTED, now);
  }

  void end(CloseReason reason, long now) {
    state = TcpState.CLOSED;
    retransmitAt = Clock.NEVER;
    ackAt = Clock.NEVER;
    endAt = Clock.NEVER;
    timer.cancel();
    stack.tcp().remove(this);
    if (queue != null) {
      queue.gone(this);
      queue = null;
    }
    Owner user = owner;
    owner = NOBODY;
    user.onClosed(reason, now);
  }

  public TcpState state() {
    return state;
  }

  /** Octets that can be read now. */
  public int available() {
    return received.available();
  }

  /** Octets that can be written now. */
  public int writable() {
    return finQueued || state == TcpState.CLOSED ? 0 : unacknowledged.room();
  }

  /** Sends small segments at once: TCP_NODELAY. */
  public void noDelay(boolean on) {
    noDelay = on;
  }

  public int localAddress() {
    return localAddress;
  }

  public int localPort() {
    return localPort;
  }

  public int remoteAddress() {
    return remoteAddress;
  }

  public int remotePort() {
    return remotePort;
  }
}
