package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Containers with {@code --network container:X}. */
class NetworkSharingTest {

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world);
  private final Container owner = run("owner", "bridge");
  private final Container guest = run("guest", "container:owner");

  private Container run(String name, String network) {
    return Alpine.run(engine, name, List.of(network));
  }

  @Test
  void theGuestHasTheOwnersStackAndNameButNoPlaceOnTheNetwork() {
    assertThat(guest.host().orElseThrow().stack()).isSameAs(owner.host().orElseThrow().stack());
    assertThat(guest.hostname()).isEqualTo(owner.shortId());
    assertThat(guest.endpoints()).isEmpty();
    assertThat(engine.networks().bridge().endpoints()).hasSize(1);
  }

  @Test
  void bothSeeWhatEitherWritesIntoTheSharedFiles() {
    guest.files().write("/etc/hosts", "10.9.9.9\tx\n");
    assertThat(owner.files().readText("/etc/hosts")).isEqualTo("10.9.9.9\tx\n");
    owner.files().write("/etc/resolv.conf", "nameserver 10.9.9.9\n");
    assertThat(guest.files().readText("/etc/resolv.conf")).isEqualTo("nameserver 10.9.9.9\n");
    guest.files().write("/etc/motd", "mine");
    assertThat(owner.files().readText("/etc/motd")).isEmpty();

    assertThatThrownBy(() -> guest.files().remove("/etc/hosts"))
        .isInstanceOf(SystemCallException.class)
        .hasMessage("Resource busy");
  }

  @Test
  void theOwnersEndTakesTheInterfacesAwayAndLeavesTheGuestRunning() {
    engine.kill(owner, Engine.signal("KILL"));
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(1));
    assertThat(guest.state()).isEqualTo(Container.State.RUNNING);
    assertThat(guest.host().orElseThrow().stack().interfaces()).hasSize(1);

    engine.start(owner);
    assertThat(guest.host().orElseThrow().stack()).isNotSameAs(owner.host().orElseThrow().stack());
  }
}
