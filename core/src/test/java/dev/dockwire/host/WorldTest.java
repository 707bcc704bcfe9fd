package dev.dockwire.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import org.junit.jupiter.api.Test;

class WorldTest {

  @Test
  void secretsAreBySeedInASimulationOnly() {
    Seed seed = new Seed(7);
    long simulated = World.inVirtualTime(seed).secrets("keys").nextLong();
    assertThat(World.inVirtualTime(seed).secrets("keys").nextLong()).isEqualTo(simulated);
    assertThat(World.inVirtualTime(seed).secrets("others").nextLong()).isNotEqualTo(simulated);

    long real = World.inRealTime(seed).secrets("keys").nextLong();
    assertThat(World.inRealTime(seed).secrets("keys").nextLong()).isNotEqualTo(real);
  }
}
