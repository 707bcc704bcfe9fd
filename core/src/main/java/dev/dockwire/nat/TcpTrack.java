package dev.dockwire.nat;

import static dev.dockwire.frame.NetworkOrder.octet;

import dev.dockwire.frame.TcpView;

/**
 * Follows a TCP connection from outside: its state, and the windows that both ends have shown
 * (after van Rooij, "Real stateful TCP packet filtering in IP Filter"). What lies outside of them
 * belongs to no connection; a reset must be where the other end would take it, or a stranger could
 * close the way by guessing.
 */
final class TcpTrack {

  /** As {@code conntrack -L} names them. */
  enum State {
    SYN_SENT(FlowAge.TCP_SYN_SENT),
    SYN_RECV(FlowAge.TCP_SYN_RECEIVED),
    ESTABLISHED(FlowAge.TCP_ESTABLISHED),
    FIN_WAIT(FlowAge.TCP_CLOSING),
    CLOSE_WAIT(FlowAge.TCP_CLOSING),
    LAST_ACK(FlowAge.TCP_CLOSING),
    TIME_WAIT(FlowAge.TCP_CLOSING),
    CLOSE(FlowAge.TCP_RESET);

    final FlowAge age;

    State(FlowAge age) {
      this.age = age;
    }
  }

  /** What a segment is to the connection. */
  enum Verdict {
    /** Part of it. */
    VALID,
    /** Part of it, but no reason to keep it longer: the ends will sort it out. */
    PASSED,
    /** None of its. */
    INVALID,
    /** The beginning of a new connection in the place of one that has ended. */
    REOPENED
  }

  private static final int WINDOW_SCALE = 3;
  private static final int MAX_SCALE = 14;

  /** An acknowledgment may be this far behind, whatever the windows say. */
  private static final int ACK_SLACK = 66_000;

  /** What one end has shown. */
  private static final class End {
    boolean isKnown;

    /** Behind the last octet it has sent. */
    int sent;

    /** How far it may send. */
    int limit;

    /** The largest window it has offered. */
    int window;

    int scale = -1;
    boolean hasAcknowledged;
    int acknowledged;
    boolean hasFinished;
    int finish;
    boolean finishAcknowledged;
  }

  private final End originator = new End();
  private final End responder = new End();
  private State state = State.SYN_SENT;

  State state() {
    return state;
  }

  /** Whether a segment may be the first of a connection. */
  static boolean opens(TcpView segment) {
    int flags = segment.flags() & (TcpView.SYN | TcpView.ACK | TcpView.RST | TcpView.FIN);
    return flags == TcpView.SYN;
  }

  Verdict receive(TcpView segment, byte[] bytes, boolean isReply) {
    End from = isReply ? responder : originator;
    End to = isReply ? originator : responder;
    if (segment.isRst()) {
      return receiveReset(segment, from, to);
    }
    if (segment.isSyn()) {
      return receiveSyn(segment, bytes, isReply, from, to);
    }
    if (!segment.isAck() || state == State.SYN_SENT) {
      return Verdict.INVALID;
    }
    int sequence = segment.sequenceNumber();
    int end = sequence + segment.payloadLength() + (segment.isFin() ? 1 : 0);
    if (!isInWindow(sequence, end, segment.acknowledgmentNumber(), from, to)) {
      return Verdict.INVALID;
    }
    learn(segment, end, from, to);
    if (state != State.CLOSE) {
      state = nextState(isReply);
    }
    return Verdict.VALID;
  }

  private Verdict receiveSyn(TcpView segment, byte[] bytes, boolean isReply, End from, End to) {
    if (!segment.isAck()) {
      if (state == State.TIME_WAIT || state == State.CLOSE) {
        return Verdict.REOPENED;
      }
      if (state != State.SYN_SENT) {
        return Verdict.PASSED;
      }
      start(segment, bytes, from);
      return Verdict.VALID;
    }
    boolean first = state == State.SYN_SENT && to.isKnown;
    boolean again = state == State.SYN_RECV || state == State.ESTABLISHED;
    if (segment.acknowledgmentNumber() != to.sent && first || !first && !again) {
      return Verdict.INVALID;
    }
    if (again) {
      return Verdict.PASSED;
    }
    start(segment, bytes, from);
    if (from.scale < 0 || to.scale < 0) {
      from.scale = 0;
      to.scale = 0;
    }
    state = State.SYN_RECV;
    acknowledge(segment.acknowledgmentNumber(), segment.window(), from, to);
    return Verdict.VALID;
  }

