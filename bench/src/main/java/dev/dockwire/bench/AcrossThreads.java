package dev.dockwire.bench;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.fabric.Inlet;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Loop;
import dev.dockwire.time.RealClock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many frames a second does a fabric take from another thread, one by one and in batches? The
 * inlet waits when the fabric is behind, so what it gets rid of is what the fabric delivers. The
 * fabric's thread spins, and needs a processor of its own.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class AcrossThreads extends Measured {

  private static final int BATCH = 32;
  private static final int ADDRESSES = 64;

  @Param({"64", "1514"})
  int size;

  private final RealClock clock = new RealClock(Clock.NEVER);
  private final Loop loop = new Loop(clock);
  private byte[] frames;
  private int length;
  private Inlet inlet;
  private Thread fabricThread;
  private volatile boolean stopped;

  @Setup
  public void startFabric() {
    Fabric fabric = new Fabric(FabricShape.DEFAULT);
    SwitchedNetwork network = new SwitchedNetwork(fabric, size, ADDRESSES);
    inlet = fabric.inlet(network.nic(0), clock);
    length = network.length();
    frames = new byte[BATCH * length];
    for (int i = 0; i < BATCH; i++) {
      EthernetView.emitHeader(
          frames, i * length, network.mac(1 + i), network.mac(0), EthernetView.TYPE_IPV4);
    }
    loop.add(fabric);
    fabricThread = Thread.ofPlatform().name("fabric").start(() -> loop.runUntil(() -> stopped));
  }

  @TearDown
  public void stopFabric() throws InterruptedException {
    stopped = true;
    clock.wake();
    fabricThread.join();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void oneByOne() {
    for (int i = 0; i < BATCH; i++) {
      inlet.transmit(frames, i * length, length);
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void inBatches() {
    inlet.transmit(frames, 0, length, BATCH);
  }
}
