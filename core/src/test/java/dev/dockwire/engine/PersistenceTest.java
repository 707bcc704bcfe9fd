package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an engine had, in the next engine. */
class PersistenceTest {

  private Engine engine = new Engine(World.inVirtualTime(new Seed(1)));

  /** The engine is gone, at whatever it was; the next one has its state. */
  private void crash() {
    EngineState state = engine.state();
    engine = new Engine(World.inVirtualTime(new Seed(1)));
    engine.restore(state);
    engine.startAgain();
  }

  /** The engine ends as it is told to; the next one has its state. */
  private void restart() {
    engine.close();
    crash();
  }

  private Container run(ContainerSpec spec) {
    Container container = engine.create(spec);
    engine.start(container);
    return container;
  }

  private static ContainerSpec spec(String name) {
    return ContainerSpec.of("alpine").withName(name).withCommand(List.of("sleep", "100000"));
  }

  private static ContainerSpec on(String network, String name) {
    return spec(name).withNetworks(List.of(Attachment.to(network)));
  }

  private static ContainerSpec policy(String name, String policy) {
    return spec(name).withRestartPolicy(new RestartPolicy(policy, 0));
  }

  private void pass(long milliseconds) {
    World world = engine.world();
    world.loop().runUntil(world.now() + TimeUnit.MILLISECONDS.toNanos(milliseconds));
  }

  private int exec(String container, String... line) {
    Process process =
        engine.exec(
            engine.container(container), List.of(line), List.of(), Optional.empty(), Stdio.NULL);
    pass(3_000);
    return process.exitStatus();
  }

  @Test
  void networksAndContainersAreTheSameAndReachEachOtherAgain() {
    engine.networks().create(NetworkSpec.bridge("gone"));
    Network network = engine.networks().create(NetworkSpec.bridge("n1"));
    engine.networks().remove(engine.networks().find("gone"));
    Container a1 = run(on("n1", "a1"));
    Container a2 = run(on("n1", "a2"));

    crash();
    Network sameNetwork = engine.networks().find("n1");
    assertThat(sameNetwork.id()).isEqualTo(network.id());
    assertThat(sameNetwork.segment().orElseThrow().subnet())
        .as("not the first free one")
        .isEqualTo(Ipv4Prefix.parse("172.19.0.0/16"));
    assertThat(engine.networks().tryFind("gone")).isEmpty();
    Container sameA1 = engine.container("a1");
    assertThat(sameA1.id()).isEqualTo(a1.id());
    assertThat(sameA1.state()).isEqualTo(Container.State.EXITED);
    assertThat(sameA1.exitCode()).isEqualTo(255);
    assertThat(engine.containers()).extracting(Container::id).containsExactly(a2.id(), a1.id());

    engine.start(engine.container("a2"));
    engine.start(sameA1);
    assertThat(sameA1.endpoints().getFirst().wire().orElseThrow().address())
        .isEqualTo(Ipv4Prefix.parse("172.19.0.3/16"));
    assertThat(exec("a2", "ping", "-c", "1", "a1")).as("by name").isZero();
    assertThat(sameNetwork.endpoints()).hasSize(2);
  }

  @Test
  void takingTheStateOfARestoredEngineGivesTheSameState() {
    engine
        .networks()
        .create(
            new NetworkSpec(
                "n1",
                "bridge",
                List.of(
                    new IpamConfig(
                        "10.5.0.0/16",
                        Optional.of("10.5.1.0/24"),
                        Optional.of("10.5.0.9"),
                        Map.of("router", "10.5.0.7"))),
                true,
                true,
                Map.of(BridgeOptions.MTU, "1400"),
                Map.of("a", "b")));
    pass(1_000);
    Container ended = run(spec("a1").withCommand(List.of("sh", "-c", "exit 3")));
    pass(1_000);
    assertThat(ended.exitCode()).isEqualTo(3);
    engine.create(spec("a2").withLinks(List.of(new Link("a1", "db"))));
    engine.connect(
        engine.networks().find("n1"), ended, Attachment.to("n1").withAliases(List.of("x")));
    EngineState before = engine.state();

    crash();
    EngineState after = engine.state();
    assertThat(after.networks()).isEqualTo(before.networks());
    assertThat(after.containers()).isEqualTo(before.containers());
    assertThat(after.generation()).isEqualTo(before.generation() + 1);
    Segment segment = engine.networks().find("n1").segment().orElseThrow();
    assertThat(segment.gateway()).hasToString("10.5.0.9");
    assertThat(segment.allocate(Optional.empty()).orElseThrow()).hasToString("10.5.1.0");
  }

