package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.address.Ipam;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world);

  @AfterEach
  void nothingIsLeft() {
    engine.close();
    assertThat(engine.networks().bridge().endpoints()).isEmpty();
    assertThat(segment().bridge().portCount()).as("the bridge's own port").isEqualTo(1);
  }

  private static ContainerSpec spec(String name, String... command) {
    return ContainerSpec.of("alpine")
        .withName(name)
        .withCommand(List.of(command))
        .withTerminal(true, true);
  }

  private Container run(String name, String... command) {
    Container container = engine.create(spec(name, command));
    engine.start(container);
    return container;
  }

  private static String addressOf(Container container) {
    return wireOf(container).address().toString();
  }

  private static Endpoint.Wire wireOf(Container container) {
    return container.endpoints().getFirst().wire().orElseThrow();
  }

  private Segment segment() {
    return engine.networks().bridge().segment().orElseThrow();
  }

  private void pass(long seconds) {
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void addressesAreTheLowestFreeOnes() {
    Container a = run("aa");
    Container b = run("bb");
    Container c = run("cc");
    assertThat(List.of(addressOf(a), addressOf(b), addressOf(c)))
        .containsExactly("172.17.0.2/16", "172.17.0.3/16", "172.17.0.4/16");
    engine.remove(b, true);
    pass(1);
    assertThat(addressOf(run("dd"))).isEqualTo("172.17.0.3/16");
  }

  @Test
  void macAddressesAreDerivedFromAddresses() {
    Endpoint.Wire endpoint = wireOf(run("a1"));
    assertThat(endpoint.mac()).isEqualTo(MacAddress.parse("02:42:ac:11:00:02"));
    assertThat(endpoint.nic().mac()).isEqualTo(endpoint.mac());
  }

  @Test
  void aStoppedContainerGivesItsAddressBackAndMayComeBackWithAnother() {
    Container a1 = run("a1");
    engine.kill(a1, Signal.KILL);
    pass(1);
    assertThat(a1.state()).isEqualTo(Container.State.EXITED);
    assertThat(a1.exitCode()).isEqualTo(137);
    assertThat(addressOf(run("a2"))).isEqualTo("172.17.0.2/16");
    engine.start(a1);
    assertThat(addressOf(a1)).isEqualTo("172.17.0.3/16");
    assertThat(a1.files().readText("/etc/hosts"))
        .isEqualTo("127.0.0.1\tlocalhost\n172.17.0.3\t" + a1.shortId() + "\n");
  }

  @Test
  void stopKillsAfterTenSecondsBecauseProcessOneIgnoresTerm() {
    Container sleeper = run("sleeper", "sleep", "1000");
    pass(1);
    engine.stop(sleeper, Engine.DEFAULT_STOP_NANOS);
    pass(9);
    assertThat(sleeper.isRunning()).isTrue();
    pass(2);
    assertThat(sleeper.exitCode()).isEqualTo(137);
  }

  @Test
  void aContainerEndsWithItsProgram() {
    Container container = run("c3", "sh", "-c", "exit 3");
    pass(1);
    assertThat(container.state()).isEqualTo(Container.State.EXITED);
    assertThat(container.exitCode()).isEqualTo(3);
    assertThat(container.host()).isEmpty();
  }

  @Test
  void filesOutliveARestart() {
    Container container = run("a1");
    engine.exec(
        container,
        List.of("sh", "-c", "echo kept > /tmp/note"),
        List.of(),
        Optional.empty(),
        Stdio.NULL);
    pass(1);
    engine.kill(container, Signal.KILL);
    pass(1);
    engine.start(container);
    assertThat(container.files().readText("/tmp/note")).isEqualTo("kept\n");
    assertThat(engine.create(spec("other")).files().find("/tmp/note")).isEmpty();
  }

  @Test
  void execReturnsTheProgramsStatusAndDiesWithTheContainer() {
    Container container = run("a1");
    Process seven =
        engine.exec(
            container, List.of("sh", "-c", "exit 7"), List.of(), Optional.empty(), Stdio.NULL);
    Process sleeper =
        engine.exec(container, List.of("sleep", "100"), List.of(), Optional.empty(), Stdio.NULL);
    pass(1);
    assertThat(seven.exitStatus()).isEqualTo(7);
    assertThat(sleeper.hasEnded()).isFalse();
    engine.kill(container, Signal.KILL);
    pass(1);
    assertThat(sleeper.hasEnded()).isTrue();
  }

  @Test
  void containersAreFoundByIdNameAndUnambiguousPrefix() {
    Container a1 = run("a1");
    assertThat(engine.container(a1.id())).isSameAs(a1);
    assertThat(engine.container("a1")).isSameAs(a1);
    assertThat(engine.container("/a1")).isSameAs(a1);
    assertThat(engine.container(a1.shortId())).isSameAs(a1);
    assertThat(engine.container(a1.id().substring(0, 5))).isSameAs(a1);
    assertThatThrownBy(() -> engine.container("a2"))
        .hasMessage("No such container: a2")
        .hasFieldOrPropertyWithValue("status", 404);
    assertThatThrownBy(() -> engine.container("")).hasMessage("No such container: ");
  }

  @Test
  void refusalsChangeNothing() {
    Container a1 = run("a1");
    assertThatThrownBy(() -> engine.create(spec("a1")))
        .hasMessage(
            "Conflict. The container name \"/a1\" is already in use by container \""
                + a1.id()
                + "\". You have to remove (or rename) that container to be able to reuse that"
                + " name.")
        .hasFieldOrPropertyWithValue("status", 409);
    assertThatThrownBy(() -> engine.create(spec("x")))
        .hasMessage("Invalid container name (x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    assertThatThrownBy(() -> engine.create(ContainerSpec.of("nosuch")))
        .hasMessage("No such image: nosuch:latest");
    assertThatThrownBy(() -> engine.remove(a1, false))
        .hasMessage(
            "cannot remove container \"a1\": container is running: stop the container before"
                + " removing or force remove");
    assertThat(engine.containers()).containsExactly(a1);
  }

  @Test
  void aProgramThatIsMissingLeavesTheContainerCreatedWithCode127() {
    Container container = engine.create(spec("a1", "nosuch"));
    assertThatThrownBy(() -> engine.start(container))
        .hasMessageEndingWith("exec: \"nosuch\": executable file not found in $PATH: unknown");
    assertThat(container.state()).isEqualTo(Container.State.CREATED);
    assertThat(container.exitCode()).isEqualTo(127);
  }

  @Test
  void aNewContainerAnnouncesItselfToItsNeighbours() {
    Container a1 = run("a1");
    pass(1);
    long before = wireOf(a1).nic().counters().rxPackets();
    run("a2");
    pass(1);
    assertThat(wireOf(a1).nic().counters().rxPackets()).isEqualTo(before + 1);
  }

  @Test
  void theDockerHostIsTheGateway() {
    assertThat(segment().gateway()).isEqualTo(Ipv4Address.parse("172.17.0.1"));
    assertThat(engine.dockerHost().host().stack().findInterface("docker0")).isPresent();
  }

  @Test
  void theSubnetHasRoomFor65533ContainersAndThenRefuses() {
    Ipam ipam = Ipam.of(segment().subnet());
    for (int i = 0; i < 65_533; i++) {
      assertThat(ipam.allocate()).isPresent();
    }
    assertThat(ipam.allocate()).isEmpty();
    ipam.release(Ipv4Address.parse("172.17.3.4"));
    assertThat(ipam.allocate()).contains(Ipv4Address.parse("172.17.3.4"));
  }
}
