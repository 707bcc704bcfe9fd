package dev.dockwire.bench;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.engine.Network;
import dev.dockwire.engine.address.AddressPool;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import dev.dockwire.tools.docker.DockerProgram;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long do {@code docker ps} of ten thousand containers, and one {@code docker network create}
 * beside three thousand networks, take?
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx2g", "-Djdk.virtualThreadScheduler.parallelism=1"})
public class CrowdedHost {

  /** Ten thousand running containers on the default bridge. */
  @State(Scope.Thread)
  public static class Containers {

    private final World world = World.inVirtualTime(new Seed(1));
    private final Engine engine = new Engine(world);
    private final DockerProgram docker = new DockerProgram(engine);

    @Setup
    public void setUp() {
      for (int i = 0; i < 10_000; i++) {
        engine.start(engine.create(ContainerSpec.of("alpine").withTerminal(true, true)));
      }
    }

    @TearDown
    public void tearDown() {
      engine.close();
    }
  }

  /** Three thousand networks, each with a subnet of the default pool. */
  @State(Scope.Thread)
  public static class Networks {

    private final Engine engine =
        new Engine(
            World.inVirtualTime(new Seed(1)),
            EngineSettings.DEFAULT.withDefaultAddressPools(
                List.of(new AddressPool(Ipv4Prefix.parse("10.0.0.0/8"), 24))));

    @Setup
    public void setUp() {
      for (int i = 0; i < 3_000; i++) {
        engine.networks().create(NetworkSpec.bridge("net" + i));
      }
    }

    @TearDown
    public void tearDown() {
      engine.close();
    }
  }

  /** The whole command, its table written to nowhere. */
  @Benchmark
  public int ps(Containers on) {
    Process process =
        on.engine
            .dockerHost()
            .host()
            .processes()
            .start(
                on.docker,
                null,
                new ProcessSpec(List.of("docker", "ps"), Map.of(), "/", Stdio.NULL));
    on.world.loop().runUntil(process::hasEnded);
    return process.exitStatus();
  }

  /** One network more, and its removal. */
  @Benchmark
  public Network networkCreateAndRemove(Networks on) {
    Network network = on.engine.networks().create(NetworkSpec.bridge("more"));
    on.engine.networks().remove(network);
    return network;
  }
}
