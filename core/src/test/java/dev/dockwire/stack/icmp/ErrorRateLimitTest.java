package dev.dockwire.stack.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.dockwire.stack.Wire;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What the errors to many destinations cost; the numbers themselves are IcmpErrorTest's. */
class ErrorRateLimitTest {

  private static final int STRANGERS = 100_000;
  private static final long SECOND = 1_000_000_000;

  private final ErrorRateLimit limit = new ErrorRateLimit(new Wire("10.0.0.1/24").stack);

  @Test
  void strangersWithoutEndAreToldWithoutAllocation() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < STRANGERS; i++) {
        limit.allow(i, i * SECOND);
      }
      allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(allocated).isZero();
  }

  @Test
  void whoTakesTheBucketOfAnotherFindsItFull() {
    int other = destinationInTheBucketOf(1);
    for (int i = 0; i < 10; i++) {
      limit.allow(1, 0);
    }
    assertThat(limit.allow(1, 0)).isFalse();
    assertThat(limit.allow(other, 0)).isTrue();
  }

  /** The bucket is the first octet of the product. */
  private static int destinationInTheBucketOf(int destination) {
    int sought = destination * 0x9e37_79b1 >>> 24;
    int other = destination + 1;
    while (other * 0x9e37_79b1 >>> 24 != sought) {
      other++;
    }
    return other;
  }
}
