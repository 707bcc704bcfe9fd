package dev.dockwire.tools.daemon;

import java.util.concurrent.TimeUnit;

/**
 * What clients may cost, all together and each: past it they are refused, or their connections end.
 *
 * @param connections how many are served at the same time; another one is told so and ends
 * @param headNanos how long a request's head may take from its first byte on
 * @param idleNanos how long a connection may be silent between requests, and a body may take
 * @param bodyBytes how much of requests' bodies is held at the same time
 */
record ApiLimits(int connections, long headNanos, long idleNanos, long bodyBytes) {

  static final ApiLimits DEFAULT =
      new ApiLimits(1_024, TimeUnit.SECONDS.toNanos(30), TimeUnit.SECONDS.toNanos(120), 64L << 20);
}
