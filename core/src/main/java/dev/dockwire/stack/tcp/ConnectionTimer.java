package dev.dockwire.stack.tcp;

import dev.dockwire.stack.HostStack;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Timer;

/**
 * The one timer of a {@link TcpConnection}: it fires at the earliest deadline of the connection's
 * parts and passes the turn to the part whose it is. Its own deadlines are the end of a connection
 * that nobody owns, and the release of idle buffers.
 *
 * <p>Deadlines only move; the timer that fires too early is armed again.
 */
final class ConnectionTimer {

  /** How long a peer may take to end its half when nobody here listens any more. */
  private static final long ORPHAN_NANOS = 60_000_000_000L;

  /** After so long without anything to do the memory of empty buffers is given back. */
  private static final long IDLE_NANOS = 1_000_000_000L;

  private final TcpConnection connection;
  private final AckPolicy acks;
  private final Sender sender;
  private final Receiver receiver;
  private final Handshake handshake;
  private final KeepAlive keepAlive;
  private final Timer timer;

  private long endAt = Clock.NEVER;
  private long idleAt;

  ConnectionTimer(HostStack stack, TcpConnection connection, AckPolicy acks) {
    this.connection = connection;
    this.acks = acks;
    this.sender = connection.sender();
    this.receiver = connection.receiver();
    this.handshake = connection.handshake();
    this.keepAlive = connection.keepAlive();
    this.timer = stack.timers().timer(this::expire);
  }

  /** Some deadline may have come closer. */
  void arm() {
    long earliest = nextDeadline();
    if (earliest != Clock.NEVER && (!timer.isArmed() || earliest < timer.deadline())) {
      timer.arm(earliest);
    }
  }

  /** The owner or the peer has done something. */
  void used(long now) {
    idleAt = now + IDLE_NANOS;
  }

  /** Only the peer's FIN is waited for, and nobody waits. */
  void orphaned(long now) {
    endAt = now + ORPHAN_NANOS;
  }

  private long nextDeadline() {
    long earliest =
        Math.min(
            Math.min(handshake.deadline(), sender.deadline()), Math.min(acks.deadline(), endAt));
    earliest = Math.min(earliest, keepAlive.deadline());
    return holdsIdleRoom() ? Math.min(earliest, idleAt) : earliest;
  }

  /** Whether buffers take memory though they are empty. */
  private boolean holdsIdleRoom() {
    TcpState state = connection.state();
    return state.isSynchronized()
        && state != TcpState.TIME_WAIT
        && (sender.holdsIdleRoom() || receiver.holdsIdleRoom());
  }

  private void expire(long now) {
    if (endAt <= now) {
      connection.end(CloseReason.ORDERLY, now);
      return;
    }
    if (handshake.deadline() <= now) {
      handshake.expire(now);
    } else if (sender.deadline() <= now) {
      sender.expire(now);
    } else if (keepAlive.deadline() <= now) {
      keepAlive.expire(now);
    }
    if (connection.state() != TcpState.CLOSED) {
      if (acks.isDue(now)) {
        connection.sendAck(now);
      }
      if (idleAt <= now) {
        connection.releaseRoom();
      }
      arm();
    }
  }

  void stop() {
    endAt = Clock.NEVER;
    timer.cancel();
  }
}
