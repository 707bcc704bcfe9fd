package dev.dockwire.bench;

import dev.dockwire.time.VirtualClock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * How much memory does an idle connection take at each of its ends, its owner's socket included? No
 * JMH: {@code java -cp bench/target/benchmarks.jar dev.dockwire.bench.IdleConnections}. Connects
 * 100,000 times between pairs of hosts on a bridge, sends an octet each way, waits in virtual time
 * and looks at the heap.
 */
public final class IdleConnections {

  private static final int CONNECTIONS = 100_000;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final VirtualClock clock = new VirtualClock();
  private final ConnectedPairs pairs = new ConnectedPairs(clock);

  private IdleConnections() {}

  public static void main(String[] args) throws IOException {
    new IdleConnections().measure();
  }

  private void measure() throws IOException {
    long before = Heap.used();
    while (pairs.size() < CONNECTIONS) {
      pairs.grow(pairs.size() + ConnectedPairs.PER_PAIR);
      if (pairs.size() == ConnectedPairs.PER_PAIR) {
        print("just used", before);
      }
      clock.idleUntil(clock.now() + QUIET_NANOS);
      pairs.turnUntilIdle();
    }
    print("idle", before);
  }

  private void print(String what, long before) {
    int ends = 2 * pairs.size();
    System.out.printf("%d ends, %s: %d octets each%n", ends, what, (Heap.used() - before) / ends);
  }
}
