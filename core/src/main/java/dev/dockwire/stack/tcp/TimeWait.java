package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.tcp.Sequence.isAfter;
import static dev.dockwire.stack.tcp.Sequence.isBefore;

import dev.dockwire.frame.TcpView;

/**
 * What is kept of a connection in TIME-WAIT: enough to acknowledge what still comes, and to tell a
 * new connection's SYN from an old one's.
 */
public final class TimeWait {

  /** How far a new connection between the same ends begins behind the old one, as in Linux. */
  private static final int ISN_STEP = 65_537;

  private static final long CHALLENGE_NANOS = 500_000_000;

  final int localAddress;
  final int localPort;
  final int remoteAddress;
  final int remotePort;
  final int sndNxt;
  final int rcvNxt;
  final int window;
  final Timestamps timestamps;
  final boolean reuseAddress;

  long endsAt;
  TimeWait nextInBucket;
  TimeWait older;
  TimeWait newer;

  private boolean challenged;
  private long lastChallenge;

  /**
   * @param window the window field of its acknowledgments
   */
  TimeWait(TcpConnection of, int sndNxt, int rcvNxt, int window, Timestamps timestamps) {
    localAddress = of.localAddress;
    localPort = of.localPort;
    remoteAddress = of.remoteAddress;
    remotePort = of.remotePort;
    reuseAddress = of.socketOptions().reuseAddress;
    this.sndNxt = sndNxt;
    this.rcvNxt = rcvNxt;
    this.window = window;
    this.timestamps = timestamps;
  }

  boolean isFor(int local, int localTcpPort, int remote, int remoteTcpPort) {
    return localPort == localTcpPort
        && remotePort == remoteTcpPort
        && remoteAddress == remote
        && localAddress == local;
  }

  /** Whether a segment begins a new connection: a SYN that is newer than all of this (RFC 6191). */
  boolean givesWayTo(TcpView segment, TcpOptions options, long now) {
    int flags = segment.flags() & (TcpView.SYN | TcpView.ACK | TcpView.RST | TcpView.FIN);
    if (flags != TcpView.SYN || isFromBefore(options, now)) {
      return false;
    }
    boolean newerStamp =
        timestamps.isOn()
            && options.hasTimestamp()
            && isAfter(options.stamp(), timestamps.recent());
    return newerStamp || isAfter(segment.sequenceNumber(), rcvNxt);
  }

  boolean isFromBefore(TcpOptions options, long now) {
    return timestamps.isOn() && options.hasTimestamp() && timestamps.isOld(options.stamp(), now);
  }

  /** Where a new connection's numbers begin, so that none of the old ones is taken for its own. */
  int nextIsn() {
    return sndNxt + ISN_STEP;
  }

  /** Whether a segment is an acknowledgment, and nothing else, of all that was sent. */
  boolean isSettledBy(TcpView segment) {
    return segment.sequenceNumber() == rcvNxt && SegmentCheck.lengthOf(segment) == 0;
  }

  /** Whether the peer sends its FIN, or what came before it, again. */
  boolean isRepeat(TcpView segment) {
    return SegmentCheck.lengthOf(segment) > 0
        && !segment.isSyn()
        && isBefore(segment.sequenceNumber(), rcvNxt);
  }

  /** Whether to answer what is no repetition: not each time, or two hosts could go on for ever. */
  boolean mayChallenge(long now) {
    if (challenged && now - lastChallenge < CHALLENGE_NANOS) {
      return false;
    }
    challenged = true;
    lastChallenge = now;
    return true;
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
