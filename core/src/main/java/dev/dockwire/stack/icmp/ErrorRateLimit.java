package dev.dockwire.stack.icmp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.HostStack;

/**
 * How many errors a host sends (RFC 1812, section 4.3.2.8): to each destination one a second with a
 * burst of six, to all together 1,000 a second with a burst of 50.
 *
 * <p>What one error costs of the common budget is 0, 1 or 2 by chance, or its state would tell a
 * stranger whether others get errors (the SAD DNS side channel).
 */
final class ErrorRateLimit {

  private static final long DESTINATION_NANOS = SECONDS.toNanos(1);
  private static final int DESTINATION_BURST = 6;
  private static final long HOST_NANOS = MILLISECONDS.toNanos(1);
  private static final int HOST_BURST = 50;

  /** A newer destination may take the bucket of an older one, whose budget is then full again. */
  private static final int DESTINATIONS = 256;

  private final HostStack stack;
  private final TokenBucket host = new TokenBucket(HOST_NANOS, HOST_BURST);
  private int[] destinations;
  private TokenBucket[] buckets;

  ErrorRateLimit(HostStack stack) {
    this.stack = stack;
  }

  /** Takes an error's share of both budgets; false, and counted, if there is none left. */
  boolean allow(int destination, long now) {
    TokenBucket own = bucketOf(destination);
    if (!own.hasToken(now)) {
      stack.lose(DropReason.ICMP_RL_DST);
      return false;
    }
    if (!host.hasToken(now)) {
      stack.lose(DropReason.ICMP_RL_HOST);
      return false;
    }
    own.take(1, now);
    host.take(stack.random().nextInt(3), now);
    return true;
  }

  private TokenBucket bucketOf(int destination) {
    if (buckets == null) {
      destinations = new int[DESTINATIONS];
      buckets = new TokenBucket[DESTINATIONS];
    }
    int place = destination * 0x9e37_79b1 >>> 24;
    TokenBucket bucket = buckets[place];
    if (bucket == null) {
      bucket = new TokenBucket(DESTINATION_NANOS, DESTINATION_BURST);
      buckets[place] = bucket;
    } else if (destinations[place] != destination) {
      bucket.refill();
    }
    destinations[place] = destination;
    return bucket;
  }
}
