package dev.dockwire.stack.tcp;

import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.icmp.IcmpError;
import java.nio.ByteBuffer;

/**
 * One TCP connection (RFC 9293): takes segments from {@link TcpLayer}, sends by {@link TcpOutput},
 * and tells its {@link TcpOwner} what changed. It is the states and the end; {@link Handshake} is
 * the beginning, {@link SegmentCheck} says what may come in, {@link Receiver} and {@link Sender}
 * are its two halves, and {@link ConnectionTimer} gives each part its turn.
 */
public final class TcpConnection {

  final int localAddress;
  final int localPort;
  final int remoteAddress;
  final int remotePort;
  TcpConnection nextInBucket;

  private final HostStack stack;
  private final TcpOutput output;
  private final Timestamps timestamps;
  private final NegotiatedOptions options;
  private final Receiver receiver;
  private final AckPolicy acks = new AckPolicy();
  private final Sender sender;
  private final Ecn ecn;
  private final SegmentCheck check;
  private final Handshake handshake;
  private final SegmentArrival arrival;
  private final KeepAlive keepAlive;
  private final IcmpReports reports;
  private final ConnectionTimer timer;

  private TcpOwner owner = TcpOwner.NOBODY;
  private ListenQueue queue;
  private TcpState state = TcpState.CLOSED;
  private SocketOptions socketOptions;
  private int pathVersion;
  private boolean orphan;

  /** What the owner does while a segment is taken is taken into account once, at its end. */
  private boolean receiving;

  TcpConnection(
      HostStack stack,
      SocketOptions socketOptions,
      int localAddress,
      int localPort,
      int remoteAddress,
      int remotePort) {
    this.stack = stack;
    this.socketOptions = socketOptions;
    this.localAddress = localAddress;
    this.localPort = localPort;
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
    this.output = stack.tcp().output();
    this.timestamps =
        new Timestamps(
            stack.tcp().isns().timestampOffset(localAddress, localPort, remoteAddress, remotePort));
    TcpLayer tcp = stack.tcp();
    int largest = tcp.largestReceiveBuffer(socketOptions);
    this.options = new NegotiatedOptions(timestamps, largest);
    this.receiver = new Receiver(tcp.receiveBuffer(socketOptions), largest);
    this.sender = new Sender(this, stack, timestamps, tcp.sendBuffer(socketOptions));
    this.ecn = new Ecn(tcp.ecn());
    this.check = new SegmentCheck(stack, this, receiver, timestamps);
    this.handshake = new Handshake(stack, this, timestamps);
    this.arrival = new SegmentArrival(stack, this, acks);
    this.keepAlive = new KeepAlive(this);
    this.reports = new IcmpReports(stack, this);
    this.timer = new ConnectionTimer(stack, this, acks);
    this.pathVersion = stack.ip().pathMtus().version();
  }

  boolean isFor(int local, int localTcpPort, int remote, int remoteTcpPort) {
    return localPort == localTcpPort
        && remotePort == remoteTcpPort
        && remoteAddress == remote
        && localAddress == local;
  }

  void connect(TcpOwner user, long now) {
    owner = user;
    state = TcpState.SYN_SENT;
    handshake.begin(now);
    timer.arm();
  }

  /**
   * Answers a SYN.
   *
   * @param from where the connection will wait to be accepted; null if it has its owner
   */
  void accept(ListenQueue from, TcpView syn, TcpOptions offered, int isn, long now) {
    queue = from;
    state = TcpState.SYN_RECEIVED;
    handshake.answer(syn, offered, isn, now);
    timer.arm();
  }

  /**
   * Takes up a handshake that was not kept.
   *
   * @param ack the acknowledgment of this end's SYN, which is still to be received
   * @param offered what the peer's SYN offered
   */
  void resume(ListenQueue from, TcpView ack, TcpOptions offered, int isn, long now) {
    queue = from;
    state = TcpState.SYN_RECEIVED;
    handshake.resume(ack, offered, isn, now);
  }

  /** The handshake is through. */
  void established(long now) {
    state = sender.isFinQueued() ? TcpState.FIN_WAIT_1 : TcpState.ESTABLISHED;
    keepAlive.heard(now);
    keepAlive.restart(now);
    if (queue != null) {
      queue.established(this);
    } else {
      owner.onConnected(now);
    }
  }

