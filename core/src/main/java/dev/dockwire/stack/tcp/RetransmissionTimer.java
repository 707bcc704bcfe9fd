package dev.dockwire.stack.tcp;

import dev.dockwire.time.Clock;

/**
 * What the sending half does when no acknowledgment comes: it sends again (RFC 6298, section 5),
 * probes the tail ({@link TailProbe}) or a closed window (RFC 9293, section 3.8.6.1), looks again
 * for what was overtaken (RFC 8985, section 6.2), and at last gives up.
 */
final class RetransmissionTimer {

  /** What the timer waits for. */
  private enum Alarm {
    NOTHING,
    RETRANSMISSION,
    TAIL_PROBE,
    CLOSED_WINDOW
  }

  private static final int RETRIES = 15;

  private final TcpConnection connection;
  private final Sender sender;
  private final Flight flight;
  private final RttEstimator rtt;
  private final LossRecovery recovery;
  private final TailProbe probe;

  private Alarm alarm = Alarm.NOTHING;
  private long alarmAt = Clock.NEVER;
  private long reorderAt = Clock.NEVER;
  private int backoffs;
  private boolean timedOut;
  private int unanswered;
  private long waitingSince;

  RetransmissionTimer(
      TcpConnection connection,
      Sender sender,
      Flight flight,
      RttEstimator rtt,
      LossRecovery recovery,
      TailProbe probe) {
    this.connection = connection;
    this.sender = sender;
    this.flight = flight;
    this.rtt = rtt;
    this.recovery = recovery;
    this.probe = probe;
  }

  /** How often the time-out was doubled. */
  int backoffs() {
    return backoffs;
  }

  /** The closed window is open. */
  void windowOpened() {
    backoffs = 0;
  }

  /** The peer has answered, and maybe acknowledged something new. */
  void acknowledged(boolean advances, boolean sampled, long now) {
    unanswered = 0;
    // Karn: without a sample the time-out stays as long as it was (RFC 6298, section 5).
    backoffs = sampled ? 0 : backoffs;
    if (advances) {
      timedOut = false;
      waitingSince = now;
      connection.reports().forget();
      schedule(now);
    } else if (alarm == Alarm.TAIL_PROBE && !mayProbeTail()) {
      schedule(now);
    }
    reorderAt = recovery.waitNanos() > 0 ? now + recovery.waitNanos() : Clock.NEVER;
  }

  /** A new segment is under way. */
  void sentNew(long now) {
    if (flight.size() == 1) {
      waitingSince = now;
    }
    // With a second segment under way the peer's delayed acknowledgment need not be waited for.
    if (alarm != Alarm.RETRANSMISSION || flight.size() == 2 && mayProbeTail()) {
      schedule(now);
    }
  }

  /** All that may go has gone. */
  void sendingStopped(long now) {
    if (alarm == Alarm.NOTHING || alarm == Alarm.CLOSED_WINDOW && flight.size() > 0) {
      schedule(now);
    }
  }

  private boolean mayProbeTail() {
    return backoffs == 0 && probe.isAllowed();
  }

  private void schedule(long now) {
    if (flight.size() == 0) {
      boolean shut = sender.hasUnsent();
      if (shut && alarm != Alarm.CLOSED_WINDOW) {
        waitingSince = now;
      }
      alarm = shut ? Alarm.CLOSED_WINDOW : Alarm.NOTHING;
      alarmAt = shut ? Math.min(now + rtt.rtoNanos(backoffs), patienceEnds()) : Clock.NEVER;
      return;
    }
    long timeout = Math.min(now + rtt.rtoNanos(backoffs), patienceEnds());
    alarm = Alarm.RETRANSMISSION;
    alarmAt = timeout;
    if (mayProbeTail()) {
      long patience = probe.patienceNanos();
      if (now + patience < timeout) {
        alarm = Alarm.TAIL_PROBE;
        alarmAt = now + patience;
      }
    }
  }

  /** When the owner wants no more attempts to be made. */
  private long patienceEnds() {
    long patience = connection.socketOptions().userTimeoutNanos;
    return patience == 0 ? Clock.NEVER : waitingSince + patience;
  }

  long deadline() {
    return Math.min(alarmAt, reorderAt);
  }

  /** Looks for losses again if the time for what was overtaken is up. */
  void checkOrder(long now) {
    if (reorderAt <= now) {
      reorderAt = Clock.NEVER;
      recovery.checkAgain(sender.sndNxt(), now);
      if (recovery.waitNanos() > 0) {
        reorderAt = now + recovery.waitNanos();
      }
      sender.send(now);
    }
  }

  void expire(long now) {
    if (alarmAt > now) {
      return;
    }
    switch (alarm) {
      case TAIL_PROBE -> probeTail(now);
      case RETRANSMISSION -> timeOut(now);
      case CLOSED_WINDOW -> probeWindow(now);
      case NOTHING -> alarmAt = Clock.NEVER;
    }
  }

  private void probeTail(long now) {
    sender.probeTail(now);
    schedule(now);
  }

  private void timeOut(long now) {
    if (givesUp(now)) {
      return;
    }
    recovery.timedOut(sender.sndNxt(), timedOut);
    timedOut = true;
    backoffs++;
    probe.forget();
    reorderAt = Clock.NEVER;
    schedule(now);
    sender.send(now);
  }

  private void probeWindow(long now) {
    sender.send(now);
    if (flight.size() > 0 || givesUp(now)) {
      return;
    }
    if (!sender.probeWindow(now)) {
      backoffs++;
    }
    schedule(now);
  }

  private boolean givesUp(long now) {
    boolean enough = ++unanswered > RETRIES || now >= patienceEnds();
    if (enough) {
      connection.giveUp(now);
    }
    return enough;
  }

  void stop() {
    alarm = Alarm.NOTHING;
    alarmAt = Clock.NEVER;
    reorderAt = Clock.NEVER;
  }
}
