package dev.dockwire.stack.tcp;

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
 * and tells its {@link Owner} what changed. It is the handshake, the states and the end; {@link
 * SegmentCheck} says what may come in, {@link Receiver} and {@link Sender} are its two halves.
 *
 * <p>There is one timer. Deadlines only move; the timer that fires too early is armed again.
 *
 * <p>Limits: no keep-alive, no path MTU discovery.
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

  private static final long TIME_WAIT_NANOS = 60_000_000_000L;
  private static final int SYN_RETRIES = 6;
  private static final int SYN_ACK_RETRIES = 5;

  final int localAddress;
  final int localPort;
  final int remoteAddress;
  final int remotePort;
  TcpConnection nextInBucket;

  private final HostStack stack;
  private final TcpOutput output;
  private final Timer timer;
  private final Timestamps timestamps;
  private final NegotiatedOptions options;
  private final Receiver receiver;
  private final AckPolicy acks = new AckPolicy();
  private final Sender sender;
  private final SegmentCheck check;

  private Owner owner = NOBODY;
  private ListenQueue queue;
  private TcpState state = TcpState.CLOSED;
  private boolean orphan;
  private int synRetries;
  private long synSentAt;
  private long synAt = Clock.NEVER;
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
    this.timestamps =
        new Timestamps(
            stack.tcp().isns().timestampOffset(localAddress, remoteAddress, localPort, remotePort));
    int bufferSize = stack.tcp().bufferSize();
    this.options = new NegotiatedOptions(timestamps, bufferSize);
    this.receiver = new Receiver(bufferSize);
    this.sender = new Sender(this, stack, timestamps, bufferSize);
    this.check = new SegmentCheck(stack, this, receiver, timestamps);
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

  void accept(ListenQueue from, TcpView syn, TcpOptions offered, long now) {
    queue = from;
    start(now);
    state = TcpState.SYN_RECEIVED;
    learn(syn, offered, now);
    sendSyn(now);
  }

  private void start(long now) {
    sender.start(stack.tcp().isns().next(localAddress, localPort, remoteAddress, remotePort, now));
    options.start(output.mssTo(remoteAddress));
    synSentAt = now;
  }

  private void learn(TcpView syn, TcpOptions offered, long now) {
    options.learn(offered, now);
    receiver.start(syn.sequenceNumber(), options.rcvScale());
    sender.setWindow(syn, syn.window());
  }

  void sendSyn(long now) {
    int flags = state == TcpState.SYN_SENT ? TcpView.SYN : TcpView.SYN | TcpView.ACK;
    output.send(this, sender.iss(), flags, 0, 0, now);
    synAt = now + (RttEstimator.INITIAL << synRetries);
    armTimer();
  }

  private void establish(TcpOptions echoed, long now) {
    long rttNanos = synRetries == 0 ? now - synSentAt : -1;
    if (synRetries > 0 && timestamps.isOn() && echoed.hasTimestamp()) {
      rttNanos = timestamps.rttNanos(echoed.echo(), now);
    }
    sender.synAcknowledged(rttNanos, options.segmentSize(), options.isSackOn(), synRetries > 0);
    synAt = Clock.NEVER;
    state = sender.isFinQueued() ? TcpState.FIN_WAIT_1 : TcpState.ESTABLISHED;
    if (queue != null) {
      queue.established(this);
    } else {
      owner.onConnected(now);
    }
  }

  /** A new connection may take this one's place: a SYN that is newer than all of it (RFC 6191). */
  boolean givesWayTo(TcpView segment, TcpOptions offered, long now) {
    int flags = segment.flags() & (TcpView.SYN | TcpView.ACK | TcpView.RST | TcpView.FIN);
    if (state != TcpState.TIME_WAIT || flags != TcpView.SYN) {
      return false;
    }
    boolean newerStamp =
        timestamps.isOn()
            && offered.hasTimestamp()
            && Sequence.isAfter(offered.stamp(), timestamps.recent());
    return newerStamp || Sequence.isAfter(segment.sequenceNumber(), receiver.rcvNxt());
  }

  void receive(byte[] bytes, TcpView segment, TcpOptions carried, long now) {
    if (state == TcpState.SYN_SENT) {
      receiveInSynSent(segment, carried, now);
    } else if (check.passes(segment, carried, now)) {
      receiveAcceptable(bytes, segment, carried, now);
    }
    if (state != TcpState.CLOSED) {
      armTimer();
    }
  }

  private void receiveInSynSent(TcpView segment, TcpOptions offered, long now) {
    int ack = segment.acknowledgmentNumber();
    boolean acked = segment.isAck();
    if (acked && ack != sender.sndNxt()) {
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
    } else {
      learn(segment, offered, now);
      if (acked) {
        establish(offered, now);
        sendAck(now);
        sender.send(now);
      } else {
        state = TcpState.SYN_RECEIVED;
        sendSyn(now);
      }
    }
  }

  private void receiveAcceptable(byte[] bytes, TcpView segment, TcpOptions carried, long now) {
    if (!receiveAck(segment, carried, now)) {
      return;
    }
    int length = segment.payloadLength();
    if (length > 0 || segment.isFin()) {
      if (orphan
          && length > 0
          && Sequence.isAfter(segment.sequenceNumber() + length, receiver.rcvNxt())) {
        // Nobody will read it.
        stack.drop(DropReason.TCP_NO_CONN);
        sendReset(now);
        end(CloseReason.ABORTED, now);
        return;
      }
      receiveData(bytes, segment, now);
    }
    if (state != TcpState.CLOSED) {
      sender.send(now);
      if (acks.isDue(now)) {
        sendAck(now);
      }
    }
  }

  /** RFC 9293, section 3.10.7.4, fifth; false if the segment goes no further. */
  private boolean receiveAck(TcpView segment, TcpOptions carried, long now) {
    int ack = segment.acknowledgmentNumber();
    int window = segment.window() << options.sndScale();
    if (state == TcpState.SYN_RECEIVED) {
      if (ack != sender.sndNxt()) {
        stack.drop(DropReason.TCP_OUT_OF_WINDOW);
        output.reset(localAddress, localPort, remoteAddress, remotePort, ack, TcpView.RST, 0, now);
        return false;
      }
      if (queue != null && queue.isFull()) {
        stack.drop(DropReason.TCP_LISTEN_OVERFLOW);
        return false;
      }
      sender.setWindow(segment, window);
      establish(carried, now);
      return state != TcpState.CLOSED;
    }
    if (!sender.isAcceptable(ack)) {
      stack.drop(DropReason.TCP_OUT_OF_WINDOW);
      sendAck(now);
      return false;
    }
    sender.acknowledged(segment, carried, window, now);
    return state != TcpState.CLOSED;
  }

  /** A segment of which nothing but the acknowledgment is taken, and which is answered. */
  void receiveAckOnly(TcpView segment, TcpOptions carried, long now) {
    if (receiveAck(segment, carried, now)) {
      sendAck(now);
      sender.send(now);
    }
  }

  /** A segment that lies outside the window. */
  void receiveOld(TcpView segment, long now) {
    if (state == TcpState.TIME_WAIT && segment.isFin()) {
      endAt = now + TIME_WAIT_NANOS;
    }
    sendAck(now);
  }

  void finAcknowledged(long now) {
    state = state.afterFinAcknowledged();
    if (state == TcpState.FIN_WAIT_2 && orphan) {
      endAt = now + TIME_WAIT_NANOS;
    } else if (state == TcpState.TIME_WAIT) {
      enterTimeWait(now);
    } else if (state == TcpState.CLOSED) {
      end(CloseReason.ORDERLY, now);
    }
  }

  void tellWritable(long now) {
    owner.onWritable(now);
  }

  private void enterTimeWait(long now) {
    endAt = now + TIME_WAIT_NANOS;
    sender.stop();
    Owner user = owner;
    owner = NOBODY;
    user.onClosed(CloseReason.ORDERLY, now);
  }

  private void receiveData(byte[] bytes, TcpView segment, long now) {
    if (receiver.isFinReceived() || !state.canReceive()) {
      sendAck(now);
      return;
    }
    boolean gapBefore = receiver.hasGap();
    int before = receiver.rcvNxt();
    if (!receiver.insert(bytes, segment)) {
      stack.drop(DropReason.TCP_OOO_FULL);
    }
    boolean advanced = receiver.rcvNxt() != before;
    boolean fin = receiver.isFinReceived();
    boolean atOnce = gapBefore || receiver.hasGap() || fin || !advanced;
    acks.received(segment.payloadLength(), atOnce, options.segmentSize(), now);
    if (fin) {
      state = state.afterFinReceived();
    }
    if (advanced) {
      owner.onReadable(now);
    }
    if (fin && state == TcpState.TIME_WAIT) {
      sendAck(now);
      enterTimeWait(now);
    }
  }

  /** Takes an ICMP error; false if what it quotes is not under way (RFC 5927). */
  boolean receiveError(IcmpError error, long now) {
    if (!sender.isUnderWay(error.secondWord())) {
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

  /** Sends octets of the send buffer, or none; whatever goes out acknowledges what came in. */
  boolean transmit(int sequence, int flags, int length, long now) {
    boolean sent =
        output.send(this, sequence, flags, sender.indexOf(sequence), length, now)
            == SendResult.SENT;
    if (sent) {
      acks.sent();
    }
    return sent;
  }

  void sendAck(long now) {
    transmit(sender.sndNxt(), TcpView.ACK, 0, now);
  }

  private void sendReset(long now) {
    output.reset(
        localAddress,
        localPort,
        remoteAddress,
        remotePort,
        sender.sndNxt(),
        TcpView.RST | TcpView.ACK,
        receiver.rcvNxt(),
        now);
  }

  Sender sender() {
    return sender;
  }

  Receiver receiver() {
    return receiver;
  }

  NegotiatedOptions options() {
    return options;
  }

  /** Octets of data that fit the next segment. */
  public int segmentSize() {
    return options.segmentSize(receiver.sacks());
  }

  int advertise(boolean syn) {
    return receiver.advertise(syn, options.segmentSize());
  }

  private void armTimer() {
    long earliest = Math.min(Math.min(synAt, sender.deadline()), Math.min(acks.deadline(), endAt));
    if (earliest != Clock.NEVER && (!timer.isArmed() || earliest < timer.deadline())) {
      timer.arm(earliest);
    }
  }

  private void expire(long now) {
    if (endAt <= now) {
      end(CloseReason.ORDERLY, now);
      return;
    }
    if (synAt <= now) {
      repeatSyn(now);
    } else if (sender.deadline() <= now) {
      sender.expire(now);
    }
    if (state != TcpState.CLOSED) {
      if (acks.isDue(now)) {
        sendAck(now);
      }
      armTimer();
    }
  }

  private void repeatSyn(long now) {
    int limit = state == TcpState.SYN_SENT ? SYN_RETRIES : SYN_ACK_RETRIES;
    if (++synRetries > limit) {
      end(CloseReason.TIMED_OUT, now);
    } else {
      sendSyn(now);
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
    int count = receiver.read(to, offset, length);
    if (count == 0 && length > 0) {
      return receiver.isFinReceived() || state == TcpState.CLOSED ? -1 : 0;
    }
    if (state.canReceive() && receiver.shouldTellWindow(options.segmentSize())) {
      sendAck(now);
    }
    return count;
  }

  /** Takes what there is room for and returns how much that was. */
  public int write(byte[] from, int offset, int length, long now) {
    if (sender.isFinQueued() || state == TcpState.CLOSED) {
      throw new IllegalStateException("shut down");
    }
    int taken = sender.write(from, offset, length);
    sender.send(now);
    armTimer();
    return taken;
  }

  /** Sends a FIN behind all that was written. */
  public void shutdownOutput(long now) {
    if (sender.isFinQueued() || state == TcpState.CLOSED) {
      return;
    }
    if (state == TcpState.SYN_SENT) {
      end(CloseReason.ABORTED, now);
      return;
    }
    sender.queueFin();
    sender.send(now);
    state = state.afterFinSent();
    armTimer();
  }

  /** The owner wants no more of it: ends both directions, by a reset if something is unread. */
  public void close(long now) {
    owner = NOBODY;
    orphan = true;
    if (receiver.available() > 0) {
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
    sender.stop();
    acks.sent();
    synAt = Clock.NEVER;
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
    return receiver.available();
  }

  /**
   * Octets of sequence space that the peer has not acknowledged: data, sent or not, SYN and FIN.
   */
  public int unacknowledged() {
    int control =
        switch (state) {
          case SYN_SENT, SYN_RECEIVED, FIN_WAIT_1, CLOSING, LAST_ACK -> 1;
          default -> 0;
        };
    return sender.buffer().size() + control;
  }

  public TcpInfo info() {
    return sender.info();
  }

  /** Octets that can be written now. */
  public int writable() {
    return sender.isFinQueued() || state == TcpState.CLOSED ? 0 : sender.buffer().room();
  }

  /** Sends small segments at once: TCP_NODELAY. */
  public void noDelay(boolean on) {
    sender.noDelay(on);
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
