package dev.dockwire.bench;

import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.time.RealClock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How many learned frames a second does one thread take all the way: into the ring, through the
 * bridge, out to the NIC they are for?
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Switching extends Measured {

  @Param({"64", "512", "1514"})
  int size;

  @Param({"2", "64", "1024", "8192"})
  int addresses;

  private final RealClock clock = new RealClock();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private SwitchedNetwork network;

  @Setup
  public void buildNetwork() {
    network = new SwitchedNetwork(fabric, size, addresses);
  }

  @Benchmark
  @OperationsPerInvocation(SwitchedNetwork.BATCH)
  public long oneThread() {
    long now = clock.now();
    network.sendBatch(now);
    while (fabric.doWork(now) > 0) {
      // One turn takes them all; another one finds nothing left.
    }
    return network.delivered();
  }
}
