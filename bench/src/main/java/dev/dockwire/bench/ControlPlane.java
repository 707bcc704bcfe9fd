package dev.dockwire.bench;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.Network;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long do a thousand {@code docker run -d}, and one {@code docker network create}, take? */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx2g", "-Djdk.virtualThreadScheduler.parallelism=1"})
public class ControlPlane {

  private static final int CONTAINERS = 1_000;

  private World world;
  private Engine engine;
  private int made;

  @Setup(Level.Iteration)
  public void setUp() {
    world = World.inVirtualTime(new Seed(1));
    engine = new Engine(world);
    for (int i = 0; i < 20; i++) {
      engine.networks().create(NetworkSpec.bridge("net" + i));
    }
  }

  @TearDown(Level.Iteration)
  public void tearDown() {
    engine.close();
  }

  /** All of them running, their announcements delivered to all the others. */
  @Benchmark
  public void thousandRuns() {
    for (int i = 0; i < CONTAINERS; i++) {
      engine.start(
          engine.create(ContainerSpec.of("alpine").withName("c" + i).withTerminal(true, true)));
    }
    world.loop().runUntil(world.now() + TimeUnit.MILLISECONDS.toNanos(10));
  }

  /** One network more beside twenty, and its removal. */
  @Benchmark
  public Network networkCreateAndRemove() {
    Network network = engine.networks().create(NetworkSpec.bridge("more" + made++));
    engine.networks().remove(network);
    return network;
  }
}
