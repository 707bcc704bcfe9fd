package dev.dockwire.stack.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Seed;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EphemeralPortsTest {

  private static final int COUNT = EphemeralPorts.LAST - EphemeralPorts.FIRST + 1;

  private final EphemeralPorts ports = new EphemeralPorts(new Seed(1).generator("ports"));

  private int choose(int peer) {
    return ports.choose(1, peer, 80, port -> true);
  }

  @Test
  void noPortTowardsAPeerComesTwiceBeforeAllHaveCome() {
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < COUNT; i++) {
      chosen.add(choose(2));
    }
    assertThat(chosen).hasSize(COUNT).allMatch(port -> port >= 32_768 && port <= 60_999);
  }

  @Test
  void eachPeerSeesThePortsBeginElsewhere() {
    Set<Integer> first = new HashSet<>();
    for (int peer = 2; peer < 52; peer++) {
      first.add(choose(peer));
    }
    assertThat(first).hasSizeGreaterThan(45);
  }

  @Test
  void theLastFreePortIsFoundWhereverTheSearchBegins() {
    for (int i = 0; i < 20; i++) {
      int last = EphemeralPorts.FIRST + i * 1_000;
      assertThat(ports.choose(1, 2, 80, port -> port == last)).isEqualTo(last);
    }
  }

  @Test
  void whenAllAreTakenThereIsNone() {
    assertThat(ports.choose(1, 2, 80, port -> false)).isEqualTo(EphemeralPorts.NONE);
  }
}