  void receive(byte[] bytes, TcpView segment, TcpOptions carried, long now) {
    receiving = true;
    if (state == TcpState.SYN_SENT) {
      handshake.receive(segment, carried, now);
    } else if (check.passes(segment, carried, now)) {
      arrival.take(bytes, segment, carried, now);
    }
    receiving = false;
    if (state != TcpState.CLOSED) {
      used(now);
    }
  }

  void finAcknowledged(long now) {
    state = state.afterFinAcknowledged();
    if (state == TcpState.FIN_WAIT_2 && orphan) {
      timer.orphaned(now);
    } else if (state == TcpState.TIME_WAIT) {
      enterTimeWait(now);
    } else if (state == TcpState.CLOSED) {
      end(CloseReason.ORDERLY, now);
    }
  }

  void tellWritable(long now) {
    owner.onWritable(now);
  }

  void tellDrained(long now) {
    owner.onDrained(now);
  }

  void tellReadable(long now) {
    owner.onReadable(now);
  }

  /** All is said; what still comes is for the {@link TimeWait} that stays behind. */
  void enterTimeWait(long now) {
    stop();
    releaseRoom();
    int window = advertise(false);
    TimeWait rest = new TimeWait(this, sender.sndNxt(), receiver.rcvNxt(), window, timestamps);
    stack.tcp().retire(this, rest, now);
    TcpOwner user = owner;
    owner = TcpOwner.NOBODY;
    user.onClosed(CloseReason.ORDERLY, now);
  }

  private void stop() {
    sender.stop();
    acks.sent();
    handshake.stop();
    keepAlive.stop();
    timer.stop();
  }

  /** Takes an ICMP error; false if what it quotes is not under way (RFC 5927). */
  boolean receiveError(IcmpError error, long now) {
    boolean ours = reports.receive(error, now);
    if (state != TcpState.CLOSED) {
      timer.arm();
    }
    return ours;
  }

  void state(TcpState next) {
    state = next;
  }

  SegmentArrival arrival() {
    return arrival;
  }

  KeepAlive keepAlive() {
    return keepAlive;
  }

  IcmpReports reports() {
    return reports;
  }

  /** Takes it into account if something has become known of narrow paths. */
  void followPath(long now) {
    int version = stack.ip().pathMtus().version();
    if (version != pathVersion) {
      pathVersion = version;
      int before = options.segmentSize();
      options.followPath(output.mssTo(remoteAddress, now));
      if (options.segmentSize() != before) {
        sender.segmentSize(options.segmentSize());
      }
    }
  }

  /** Whether nobody owns it any more. */
  boolean isOrphan() {
    return orphan;
  }

  /** Whether it waits in a queue that takes no more. */
  boolean isHeldUp() {
    return queue != null && queue.isFull();
  }

