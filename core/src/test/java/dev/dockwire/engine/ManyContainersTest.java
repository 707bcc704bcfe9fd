package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ten thousand containers on one bridge, in the 2 GiB of heap that the tests run with. */
class ManyContainersTest {

  private static final int CONTAINERS = 10_000;
  private static final long LIMIT_PER_CONTAINER = 50 * 1024;

  @Test
  void tenThousandIdleContainersCostUnder50KibEachAndAnswer() {
    World world = World.inVirtualTime(new Seed(1));
    Engine engine = new Engine(world);
    long before = usedBytes();
    for (int i = 0; i < CONTAINERS; i++) {
      ContainerSpec spec = ContainerSpec.of("alpine").withName("c" + i).withTerminal(true, true);
      engine.start(engine.create(spec));
      if (i % 100 == 0) {
        world.loop().runUntil(world.now() + TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(1));
    long perContainer = (usedBytes() - before) / CONTAINERS;
    assertThat(perContainer).as("bytes of an idle container").isLessThan(LIMIT_PER_CONTAINER);
    assertThat(engine.networks().bridge().segment().orElseThrow().bridge().portCount())
        .isEqualTo(CONTAINERS + 1);

    Endpoint.Wire last = engine.container("c9999").endpoints().getFirst().wire().orElseThrow();
    Process ping =
        engine.exec(
            engine.container("c0"),
            List.of("ping", "-c", "1", last.address().address().toString()),
            List.of(),
            Optional.empty(),
            Stdio.NULL);
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(5));
    assertThat(ping.hasEnded()).isTrue();
    assertThat(ping.exitStatus()).isZero();
    engine.close();
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
