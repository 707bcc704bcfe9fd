package dev.dockwire.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.dockwire.bridge.Bridge;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.VirtualClock;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The steady data path allocates nothing, whatever becomes of a frame. */
class AllocationTest {

  private static final int NICS = 8;
  private static final int ROUNDS = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private final Bridge bridge = new Bridge("br0");
  private final Nic[] nics = new Nic[NICS];
  private final byte[] frame = new byte[60];
  private long observed;
  private long now;

  @Test
  void noFrameAllocates() {
    for (int i = 0; i < NICS; i++) {
      nics[i] = new Nic("eth0", new MacAddress(0x0200 + i), 1_500, fabric);
      bridge.attach("port" + i, nics[i]);
    }
    fabric.observe(
        new FrameObserver() {
          @Override
          public void onFrame(FrameSlot slot) {
            observed++;
          }

          @Override
          public void onPause() {
            // Nothing is gathered.
          }
        });
    Inlet inlet = fabric.inlet(nics[0], new VirtualClock());
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 4; attempt++) {
      long before = allocatedBytes();
      run(inlet);
      least = Math.min(least, allocatedBytes() - before);
    }

    assertThat(observed).isGreaterThan(2L * ROUNDS * NICS);
    // The least of a few runs, as the compiler may still be at work in the first ones.
    assertThat(least).isZero();
  }

  private void run(Inlet inlet) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < NICS; i++) {
        send(i, 0x0200 + (i + round) % NICS, 0x0200 + i);
        send(i, 0x0300, 0x0200 + i);
        send(i, MacAddress.BROADCAST.value(), 0x0200 + i);
        send(i, 0x0200, 0x0400 + i);
        send(i, 0x0200, 0);
        nics[i].transmit(frame, 0, 13, now);
      }
      inlet.transmit(frame, 0, 60);
      while (fabric.doWork(now) > 0) {
        // Until nothing is left.
      }
      now += 100_000_000;
    }
    // More than the ring holds, once more than the backlog holds.
    for (int i = 0; i < 3_000; i++) {
      send(0, 0x0201, 0x0200);
    }
    while (fabric.doWork(now) > 0) {
      // Until nothing is left.
    }
  }

  private void send(int from, long destination, long source) {
    EthernetView.emitHeader(frame, 0, destination, source, 0x88b5);
    nics[from].transmit(frame, 0, frame.length, now);
  }

  private long allocatedBytes() {
    return threads.getCurrentThreadAllocatedBytes();
  }
}