  private static void start(TcpView segment, byte[] bytes, End end) {
    end.isKnown = true;
    end.sent = segment.sequenceNumber() + 1 + segment.payloadLength();
    end.limit = end.sent;
    end.window = Math.max(segment.window(), 1);
    end.scale = scale(segment, bytes);
  }

  /** The window scale option (RFC 7323, section 2.2); -1 without one. */
  private static int scale(TcpView segment, byte[] bytes) {
    int at = segment.optionsOffset();
    int end = at + segment.optionsLength();
    while (at < end && octet(bytes, at) != 0) {
      if (octet(bytes, at) == 1) {
        at++;
      } else {
        int length = at + 1 < end ? octet(bytes, at + 1) : 0;
        if (length < 2 || at + length > end) {
          return -1;
        }
        if (octet(bytes, at) == WINDOW_SCALE && length == 3) {
          return Math.min(octet(bytes, at + 2), MAX_SCALE);
        }
        at += length;
      }
    }
    return -1;
  }

  private static boolean isInWindow(int sequence, int end, int ack, End from, End to) {
    boolean notBeyondLimit = sequence - from.limit <= 0;
    boolean notLongAgo = end - (from.sent - to.window - 1) >= 0;
    boolean acknowledgesWhatWasSent = ack - to.sent <= 0;
    boolean notTooOld = ack - (to.sent - Math.max(from.window, ACK_SLACK)) >= 0;
    return notBeyondLimit && notLongAgo && acknowledgesWhatWasSent && notTooOld;
  }

  private static void learn(TcpView segment, int end, End from, End to) {
    if (end - from.sent > 0) {
      from.sent = end;
    }
    if (segment.isFin()) {
      from.hasFinished = true;
      from.finish = end;
    }
    acknowledge(
        segment.acknowledgmentNumber(), segment.window() << Math.max(from.scale, 0), from, to);
  }

  private static void acknowledge(int ack, int window, End from, End to) {
    from.window = Math.max(from.window, window);
    int limit = ack + Math.max(window, 1);
    if (limit - to.limit > 0) {
      to.limit = limit;
    }
    if (!from.hasAcknowledged || ack - from.acknowledged > 0) {
      from.hasAcknowledged = true;
      from.acknowledged = ack;
    }
    to.finishAcknowledged |= to.hasFinished && ack - to.finish >= 0;
  }

  private State nextState(boolean isReply) {
    if (originator.hasFinished && responder.hasFinished) {
      return originator.finishAcknowledged && responder.finishAcknowledged
          ? State.TIME_WAIT
          : State.LAST_ACK;
    }
    if (originator.hasFinished || responder.hasFinished) {
      return originator.finishAcknowledged || responder.finishAcknowledged
          ? State.CLOSE_WAIT
          : State.FIN_WAIT;
    }
    return state == State.SYN_RECV && isReply ? State.SYN_RECV : State.ESTABLISHED;
  }

  /** RFC 9293, section 3.10.7.3 for the answer to a SYN, and 3.10.7.4 for all others. */
  private Verdict receiveReset(TcpView segment, End from, End to) {
    int sequence = segment.sequenceNumber();
    boolean fits;
    if (state == State.SYN_SENT && !from.isKnown) {
      fits = segment.isAck() && segment.acknowledgmentNumber() == to.sent;
    } else {
      int first = to.hasAcknowledged ? to.acknowledged : from.sent - 1;
      fits = sequence - first >= 0 && sequence - from.limit <= 0;
    }
    if (!fits) {
      return Verdict.INVALID;
    }
    state = State.CLOSE;
    return Verdict.VALID;
  }
}
