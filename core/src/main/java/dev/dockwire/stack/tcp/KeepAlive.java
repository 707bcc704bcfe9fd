package dev.dockwire.stack.tcp;

import dev.dockwire.frame.TcpView;
import dev.dockwire.time.Clock;

/**
 * Asks a peer that has been silent whether it is still there (RFC 9293, section 3.8.4), by an
 * acknowledgment with the number before SND.NXT, which must be answered. Off unless the owner wants
 * it; data under way asks by itself.
 */
final class KeepAlive {

  private final TcpConnection connection;
  private final Sender sender;
  private long heardAt;
  private int probes;
  private long deadline = Clock.NEVER;

  KeepAlive(TcpConnection connection) {
    this.connection = connection;
    this.sender = connection.sender();
  }

  /** The peer has acknowledged something, be it nothing new. */
  void heard(long now) {
    heardAt = now;
    probes = 0;
  }

  /** The connection is there, or the owner wants something else than before. */
  void restart(long now) {
    SocketOptions options = connection.socketOptions();
    boolean on = options.keepAlive && connection.state().isSynchronized();
    deadline = on ? Math.max(heardAt + options.keepIdleNanos, now) : Clock.NEVER;
  }

  long deadline() {
    return deadline;
  }

  void expire(long now) {
    SocketOptions options = connection.socketOptions();
    long silence = now - heardAt;
    if (connection.isOrphan() || connection.state() == TcpState.TIME_WAIT) {
      // Others see to the end of these.
      deadline = Clock.NEVER;
    } else if (sender.isBusy()) {
      deadline = now + options.keepIdleNanos;
    } else if (silence < options.keepIdleNanos) {
      deadline = heardAt + options.keepIdleNanos;
    } else if (isEnough(options, silence)) {
      connection.sendReset(now);
      connection.giveUp(now);
    } else {
      probes++;
      deadline = now + options.keepIntervalNanos;
      connection.transmit(sender.sndNxt() - 1, TcpView.ACK, 0, now);
    }
  }

  private boolean isEnough(SocketOptions options, long silence) {
    return options.userTimeoutNanos > 0
        ? probes > 0 && silence >= options.userTimeoutNanos
        : probes >= options.keepCount;
  }

  void stop() {
    deadline = Clock.NEVER;
  }
}
