package dev.dockwire.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TransportTest {

  private static final int TRIES = 200;

  @Test
  void aSocketThatCannotBeBoundIsClosed() {
    // A link's own address without its link: no BindException, as for one that is taken.
    InetSocketAddress nowhere = new InetSocketAddress(InetAddress.ofLiteral("fe80::1"), 0);
    Assumptions.assumeTrue(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
        "open files cannot be counted here");
    long before = openFiles();
    for (int i = 0; i < TRIES; i++) {
      assertThatThrownBy(() -> Transport.listen(nowhere))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BindException.class);
      assertThatThrownBy(() -> Transport.bindDatagrams(nowhere)).isInstanceOf(IOException.class);
    }
    assertThat(openFiles() - before).isLessThan(TRIES);
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
