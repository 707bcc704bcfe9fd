package dev.dockwire.stack.tcp;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.HostStack;

/**
 * Whether a segment may change a connection: its timestamp (RFC 7323, section 5), its number, and
 * the care that RFC 5961 wants with resets and SYNs. What is refused is counted, and answered by an
 * acknowledgment where the RFCs say so.
 */
final class SegmentCheck {

  private static final long CHALLENGE_NANOS = 500_000_000;

  private final HostStack stack;
  private final TcpConnection connection;
  private final Receiver receiver;
  private final Timestamps timestamps;
  private boolean challenged;
  private long lastChallenge;
  private boolean answered;
  private long lastAnswer;

  SegmentCheck(
      HostStack stack, TcpConnection connection, Receiver receiver, Timestamps timestamps) {
    this.stack = stack;
    this.connection = connection;
    this.receiver = receiver;
    this.timestamps = timestamps;
  }

  boolean passes(TcpView segment, TcpOptions options, long now) {
    return checkTimestamp(segment, options, now)
        && checkSequence(segment, options, now)
        && checkControl(segment, now);
  }

  private boolean checkTimestamp(TcpView segment, TcpOptions options, long now) {
    if (!timestamps.isOn() || segment.isRst()) {
      return true;
    }
    if (!options.hasTimestamp()) {
      stack.note(DropReason.TCP_TS_MISSING);
      return true;
    }
    if (timestamps.isOld(options.stamp(), now)) {
      stack.drop(DropReason.TCP_PAWS);
      answer(segment, now);
      return false;
    }
    return true;
  }

  private boolean checkSequence(TcpView segment, TcpOptions options, long now) {
    int sequence = segment.sequenceNumber();
    if (receiver.isAcceptable(sequence, lengthOf(segment)) || isAckAtEdge(segment)) {
      if (timestamps.isOn() && options.hasTimestamp() && !segment.isRst()) {
        timestamps.received(options.stamp(), sequence, receiver.rcvNxt(), now);
      }
      return true;
    }
    if (segment.isRst()) {
      stack.drop(DropReason.TCP_RST_BAD_SEQ);
      return false;
    }
    if (segment.isSyn()) {
      if (connection.state() == TcpState.SYN_RECEIVED) {
        receiveSynAgain(segment, options, now);
        return false;
      }
      return true;
    }
    if (receiver.window() == 0 && segment.isAck() && sequence == receiver.rcvNxt()) {
      // A closed window shuts data out, not acknowledgments.
      stack.note(DropReason.TCP_OUT_OF_WINDOW);
      connection.arrival().receiveAckOnly(segment, options, now);
      return false;
    }
    stack.drop(DropReason.TCP_OUT_OF_WINDOW);
    if (segment.payloadLength() > 0) {
      receiver.noteDuplicate(sequence, segment.payloadLength());
    }
    answer(segment, now);
    return false;
  }

  /** Acknowledges what is refused; what is empty only so often, lest two ends answer for ever. */
  private void answer(TcpView segment, long now) {
    if (lengthOf(segment) == 0) {
      if (answered && now - lastAnswer < CHALLENGE_NANOS) {
        return;
      }
      answered = true;
      lastAnswer = now;
    }
    connection.sendAck(now);
  }

  /** The peer's SYN once more, or, when both open at once, with the acknowledgment of ours. */
  private void receiveSynAgain(TcpView segment, TcpOptions options, long now) {
    if (segment.sequenceNumber() != receiver.irs()) {
      challenge(now);
    } else if (segment.isAck()) {
      connection.arrival().receiveAckOnly(segment, options, now);
    } else {
      stack.drop(DropReason.TCP_OUT_OF_WINDOW);
      connection.handshake().sendSyn(now);
    }
  }

  /**
   * Of a peer that has filled the window; as in Linux it counts, or two such peers would answer
   * each other's acknowledgments for ever.
   */
  private boolean isAckAtEdge(TcpView segment) {
    return !segment.isRst() && lengthOf(segment) == 0 && receiver.isEdge(segment.sequenceNumber());
  }

  static int lengthOf(TcpView segment) {
    return segment.payloadLength() + (segment.isSyn() ? 1 : 0) + (segment.isFin() ? 1 : 0);
  }

  private boolean checkControl(TcpView segment, long now) {
    if (segment.isRst()) {
      if (segment.sequenceNumber() == receiver.rcvNxt()) {
        boolean ended = connection.state() == TcpState.CLOSE_WAIT;
        connection.end(ended ? CloseReason.BROKEN : CloseReason.RESET, now);
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
    connection.sendAck(now);
  }
}