  @Test
  void idsNeverRepeatNotEvenThoseOfWhatIsRemoved() {
    List<String> ids = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      Container kept = engine.create(spec("a" + life));
      Container removed = engine.create(spec("removed"));
      Network network = engine.networks().create(NetworkSpec.bridge("n" + life));
      ids.addAll(List.of(kept.id(), removed.id(), network.id()));
      engine.remove(removed, false);
      crash();
    }
    engine.networks().list().stream()
        .filter(Network::isPredefined)
        .map(Network::id)
        .forEach(ids::add);
    assertThat(ids).hasSize(12).doesNotHaveDuplicates();
    assertThat(engine.containers()).hasSize(3);
  }

  @Test
  void namesThatAreGivenByChanceStayTheirOwners() {
    ContainerSpec nameless = ContainerSpec.of("alpine").withCommand(List.of("sleep", "1"));
    String first = engine.create(nameless).name();
    crash();
    assertThat(engine.create(nameless).name()).isNotEqualTo(first);
    assertThat(engine.container(first).spec().name()).isEmpty();
  }

  @Test
  void restartPoliciesSayWhatRunsAgain() {
    for (String policy : List.of("no", "always", "unless-stopped", "on-failure")) {
      run(policy(policy, policy));
      engine.stop(run(policy(policy + "-stopped", policy)), 0);
      engine.create(policy(policy + "-created", policy));
    }
    run(spec("rm").withAutoRemove(true));
    pass(1_000);
    crash();
    assertThat(running())
        .containsExactlyInAnyOrder("always", "always-stopped", "unless-stopped", "on-failure");
    assertThat(engine.container("no-stopped").exitCode()).isEqualTo(137);
    assertThat(engine.container("no-created").state()).isEqualTo(Container.State.CREATED);
    assertThat(engine.containers()).extracting(Container::name).doesNotContain("rm").hasSize(12);

    restart();
    assertThat(running())
        .as("an engine's orderly end does not count as a user's stop")
        .containsExactlyInAnyOrder("always", "always-stopped", "unless-stopped", "on-failure");
    assertThat(engine.container("no").exitCode()).isEqualTo(255);
  }

  private Stream<String> running() {
    return engine.containers().stream().filter(Container::isRunning).map(Container::name);
  }

  @Test
  void linksMeanTheSameContainersAndTheirTargetsStartFirst() {
    run(policy("db", "always"));
    run(policy("web", "always").withLinks(List.of(new Link("db", "sql"))));
    run(policy("beside", "always").withNetworks(List.of(Attachment.to("container:web"))));
    Container newDb = run(policy("db2", "always"));
    engine.rename(engine.container("db"), "old");
    engine.rename(newDb, "db");
    Container late = engine.create(spec("late"));
    run(policy("early", "no"));

    crash();
    assertThat(running()).contains("db", "old", "web", "beside");
    assertThat(engine.linksOf(engine.container("web"))).containsExactly("/old:/web/sql");
    assertThat(engine.namesOf(engine.container("old"))).containsExactly("old", "web/sql");
    assertThat(exec("web", "ping", "-c", "1", "sql")).isZero();
    assertThat(engine.container("beside").hostname()).isEqualTo(engine.container("web").hostname());
    assertThat(engine.container("late").id()).isEqualTo(late.id());
  }

  @Test
  void aTargetThatIsYoungerThanItsSourceStartsBeforeIt() {
    Container web = engine.create(on("container:db", "web").withRestartPolicy(always()));
    Container db = run(policy("db", "always"));
    engine.start(web);
    crash();
    assertThat(running()).containsExactlyInAnyOrder("web", "db");
    assertThat(engine.container(db.id()).isRunning()).isTrue();
  }

  private static RestartPolicy always() {
    return new RestartPolicy("always", 0);
  }

  @Test
  void anUpdatedRestartPolicyHolds() {
    engine.update(run(policy("a1", "no")), always());
    crash();
    assertThat(running()).containsExactly("a1");
    assertThat(engine.container("a1").restartPolicy()).isEqualTo(always());
  }

  @Test
  void everyKindOfChangeIsToldBeforeAnyoneCouldSeeIt() {
    Set<String> told = new LinkedHashSet<>();
    engine.onChange(told::add);
    Network n1 = changes(told, () -> engine.networks().create(NetworkSpec.bridge("n1")));
    Container a1 = changes(told, () -> engine.create(policy("a1", "always")));
    changes(told, () -> engine.connect(n1, a1, Attachment.to("n1")));
    changes(told, () -> engine.disconnect(n1, a1));
    changes(told, () -> engine.rename(a1, "b1"));
    changes(told, () -> engine.update(a1, new RestartPolicy("unless-stopped", 0)));
    changes(told, () -> engine.start(a1));
    changes(told, () -> engine.connect(n1, a1, Attachment.to("n1")));
    changes(told, () -> engine.kill(a1, Signal.KILL));
    changes(told, () -> pass(50));
    changes(told, () -> engine.start(a1));
    changes(told, () -> engine.stop(a1, Optional.empty(), OptionalLong.of(0)));
    pass(1_000);
    Container a2 =
        changes(told, () -> engine.create(spec("a2").withLinks(List.of(new Link("b1", "x")))));
    changes(told, () -> engine.removeLink("a2/x"));
    changes(told, () -> assertThatThrownBy(() -> run(spec("a3").withCommand(List.of("nosuch")))));
    changes(told, () -> engine.remove(a2, false));
    changes(told, () -> engine.create(spec("a4").withLinks(List.of(new Link("b1", "x")))));
    changes(told, () -> engine.remove(a1, true));
    changes(told, () -> engine.networks().remove(n1));
  }

  private void changes(Set<String> told, Runnable action) {
    changes(
        told,
        () -> {
          action.run();
          return null;
        });
  }

  /** An action that changes the state, and says of what after it has changed. */
  private <T> T changes(Set<String> told, Supplier<T> action) {
    Map<String, Object> before = byId(engine.state());
    told.clear();
    T result = action.get();
    Map<String, Object> after = byId(engine.state());
    Set<String> different = new LinkedHashSet<>(before.keySet());
    different.addAll(after.keySet());
    different.removeIf(id -> Objects.equals(before.get(id), after.get(id)));
    assertThat(different).isNotEmpty();
    assertThat(told).containsAll(different);
    for (String id : different) {
      Optional<?> container = engine.containerState(id);
      assertThat(container.isPresent() ? container : engine.networkState(id))
          .isEqualTo(Optional.ofNullable(after.get(id)));
    }
    return result;
  }

  private static Map<String, Object> byId(EngineState state) {
    Map<String, Object> byId = new LinkedHashMap<>();
    state.networks().forEach(network -> byId.put(network.id(), network));
    state.containers().forEach(container -> byId.put(container.id(), container));
    return byId;
  }

  @Test
  void aStateThatDoesNotGoTogetherWithTheSettingsIsRefused() {
    engine.networks().create(NetworkSpec.bridge("n1"));
    EngineState state = engine.state();
    EngineSettings others = EngineSettings.DEFAULT.withBip(Ipv4Prefix.parse("172.18.0.1/16"));
    Engine other = new Engine(World.inVirtualTime(new Seed(1)), others);
    assertThatThrownBy(() -> other.restore(state))
        .hasMessage("network n1: its subnet 172.18.0.0/16 overlaps another network's");
  }

  @Test
  void aStateThatContradictsItselfIsRefused() {
    engine.create(spec("a1"));
    EngineState state = engine.state();
    ContainerState twice = state.containers().getFirst();
    EngineState contradiction = new EngineState(0, List.of(), List.of(twice, twice));
    Engine other = new Engine(World.inVirtualTime(new Seed(1)));
    assertThatThrownBy(() -> other.restore(contradiction))
        .hasMessage("two containers have the id " + twice.id());
  }
}
