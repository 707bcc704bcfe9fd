package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A window that grows with what is read. */
class WindowGrowthTest {

  private static final int MSS = 1448;
  private static final int FIRST = 128 << 10;
  private static final int MOST = 6 << 20;

  @Test
  void aReaderThatKeepsUpDoublesItEachRoundTripUpToTheMost() {
    WindowGrowth growth = new WindowGrowth(MOST);
    int limit = FIRST;
    long next = 0;
    for (int trip = 0; trip < 12; trip++) {
      long end = next + limit;
      while (next < end) {
        next += MSS;
        limit = growth.received(next, next, limit, limit, MSS, trip * 100_000_000L);
      }
    }
    assertThat(limit).isEqualTo(MOST);
  }

  @Test
  void aReaderThatDoesNotReadGetsNoMore() {
    WindowGrowth growth = new WindowGrowth(MOST);
    for (int i = 0; i < 1000; i++) {
      assertThat(growth.received((long) i * MSS, 0, FIRST, FIRST, MSS, i * 10_000_000L))
          .isEqualTo(FIRST);
    }
  }

  @Test
  void aLongPathIsNotHeldBackByTheWindow() throws IOException {
    Transfer transfer = new Transfer(Impairment.delay(50_000_000), Transfer.USUAL_BUFFERS, 1);
    int octets = 20 << 20;
    long nanos = transfer.run(octets, 0);
    // 256 KiB each round trip, what the send buffer holds; 128 KiB is what it begins with.
    assertThat(octets * 1e9 / nanos).isGreaterThan(1.8e6);
  }
}