  Handshake handshake() {
    return handshake;
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

  void sendReset(long now) {
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

  Ecn ecn() {
    return ecn;
  }

  Receiver receiver() {
    return receiver;
  }

  NegotiatedOptions options() {
    return options;
  }

  /** Octets of data that fit the next segment. */
  int segmentSize() {
    return options.segmentSize(receiver.sacks());
  }

  int advertise(boolean syn) {
    return receiver.advertise(syn, options.segmentSize());
  }

  private void used(long now) {
    timer.used(now);
    if (!receiving) {
      timer.arm();
    }
  }

  /** Gives the memory of empty buffers back. */
  void releaseRoom() {
    sender.release();
    receiver.release();
  }

  /** A new owner: who accepted the connection. */
  public void owner(TcpOwner user) {
    owner = user;
  }

  /** Where it waits to be established or accepted; null if nowhere. */
  ListenQueue queue() {
    return queue;
  }

  void leaveQueue() {
    queue = null;
  }

  /** Reads what is there: how many octets, 0 for none yet, -1 at the end of the stream. */
  public int read(byte[] to, int offset, int length, long now) {
    return hasRead(receiver.read(to, offset, length), length, now);
  }

  /** As the other form, into the room that a buffer has. */
  public int read(ByteBuffer to, long now) {
    int room = to.remaining();
    return hasRead(receiver.read(to), room, now);
  }

  private int hasRead(int count, int wanted, long now) {
    if (count == 0 && wanted > 0) {
      return hasEnded() ? -1 : 0;
    }
    if (count > 0) {
      used(now);
    }
    if (state.canReceive() && receiver.shouldTellWindow(options.segmentSize())) {
      sendAck(now);
    }
    return count;
  }

  /** Whether the peer's FIN has come, so that reading ends in order whatever follows. */
  public boolean isInputEnded() {
    return receiver.isFinReceived();
  }

  /** Takes what there is room for and returns how much that was. */
  public int write(byte[] from, int offset, int length, long now) {
    checkOutput();
    int taken = sender.write(from, offset, length);
    hasWritten(now);
    return taken;
  }

  /** As the other form, from a buffer's position on, which moves. */
  public int write(ByteBuffer from, long now) {
    checkOutput();
    int taken = sender.write(from);
    hasWritten(now);
    return taken;
  }

  private void checkOutput() {
    if (sender.isFinQueued() || state == TcpState.CLOSED) {
      throw new IllegalStateException("shut down");
    }
  }

  private void hasWritten(long now) {
    sender.send(now);
    used(now);
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
    timer.arm();
  }

  /**
   * The owner wants no more of it: ends both directions, by a reset if something is unread or the
   * owner does not linger at all.
   */
  public void close(long now) {
    owner = TcpOwner.NOBODY;
    orphan = true;
    if (receiver.available() > 0 || socketOptions.lingerNanos == 0) {
      abort(now);
      return;
    }
    shutdownOutput(now);
    if (state == TcpState.FIN_WAIT_2) {
      timer.orphaned(now);
      timer.arm();
    }
  }

  /** Ends it now, by a reset unless both ends have said all they had to say. */
  public void abort(long now) {
    if (state.endsByReset()) {
      sendReset(now);
    }
    end(CloseReason.ABORTED, now);
  }

  /** The peer has not answered for too long. */
  void giveUp(long now) {
    end(reports.whyTimedOut(), now);
  }

  void end(CloseReason reason, long now) {
    state = TcpState.CLOSED;
    stop();
    stack.tcp().remove(this);
    if (queue != null) {
      queue.gone(this);
      queue = null;
    }
    TcpOwner user = owner;
    owner = TcpOwner.NOBODY;
    user.onClosed(reason, now);
  }

  public TcpState state() {
    return state;
  }

  /** Whether nothing is left of it, TIME-WAIT included. */
  public boolean isOver() {
    return state == TcpState.CLOSED || state == TcpState.TIME_WAIT && !stack.tcp().isWaiting(this);
  }

  /** Whether all is read and no more will come. */
  public boolean hasEnded() {
    return receiver.available() == 0 && (receiver.isFinReceived() || state == TcpState.CLOSED);
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

  /** How it is doing. */
  public TcpInfo info(long now) {
    return sender.info(state, options, stack.ip().output().mtuTo(remoteAddress, now));
  }

  /** Octets that can be written now. */
  public int writable() {
    return sender.isFinQueued() || state == TcpState.CLOSED ? 0 : sender.buffer().room();
  }

  public void noDelay(boolean on) {
    socketOptions = socketOptions.withNoDelay(on);
  }

  public SocketOptions socketOptions() {
    return socketOptions;
  }

  /** Takes other options; what they held back goes out. */
  public void socketOptions(SocketOptions changed, long now) {
    socketOptions = changed;
    if (state != TcpState.CLOSED) {
      if (changed.congestionControl != null
          && !changed.congestionControl.equals(congestionControl())) {
        sender.congestionControl(CongestionControl.named(changed.congestionControl));
      }
      if (changed.sendBuffer != 0) {
        sender.buffer().limit(changed.sendBuffer);
      }
      keepAlive.restart(now);
      sender.send(now);
      timer.arm();
    }
  }

  /** How it shares the path: "cubic", "reno" or "bbr". */
  public String congestionControl() {
    return sender.congestionControl().name();
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
