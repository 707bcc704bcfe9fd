package dev.dockwire.nat;

import java.util.concurrent.TimeUnit;

/**
 * How long a flow is kept after its last packet, and how soon it gives way when the table is full:
 * those that nobody answered first, those that are assured never.
 *
 * <p>The times are those of RFC 5382, section 5 (TCP), RFC 4787, section 4.3 (UDP), and RFC 5508,
 * section 3.2 (ICMP); established connections are kept for five days, as in Linux.
 */
enum FlowAge {
  TCP_SYN_SENT(240, Worth.UNANSWERED),
  UDP_UNANSWERED(120, Worth.UNANSWERED),
  ICMP_UNANSWERED(60, Worth.UNANSWERED),
  OTHER_UNANSWERED(600, Worth.UNANSWERED),

  TCP_SYN_RECEIVED(240, Worth.UNASSURED),
  TCP_RESET(10, Worth.UNASSURED),
  UDP_ANSWERED(300, Worth.UNASSURED),
  ICMP_ANSWERED(60, Worth.UNASSURED),
  OTHER_ANSWERED(600, Worth.UNASSURED),

  TCP_CLOSING(240, Worth.ASSURED),
  TCP_ESTABLISHED(432_000, Worth.ASSURED),
  UDP_STREAM(300, Worth.ASSURED);

  /** What a flow is worth when room is needed. */
  enum Worth {
    UNANSWERED,
    UNASSURED,
    ASSURED
  }

  private final long timeoutNanos;
  private final Worth worth;

  FlowAge(long timeoutSeconds, Worth worth) {
    this.timeoutNanos = TimeUnit.SECONDS.toNanos(timeoutSeconds);
    this.worth = worth;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  Worth worth() {
    return worth;
  }

  boolean isAssured() {
    return worth == Worth.ASSURED;
  }
}
