package dev.dockwire.bench;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.time.RealClock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a capture of every frame cost the thread that switches them? A thread of its own writes
 * it, into a file in the temporary folder; each iteration begins a new one.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CaptureCost extends Measured {

  @Param({"off", "pcap", "pcapng"})
  String capture;

  /** Larger frames soon measure the disk: half a gigabyte for each iteration. */
  @Param("64")
  int size;

  private final RealClock clock = new RealClock();
  private final FreshCapture running = new FreshCapture();
  private Fabric fabric;
  private SwitchedNetwork network;

  @Setup(Level.Iteration)
  public void startCapture() throws IOException {
    fabric = new Fabric(FabricShape.DEFAULT);
    network = new SwitchedNetwork(fabric, size, 64);
    running.start(capture, fabric, clock);
  }

  @TearDown(Level.Iteration)
  public void stopCapture() throws IOException {
    running.stop();
  }

  @Benchmark
  @OperationsPerInvocation(SwitchedNetwork.BATCH)
  public long oneThread() {
    long now = clock.now();
    network.sendBatch(now);
    while (fabric.doWork(now) > 0) {
      // Until nothing is left.
    }
    return network.delivered();
  }
}
