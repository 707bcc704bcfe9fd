package dev.dockwire.bench;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.fabric.Inlet;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameHandler;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.time.Clock;
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
 * What does a second fabric on a second processor bring? Two bridges with a host on each: both on
 * one fabric, joined by a wire, or each on a fabric and a thread of its own, with an inlet each way
 * as the wire. Both threads spin, and need a processor each.
 *
 * <p>{@code host a -> bridge a -> wire -> bridge b -> host b}. On two fabrics a turn's frames cross
 * together; the inlet waits when the other side is behind, so what is sent is what arrives.
 */
@OutputTimeUnit(TimeUnit.SECONDS)
public class WireBetweenFabrics extends Measured {

  private static final int BATCH = 128;
  private static final int FRAME_CHECK_SEQUENCE = 4;
  private static final int MTU = 1_500;

  @Param({"1", "2"})
  int fabrics;

  @Param({"64", "1514"})
  int size;

  private final RealClock clock = new RealClock();
  private Side a;
  private Side b;
  private Thread otherThread;
  private volatile boolean stopped;

  @Setup
  public void buildNetwork() {
    Fabric fabric = new Fabric(FabricShape.DEFAULT);
    int length = size - FRAME_CHECK_SEQUENCE;
    a = new Side("a", 1, fabric, length);
    b = new Side("b", 2, fabrics == 1 ? fabric : new Fabric(FabricShape.DEFAULT), length);
    if (fabrics == 1) {
      Bridge.join(a.wire, a.bridge, b.wire, b.bridge, false);
    } else {
      a.crossTo(b);
      b.crossTo(a);
    }
    learn();
    if (fabrics == 2) {
      otherThread = Thread.ofPlatform().name("fabric b").start(this::turnOther);
    }
  }

  /** Each host is heard once, so that nothing is flooded later. */
  private void learn() {
    a.send(b.mac, 1, clock.now());
    b.send(a.mac, 1, clock.now());
    for (int turn = 0; turn < 8; turn++) {
      a.turn(clock.now());
      b.turn(clock.now());
    }
  }

  private void turnOther() {
    while (!stopped) {
      b.turn(clock.now());
    }
  }

  @TearDown
  public void stop() throws InterruptedException {
    stopped = true;
    if (otherThread != null) {
      otherThread.join();
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OperationsPerInvocation(BATCH)
  public void frames() {
    long now = clock.now();
    a.send(b.mac, BATCH, now);
    while (a.turn(now) > 0) {
      // Until all have left this fabric.
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void roundTrip() {
    b.answers = true;
    long awaited = a.received + 1;
    a.send(b.mac, 1, clock.now());
    while (a.received < awaited) {
      a.turn(clock.now());
    }
  }

  /** A bridge with one host, and its end of the wire. */
  private static final class Side {

    private final Fabric fabric;
    private final int length;
    private final long mac;
    private final Bridge bridge;
    private final Nic host;
    private final Nic wire;
    private final byte[] payload;
    private Crossing crossing;
    private volatile boolean answers;
    private long received;

    Side(String name, int number, Fabric fabric, int length) {
      this.fabric = fabric;
      this.length = length;
      mac = 0x0242_0000_0000L | number;
      payload = new byte[length - EthernetView.HEADER_LENGTH];
      bridge = new Bridge("br-" + name);
      host = new Nic("host-" + name, new MacAddress(mac), MTU, fabric);
      wire = new Nic("wire-" + name, new MacAddress(mac + 256), MTU, fabric);
      host.handler(this::receive);
      bridge.attach("host", host);
    }

    void crossTo(Side other) {
      crossing = new Crossing(other.fabric.inlet(other.wire, new RealClock(Clock.NEVER)), length);
      bridge.attach("wire", wire);
      wire.handler(crossing);
    }

    private void receive(Nic nic, FrameSlot frame, long now) {
      received++;
      if (answers) {
        send(EthernetView.source(frame.bytes(), frame.offset()), 1, now);
      }
    }

    void send(long destination, int count, long now) {
      for (int i = 0; i < count; i++) {
        FrameSlot slot = host.claim(length);
        byte[] bytes = slot.bytes();
        int offset = slot.offset();
        EthernetView.emitHeader(bytes, offset, destination, mac, EthernetView.TYPE_IPV4);
        System.arraycopy(payload, 0, bytes, offset + EthernetView.HEADER_LENGTH, payload.length);
        host.publish(slot, length, now);
      }
    }

    int turn(long now) {
      int done = fabric.doWork(now);
      if (crossing != null) {
        crossing.flush();
      }
      return done;
    }
  }

  /** One direction of the wire: gathers a turn's frames and hands them over together. */
  private static final class Crossing implements FrameHandler {

    private final Inlet inlet;
    private final int length;
    private final byte[] gathered;
    private int count;

    Crossing(Inlet inlet, int length) {
      this.inlet = inlet;
      this.length = length;
      gathered = new byte[BATCH * length];
    }

    @Override
    public void receive(Nic nic, FrameSlot frame, long now) {
      System.arraycopy(frame.bytes(), frame.offset(), gathered, count * length, length);
      if (++count == BATCH) {
        flush();
      }
    }

    void flush() {
      if (count > 0) {
        inlet.transmit(gathered, 0, length, count);
        count = 0;
      }
    }
  }
}
