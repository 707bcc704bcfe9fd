package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The key 00 01 .. 0f and a message 00 01 .. of the reference vectors. */
class SipHashTest {

  private final SipHash hash = new SipHash(0x0706_0504_0302_0100L, 0x0f0e_0d0c_0b0a_0908L);

  @Test
  void agreesWithTheReferenceVectorOfSixteenOctets() {
    assertThat(hash.hash(0x0706_0504_0302_0100L, 0x0f0e_0d0c_0b0a_0908L))
        .isEqualTo(0x3f2a_cc7f_57c2_9bdbL);
  }

  @Test
  void anotherKeyGivesAnotherHash() {
    assertThat(new SipHash(1, 0).hash(2, 3))
        .isNotEqualTo(new SipHash(0, 1).hash(2, 3))
        .isNotEqualTo(new SipHash(1, 0).hash(3, 2));
  }

  @Test
  void allocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    long sum = 0;
    for (int attempt = 0; attempt < 4; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 5_000; i++) {
        sum += hash.hash(sum, i);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(sum).isNotZero();
    assertThat(least).isZero();
  }
}
