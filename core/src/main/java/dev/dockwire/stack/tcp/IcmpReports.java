package dev.dockwire.stack.tcp;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.icmp.ErrorSender;
import dev.dockwire.stack.icmp.IcmpError;

/**
 * What ICMP says of a connection's segments (RFC 9293, section 3.9.2.2; RFC 5927). It may end an
 * attempt to connect; of a connection that is there it only says, as in Linux, why that times out
 * if it does. A path that has become narrower makes the segments smaller at once (RFC 1191).
 *
 * <p>Limit: where ICMP is lost nobody tells of a narrow path: large segments are sent again until
 * the connection times out. There is no black-hole detection (RFC 4821), which Linux has off too.
 */
final class IcmpReports {

  private final HostStack stack;
  private final TcpConnection connection;
  private CloseReason noted;

  IcmpReports(HostStack stack, TcpConnection connection) {
    this.stack = stack;
    this.connection = connection;
  }

  /** Takes an error; false if what it quotes is not under way. */
  boolean receive(IcmpError error, long now) {
    if (!connection.sender().isUnderWay(error.secondWord())) {
      return false;
    }
    if (error.isTooBig()) {
      stack.ip().pathMtus().narrow(error, now);
      connection.sender().send(now);
      return true;
    }
    CloseReason reason = reasonOf(error);
    if (reason != null && connection.state() == TcpState.SYN_SENT && endsConnecting(error)) {
      connection.end(reason, now);
    } else if (reason != null) {
      noted = reason;
    }
    return true;
  }

  private static boolean endsConnecting(IcmpError error) {
    return error.isHard() || error.code() == ErrorSender.HOST_UNREACHABLE;
  }

  /** As Linux turns them into errno; null for what it does not report. */
  private static CloseReason reasonOf(IcmpError error) {
    if (error.type() == IcmpView.TIME_EXCEEDED) {
      return CloseReason.HOST_UNREACHABLE;
    }
    if (error.type() != IcmpView.DESTINATION_UNREACHABLE) {
      return null;
    }
    return switch (error.code()) {
      case ErrorSender.NETWORK_UNREACHABLE, 6, 9, 11 -> CloseReason.NETWORK_UNREACHABLE;
      case ErrorSender.HOST_UNREACHABLE, 7, 8, 10, 12, 13, 14, 15 -> CloseReason.HOST_UNREACHABLE;
      case ErrorSender.PROTOCOL_UNREACHABLE -> CloseReason.PROTOCOL_UNREACHABLE;
      case ErrorSender.PORT_UNREACHABLE -> CloseReason.REFUSED;
      default -> null;
    };
  }

  /** The peer has got something new: what was wrong has passed. */
  void forget() {
    noted = null;
  }

  /** What to say of a peer that does not answer. */
  CloseReason whyTimedOut() {
    return noted == null ? CloseReason.TIMED_OUT : noted;
  }
}
