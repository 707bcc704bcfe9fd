package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Clock;

/**
 * How a connection begins (RFC 9293, sections 3.5 and 3.10.7.3): the SYN and its retransmissions,
 * what both ends say of themselves in it, and the acknowledgment that establishes the connection.
 */
final class Handshake {

  private static final int SYN_RETRIES = 6;
  private static final int SYN_ACK_RETRIES = 5;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final HostStack stack;
  private final TcpConnection connection;
  private final Timestamps timestamps;

  private int retries;
  private long sentAt;
  private long synAt = Clock.NEVER;

  Handshake(HostStack stack, TcpConnection connection, Timestamps timestamps) {
    this.stack = stack;
    this.connection = connection;
    this.timestamps = timestamps;
  }

  /** Sends the first SYN. */
  void begin(long now) {
    TcpConnection c = connection;
    start(
        stack.tcp().isns().next(c.localAddress, c.localPort, c.remoteAddress, c.remotePort, now),
        now);
    sendSyn(now);
  }

  /** Answers a SYN. */
  void answer(TcpView syn, TcpOptions offered, int isn, long now) {
    start(isn, now);
    learn(syn, syn.sequenceNumber(), offered, now);
    sendSyn(now);
  }

  /** Goes on where a SYN was answered that is forgotten; how long ago that was is not known. */
  void resume(TcpView ack, TcpOptions offered, int isn, long now) {
    start(isn, now);
    sentAt = UNKNOWN;
    learn(ack, ack.sequenceNumber() - 1, offered, now);
    connection.advertise(true);
  }

  private void start(int isn, long now) {
    TcpConnection c = connection;
    c.sender().start(isn);
    c.options().start(output().mssTo(c.remoteAddress, now), c.socketOptions().maxSegment);
    sentAt = now;
  }

  private void learn(TcpView segment, int irs, TcpOptions offered, long now) {
    connection.options().learn(offered, now);
    if (segment.isSyn()) {
      connection.ecn().learn(segment);
    }
    connection.receiver().start(irs, connection.options().rcvScale());
    connection.sender().setWindow(segment, segment.window());
  }

  /** Sends the SYN, or the SYN that answers the peer's, whether it is the first time or not. */
  void sendSyn(long now) {
    int flags = isActive() ? TcpView.SYN : TcpView.SYN | TcpView.ACK;
    int ecn = connection.ecn().synFlags(isActive(), retries > 0);
    output().send(connection, connection.sender().iss(), flags | ecn, 0, 0, now);
    synAt = Math.min(now + (RttEstimator.INITIAL << retries), lastTry());
  }

  private long lastTry() {
    long patience = connection.socketOptions().userTimeoutNanos;
    return patience == 0 ? Clock.NEVER : sentAt + patience;
  }

  private boolean isActive() {
    return connection.state() == TcpState.SYN_SENT;
  }

  /** Takes a segment in SYN-SENT. */
  void receive(TcpView segment, TcpOptions offered, long now) {
    int ack = segment.acknowledgmentNumber();
    boolean acked = segment.isAck();
    if (acked && ack != connection.sender().sndNxt()) {
      stack.drop(DropReason.TCP_OUT_OF_WINDOW);
      if (!segment.isRst()) {
        refuse(ack, now);
      }
    } else if (segment.isRst()) {
      if (acked) {
        connection.end(CloseReason.REFUSED, now);
      } else {
        stack.drop(DropReason.TCP_RST_BAD_SEQ);
      }
    } else if (!segment.isSyn()) {
      stack.drop(DropReason.TCP_NO_ACK_FLAG);
    } else {
      learn(segment, segment.sequenceNumber(), offered, now);
      if (acked) {
        // Before the owner hears of it and writes.
        connection.sendAck(now);
        establish(offered, now);
        connection.sender().send(now);
      } else {
        connection.state(TcpState.SYN_RECEIVED);
        sendSyn(now);
      }
    }
  }

  /** Answers a segment that acknowledges what was never sent. */
  void refuse(int ack, long now) {
    TcpConnection c = connection;
    output()
        .reset(
            c.localAddress, c.localPort, c.remoteAddress, c.remotePort, ack, TcpView.RST, 0, now);
  }

  /** Our SYN is acknowledged. */
  void establish(TcpOptions echoed, long now) {
    NegotiatedOptions options = connection.options();
    long rttNanos = retries == 0 && sentAt != UNKNOWN ? now - sentAt : -1;
    if (retries > 0 && timestamps.isOn() && echoed.hasTimestamp()) {
      rttNanos = timestamps.rttNanos(echoed.echo(), now);
    }
    connection
        .sender()
        .synAcknowledged(rttNanos, options.segmentSize(), options.isSackOn(), retries > 0);
    stop();
    connection.established(now);
  }

  long deadline() {
    return synAt;
  }

  void expire(long now) {
    if (++retries > (isActive() ? SYN_RETRIES : SYN_ACK_RETRIES) || now >= lastTry()) {
      connection.giveUp(now);
    } else {
      sendSyn(now);
    }
  }

  void stop() {
    synAt = Clock.NEVER;
  }

  private TcpOutput output() {
    return stack.tcp().output();
  }
}
