package dev.dockwire.bench;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.host.socket.ServerSocket;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does it take until a program in one container has an octet back that a program in
 * another one reads and writes again, both by calls that wait?
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BlockingRoundTrip extends MeasuredAsProgram {

  private static final int PORT = 5_001;
  private static final int BATCH = 64;

  private final World world = World.inRealTime(new Seed(1));
  private final Engine engine = new Engine(world);

  private int address;
  private long echoed;

  @Setup
  public void start() {
    Container serving = engine.create(ContainerSpec.of("alpine").withTerminal(true, true));
    Container asking = engine.create(ContainerSpec.of("alpine").withTerminal(true, true));
    engine.start(serving);
    engine.start(asking);
    address = serving.endpoints().getFirst().wire().orElseThrow().address().address().value();
    run(serving, this::echo);
    world.loop().runUntil(world.now() + TimeUnit.MILLISECONDS.toNanos(10));
    run(asking, this::ask);
  }

  @TearDown
  public void stop() {
    engine.close();
  }

  /** What a program does that reads and writes. */
  private interface Body {
    void run(Process self) throws IOException;
  }

  private static void run(Container container, Body body) {
    Program program =
        self -> {
          try {
            body.run(self);
            return 0;
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        };
    Host host = container.host().orElseThrow();
    host.processes()
        .start(program, null, new ProcessSpec(List.of("program"), Map.of(), "/", Stdio.NULL));
  }

  private void echo(Process self) throws IOException {
    try (ServerSocket listener = ServerSocket.bind(self, 0, PORT, 1);
        StreamSocket socket = listener.accept(Clock.NEVER)) {
      socket.noDelay(true);
      byte[] octet = new byte[1];
      while (socket.read(octet, 0, 1) > 0) {
        socket.write(octet, 0, 1);
      }
    }
  }

  private void ask(Process self) throws IOException {
    try (StreamSocket socket = StreamSocket.connect(self, address, PORT, 0)) {
      socket.noDelay(true);
      byte[] octet = new byte[1];
      do {
        socket.write(octet, 0, 1);
        echoed++;
      } while (socket.read(octet, 0, 1) > 0);
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long roundTrip() {
    long goal = echoed + BATCH;
    world.loop().runUntil(() -> echoed >= goal);
    return echoed;
  }
}
