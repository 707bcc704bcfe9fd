package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;

/**
 * What a segment does to a connection once {@link SegmentCheck} has let it in (RFC 9293, section
 * 3.10.7.4, fifth to eighth): its acknowledgment, its data, its FIN, and what is sent for it.
 */
final class SegmentArrival {

  private final HostStack stack;
  private final TcpConnection connection;
  private final Sender sender;
  private final Receiver receiver;
  private final AckPolicy acks;

  SegmentArrival(HostStack stack, TcpConnection connection, AckPolicy acks) {
    this.stack = stack;
    this.connection = connection;
    this.sender = connection.sender();
    this.receiver = connection.receiver();
    this.acks = acks;
  }

  void take(byte[] bytes, TcpView segment, TcpOptions carried, long now) {
    if (!receiveAck(segment, carried, now)) {
      return;
    }
    int length = segment.payloadLength();
    if (length > 0 || segment.isFin()) {
      if (connection.isOrphan()
          && length > 0
          && Sequence.isAfter(segment.sequenceNumber() + length, receiver.rcvNxt())) {
        // Nobody will read it.
        stack.drop(DropReason.TCP_NO_CONN);
        connection.sendReset(now);
        connection.end(CloseReason.ABORTED, now);
        return;
      }
      receiveData(bytes, segment, now);
    }
    if (connection.state() != TcpState.CLOSED) {
      sender.send(now);
      if (acks.isDue(now)) {
        connection.sendAck(now);
      }
    }
  }

  /** RFC 9293, section 3.10.7.4, fifth; false if the segment goes no further. */
  private boolean receiveAck(TcpView segment, TcpOptions carried, long now) {
    int ack = segment.acknowledgmentNumber();
    int window = segment.window() << connection.options().sndScale();
    if (connection.state() == TcpState.SYN_RECEIVED) {
      if (ack != sender.sndNxt()) {
        stack.drop(DropReason.TCP_OUT_OF_WINDOW);
        connection.handshake().refuse(ack, now);
        return false;
      }
      if (connection.isHeldUp()) {
        stack.drop(DropReason.TCP_LISTEN_OVERFLOW);
        return false;
      }
      sender.setWindow(segment, window);
      connection.handshake().establish(carried, now);
      return connection.state() != TcpState.CLOSED;
    }
    if (!sender.isAcceptable(ack)) {
      stack.drop(DropReason.TCP_OUT_OF_WINDOW);
      connection.sendAck(now);
      return false;
    }
    connection.keepAlive().heard(now);
    sender.acknowledged(segment, carried, window, now);
    if (connection.ecn().isReported(segment)) {
      sender.congestionReported();
    }
    return connection.state() != TcpState.CLOSED;
  }

  /** A segment of which nothing but the acknowledgment is taken, and which is answered. */
  void receiveAckOnly(TcpView segment, TcpOptions carried, long now) {
    if (receiveAck(segment, carried, now)) {
      connection.sendAck(now);
      sender.send(now);
    }
  }

  private void receiveData(byte[] bytes, TcpView segment, long now) {
    if (receiver.isFinReceived() || !connection.state().canReceive()) {
      connection.sendAck(now);
      return;
    }
    connection.ecn().received(segment);
    boolean gapBefore = receiver.hasGap();
    int before = receiver.rcvNxt();
    if (!receiver.insert(bytes, segment, connection.options().segmentSize(), now)) {
      stack.drop(DropReason.TCP_OOO_FULL);
    }
    boolean advanced = receiver.rcvNxt() != before;
    boolean fin = receiver.isFinReceived();
    boolean atOnce = gapBefore || receiver.hasGap() || fin || !advanced;
    acks.received(segment.payloadLength(), atOnce, connection.options().segmentSize(), now);
    if (fin) {
      connection.state(connection.state().afterFinReceived());
    }
    if (advanced) {
      connection.tellReadable(now);
    }
    if (fin && connection.state() == TcpState.TIME_WAIT) {
      connection.sendAck(now);
      connection.enterTimeWait(now);
    }
  }
}
