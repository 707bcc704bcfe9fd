package dev.dockwire.bench;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.RealClock;
import dev.dockwire.time.Seed;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many learned frames per second does one thread take all the way: into the ring, through the
 * bridge, out to the NIC they are for?
 *
 * <p>Sizes are those on the wire, with the four octets of frame check sequence that never are in
 * memory here: 64 means 60 bytes. Addresses are spread over up to 64 ports; every frame is a known
 * unicast and each address changes its partner every round.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx256m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Switching {

  static final int BATCH = 256;

  private static final int FRAME_CHECK_SEQUENCE = 4;
  private static final int MAX_PORTS = 64;

  @Param({"64", "512", "1514"})
  int size;

  @Param({"2", "64", "1024", "8192"})
  int addresses;

  private final RealClock clock = new RealClock();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT);
  private byte[] payload;
  private long[] macs;
  private Nic[] nics;
  private long delivered;
  private int from;
  private int round;

  @Setup
  public void buildNetwork() {
    payload = new byte[size - FRAME_CHECK_SEQUENCE - EthernetView.HEADER_LENGTH];
    macs = new long[addresses];
    nics = new Nic[Math.min(addresses, MAX_PORTS)];
    RandomGenerator random = new Seed(1).generator("addresses");
    Bridge bridge = new Bridge("br0");
    for (int i = 0; i < nics.length; i++) {
      Nic nic = new Nic("eth" + i, new MacAddress(i), 1_500, fabric);
      nic.handler((_, _, _) -> delivered++);
      bridge.attach("port" + i, nic);
      nics[i] = nic;
    }
    for (int i = 0; i < addresses; i++) {
      macs[i] = 0x0242_0000_0000L | random.nextInt() & 0xffff_ffffL;
      send(i, i ^ addresses - 1, clock.now());
      fabric.doWork(clock.now());
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long oneThread() {
    long now = clock.now();
    int last = addresses - 1;
    for (int i = 0; i < BATCH; i++) {
      // Another partner each round, never on the same port.
      send(from, (from ^ last) ^ (round * nics.length & last), now);
      from = from + 1 & last;
      if (from == 0) {
        round++;
      }
    }
    while (fabric.doWork(now) > 0) {
      // One turn takes them all; another one finds nothing left.
    }
    return delivered;
  }

  private void send(int source, int destination, long now) {
    Nic nic = nics[source & nics.length - 1];
    int length = EthernetView.HEADER_LENGTH + payload.length;
    FrameSlot slot = nic.claim(length);
    byte[] bytes = slot.bytes();
    int offset = slot.offset();
    EthernetView.emitHeader(bytes, offset, macs[destination], macs[source], EthernetView.TYPE_IPV4);
    System.arraycopy(payload, 0, bytes, offset + EthernetView.HEADER_LENGTH, payload.length);
    nic.publish(slot, length, now);
  }
}
