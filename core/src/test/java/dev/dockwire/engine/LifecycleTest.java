package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.ExtraHost;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.engine.stream.ContainerLogs;
import dev.dockwire.host.Errno;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.SystemCallException;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From state to state: pausing, coming back, being renamed and removed; and nothing is left. */
class LifecycleTest {

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world);

  @AfterEach
  void nothingIsLeft() {
    engine.close();
    assertThat(engine.networks().bridge().endpoints()).isEmpty();
    Segment segment = engine.networks().bridge().segment().orElseThrow();
    assertThat(segment.bridge().portCount()).as("the bridge's own port").isEqualTo(1);
    assertThat(engine.containers()).noneMatch(Container::isRunning);
    pass(600 * 1_000);
    assertThat(engine.containers()).as("none comes back").noneMatch(Container::isRunning);
  }

  private static ContainerSpec spec(String name, String... command) {
    return ContainerSpec.of("alpine").withName(name).withCommand(List.of(command));
  }

  private Container run(ContainerSpec spec) {
    Container container = engine.create(spec);
    engine.start(container);
    return container;
  }

  private Container run(String name) {
    return run(spec(name, "sleep", "100000"));
  }

  private void pass(long milliseconds) {
    world.loop().runUntil(world.now() + milliseconds * MILLISECOND);
  }

  private Process exec(Container container, String... line) {
    return engine.exec(container, List.of(line), List.of(), Optional.empty(), Stdio.NULL);
  }

  private static String hosts(Container container) {
    return container.files().readText("/etc/hosts");
  }

  @Test
  void aPausedContainerDoesNothingButAnswersPings() {
    Container counter = run(spec("c1", "sh", "-c", "while true; do echo tick; sleep 1; done"));
    pass(2_500);
    assertThat(counter.logs().next()).isEqualTo(3);
    engine.pause(counter);
    assertThat(counter.state()).isEqualTo(Container.State.PAUSED);
    pass(5_000);
    assertThat(counter.logs().next()).isEqualTo(3);
    Process ping = exec(run("c2"), "ping", "-c", "1", "172.17.0.2");
    pass(2_000);
    assertThat(ping.exitStatus()).as("the kernel of a frozen container answers").isZero();
    engine.unpause(counter);
    pass(100);
    assertThat(counter.logs().next()).as("the sleep is over at once").isEqualTo(4);
    pass(1_000);
    assertThat(counter.logs().next()).isEqualTo(5);
  }

  @Test
  void whatIsPausedRefusesWhatNeedsItsProcesses() {
    Container c1 = run("c1");
    engine.pause(c1);
    assertThatThrownBy(() -> engine.pause(c1))
        .hasMessage("Container " + c1.id() + " is already paused");
    assertThatThrownBy(() -> exec(c1, "true"))
        .hasMessage("Container c1 is paused, unpause the container before exec")
        .hasFieldOrPropertyWithValue("status", 409);
    assertThatThrownBy(() -> engine.start(c1))
        .hasMessage("cannot start a paused container, try unpause instead");
    assertThatThrownBy(() -> engine.remove(c1, false))
        .hasMessage(
            "cannot remove container \"c1\": container is paused and must be unpaused first");
    engine.remove(c1, true);
    pass(1);
    assertThat(c1.state()).isEqualTo(Container.State.REMOVED);
  }

  private static void fill(Container container) {
    for (int size = 16 << 20; size > 0; size /= 2) {
      try {
        container.files().write("/full", new byte[size], true);
      } catch (SystemCallException full) {
        assertThat(full.errno()).isEqualTo(Errno.ENOSPC);
      }
    }
  }

  @Test
  void aStartWithoutRoomForTheFilesLeavesNothing() {
    Container c1 = engine.create(spec("c1", "sleep", "100000"));
    fill(c1);
    assertThatThrownBy(() -> engine.start(c1))
        .isInstanceOf(EngineException.class)
        .hasMessage("failed to set up container networking: No space left on device")
        .hasFieldOrPropertyWithValue("status", 500);
    assertThat(c1.state()).isEqualTo(Container.State.CREATED);
    assertThat(c1.exitCode()).isEqualTo(128);
    assertThat(c1.error()).contains("No space left on device");
    Network bridge = engine.networks().bridge();
    assertThat(bridge.endpoints()).isEmpty();
    assertThat(bridge.segment().orElseThrow().bridge().portCount()).isEqualTo(1);
    assertThat(hosts(run("c2"))).as("the address is free again").contains("172.17.0.2\t");
    c1.files().remove("/full");
    engine.start(c1);
    assertThat(c1.state()).isEqualTo(Container.State.RUNNING);
  }

  @Test
  void aSourceThatHasSpoiledItsHostsFileHindersNobody() {
    Container target = run("db");
    Container source =
        run(spec("web", "sleep", "100000").withLinks(List.of(new Link("db", "store"))));
    source.files().remove("/etc/hosts");
    source.files().makeDirectory("/etc/hosts");
    engine.stop(target, 0);
    pass(1);
    engine.start(target);
    assertThat(target.state()).isEqualTo(Container.State.RUNNING);
    engine.disconnect(engine.networks().bridge(), source);
    assertThat(source.endpoints()).isEmpty();
    engine.stop(target, 0);
    pass(1);
    assertThat(target.state()).isEqualTo(Container.State.EXITED);
  }

  @Test
  void aSignalThatEndsAPausedContainerReachesIt() {
    Container killed = run("c1");
    engine.pause(killed);
    engine.kill(killed, Signal.KILL);
    Container stopped = run("c2");
    engine.pause(stopped);
    engine.stop(stopped, MILLISECOND);
    pass(10);
    assertThat(List.of(killed.exitCode(), stopped.exitCode())).containsExactly(137, 137);
  }

  @Test
  void onFailureComesBackTwiceAsLateEachTimeAndThenGivesUp() {
    Container c1 =
        run(spec("c1", "sh", "-c", "exit 3").withRestartPolicy(new RestartPolicy("on-failure", 3)));
    List<Long> ends = new ArrayList<>();
    long seen = 0;
    for (int millisecond = 0; millisecond < 2_000; millisecond++) {
      if (c1.exits() != seen) {
        ends.add((c1.finishedAt() + MILLISECOND / 2) / MILLISECOND);
        seen = c1.exits();
        assertThat(c1.state())
            .isEqualTo(seen == 4 ? Container.State.EXITED : Container.State.RESTARTING);
      }
      pass(1);
    }
    assertThat(ends).hasSize(4);
    assertThat(ends.get(1) - ends.get(0)).isEqualTo(100);
    assertThat(ends.get(2) - ends.get(1)).isEqualTo(200);
    assertThat(ends.get(3) - ends.get(2)).isEqualTo(400);
    assertThat(c1.restartCount()).isEqualTo(3);
    assertThat(c1.exitCode()).isEqualTo(3);
  }

  @Test
  void onFailureIsContentWithSuccess() {
    Container c1 = run(spec("c1", "true").withRestartPolicy(new RestartPolicy("on-failure", 0)));
    pass(1_000);
    assertThat(c1.state()).isEqualTo(Container.State.EXITED);
    assertThat(c1.exits()).isOne();
  }

  @Test
  void whatTheUserStopsStaysStopped() {
    RestartPolicy always = new RestartPolicy("always", 0);
    Container running = run(spec("c1", "sleep", "1000").withRestartPolicy(always));
    engine.stop(running, 0);
    Container waiting = run(spec("c2", "false").withRestartPolicy(always));
    Container removed = run(spec("c3", "false").withRestartPolicy(always));
    pass(50);
    assertThat(waiting.state()).isEqualTo(Container.State.RESTARTING);
    assertThat(waiting.isRunning()).as("as Docker's State.Running").isTrue();
    assertThatThrownBy(() -> exec(waiting, "true"))
        .hasMessage(
            "Container " + waiting.id() + " is restarting, wait until the container is running");
    assertThatThrownBy(() -> engine.remove(removed, false))
        .hasMessage(
            "cannot remove container \"c3\": container is restarting: stop the container before"
                + " removing or force remove");
    engine.stop(waiting, 0);
    engine.remove(removed, true);
    pass(5_000);
    assertThat(List.of(running.state(), waiting.state(), removed.state()))
        .containsExactly(Container.State.EXITED, Container.State.EXITED, Container.State.REMOVED);
    assertThat(waiting.exits()).isOne();
    engine.start(waiting);
    pass(150);
    assertThat(waiting.exits()).as("started by the user, it comes back again").isEqualTo(3);
  }

  @Test
  void aRestartThatIsRefusedEndsTheMatter() {
    Network n1 = engine.networks().create(NetworkSpec.bridge("n1"));
    Container c1 =
        run(
            spec("c1", "false")
                .withNetworks(List.of(Attachment.to("n1")))
                .withRestartPolicy(new RestartPolicy("always", 0)));
    pass(50);
    engine.networks().remove(n1);
    pass(1_000);
    assertThat(c1.state()).isEqualTo(Container.State.EXITED);
    assertThat(c1.exitCode()).isEqualTo(128);
    assertThat(c1.error()).isEqualTo("failed to set up container networking: network n1 not found");
  }

  @Test
  void restartPoliciesAreChecked() {
    assertThatThrownBy(() -> run(spec("c1").withRestartPolicy(new RestartPolicy("sometimes", 0))))
        .hasMessage(
            "invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always',"
                + " 'on-failure', or 'unless-stopped'")
        .hasFieldOrPropertyWithValue("status", 400);
    assertThatThrownBy(() -> run(spec("c1").withRestartPolicy(new RestartPolicy("always", 2))))
        .hasMessage(
            "invalid restart policy: maximum retry count can only be used with 'on-failure'");
    assertThat(engine.containers()).isEmpty();
  }

  @Test
  void autoRemoveRemovesWhenItEndsOrCannotStartButNotWhenItIsRestarted() {
    Container ends = run(spec("c1", "true").withAutoRemove(true));
    Container restarted = run(spec("c2", "sleep", "1000").withAutoRemove(true));
    assertThatThrownBy(() -> run(spec("c3", "nosuch").withAutoRemove(true)))
        .hasMessageContaining("executable file not found");
    List<Optional<EngineException>> done = new ArrayList<>();
    engine.restart(restarted, Optional.empty(), OptionalLong.of(0), done::add);
    pass(10);
    assertThat(ends.state()).isEqualTo(Container.State.REMOVED);
    assertThat(done).containsExactly(Optional.empty());
    assertThat(engine.containers()).containsExactly(restarted);
    engine.kill(restarted, Signal.KILL);
    pass(10);
    assertThat(engine.containers()).isEmpty();
  }

  @Test
  void restartSaysWhyItFails() {
    Container target = run("t1");
    Container source = run(spec("s1", "sleep", "99").withLinks(List.of(new Link("t1", "t1"))));
    engine.kill(target, Signal.KILL);
    pass(1);
    List<String> refusals = new ArrayList<>();
    engine.restart(
        source,
        Optional.empty(),
        OptionalLong.of(0),
        refusal -> refusals.add(refusal.orElseThrow().getMessage()));
    pass(10);
    assertThat(refusals)
        .containsExactly(
            "Cannot restart container s1: Cannot link to a non running container: /t1 AS /s1/t1");
  }

  @Test
  void aTargetThatComesBackElsewhereIsFoundThereByThoseLinkedToIt() {
    Container target = run("db");
    Container source = run(spec("app", "sleep", "99").withLinks(List.of(new Link("db", "db"))));
    String others = "127.0.0.1\tlocalhost\n%s\tdb " + target.shortId() + "\n172.17.0.3\t";
    assertThat(hosts(source)).startsWith(others.formatted("172.17.0.2"));
    engine.kill(target, Signal.KILL);
    pass(1);
    assertThat(hosts(source)).startsWith(others.formatted("172.17.0.2"));
    run("thief");
    engine.start(target);
    assertThat(hosts(source))
        .startsWith(others.formatted("172.17.0.4"))
        .endsWith("172.17.0.3\t" + source.shortId() + "\n");
  }

  @Test
  void aRenamedTargetIsSeenWhenTheSourceStartsAnew() {
    Container target = run("db");
    Container source = run(spec("app", "sleep", "99").withLinks(List.of(new Link("db", "db"))));
    engine.rename(target, "dbx");
    assertThat(hosts(source)).contains("\tdb " + target.shortId() + "\n");
    assertThat(engine.namesOf(target)).containsExactly("dbx", "app/db");
    engine.restart(source, Optional.empty(), OptionalLong.of(0), _ -> {});
    pass(10);
    assertThat(hosts(source)).contains("172.17.0.2\tdb " + target.shortId() + " dbx\n");
    engine.rename(target, "dby");
    engine.kill(target, Signal.KILL);
    pass(1);
    run("thief");
    engine.start(target);
    assertThat(hosts(source))
        .as("only the address is written anew")
        .contains("172.17.0.4\tdb " + target.shortId() + " dbx\n");
  }

  @Test
  void aRemovedTargetIsNotFoundThroughItsLinkAndItsSourceDoesNotStartAnew() {
    Container target = run("db");
    Container source = run(spec("app", "sleep", "99").withLinks(List.of(new Link("db", "store"))));
    assertThat(engine.container("app/store")).isSameAs(target);
    engine.remove(target, true);
    engine.kill(source, Signal.KILL);
    pass(1);
    assertThatThrownBy(() -> engine.container("app/store"))
        .hasMessage("No such container: app/store");
    assertThatThrownBy(() -> engine.start(source))
        .hasMessage("Cannot link to a non running container: /db AS /app/store");
  }

  @Test
  void renamingChecksTheNewName() {
    Container a1 = run("a1");
    run("a2");
    assertThatThrownBy(() -> engine.rename(a1, "a1"))
        .hasMessage("Renaming a container with the same name as its current name");
    assertThatThrownBy(() -> engine.rename(a1, "a2"))
        .hasMessageStartingWith("Error when allocating new name: Conflict. The container name")
        .hasFieldOrPropertyWithValue("status", 409);
    assertThatThrownBy(() -> engine.rename(a1, "!"))
        .hasMessageStartingWith("Error when allocating new name: Invalid container name (!)");
    engine.rename(a1, "/a3");
    assertThat(engine.container("a3")).isSameAs(a1);
    assertThatThrownBy(() -> engine.container("a1")).hasMessage("No such container: a1");
    run("a1");
  }

  @Test
  void aLinkCanBeRemovedAloneWithItsLineAtOnce() {
    Container a1 = run("a1");
    Container a2 = run(spec("a2", "sleep", "99").withLinks(List.of(new Link("a1", "x"))));
    assertThat(engine.container("a2/x")).isSameAs(a1);
    assertThat(engine.container("/a2/x")).isSameAs(a1);
    assertThatThrownBy(() -> engine.removeLink("/a2/y")).hasMessage("No such container: /a2/y");
    assertThatThrownBy(() -> engine.removeLink("a2"))
        .hasMessage("Conflict, cannot remove the default link name of the container");
    engine.removeLink("/a2/x");
    assertThat(hosts(a2)).isEqualTo("127.0.0.1\tlocalhost\n172.17.0.3\t" + a2.shortId() + "\n");
    assertThatThrownBy(() -> engine.container("a2/x")).hasMessage("No such container: a2/x");
    engine.kill(a1, Signal.KILL);
    pass(1);
    exec(a2, "true");
  }

  @Test
  void optionsReachTheFilesAndTheProgram() {
    Container c1 =
        run(
            spec("c1", "pwd")
                .withEntrypoint("/usr/bin/env")
                .withWorkingDirectory("/srv/deep/down")
                .withHostname("web")
                .withDomainname("example.com")
                .withExtraHosts(
                    List.of(
                        new ExtraHost("zz", "1.2.3.4"),
                        new ExtraHost("gate", ExtraHost.HOST_GATEWAY)))
                .withDnsServers(List.of("9.9.9.9"))
                .withDnsSearch(List.of("example.com", "example.org")));
    assertThat(hosts(c1))
        .isEqualTo(
            "127.0.0.1\tlocalhost\n1.2.3.4\tzz\n172.17.0.1\tgate\n"
                + "172.17.0.2\tweb.example.com web\n");
    assertThat(c1.files().readText("/etc/resolv.conf"))
        .contains("\n\nnameserver 9.9.9.9\nsearch example.com example.org\n\n")
        .endsWith("# Overrides: [nameservers search]\n");
    pass(10);
    assertThat(text(c1.logs())).isEqualTo("/srv/deep/down\n");
  }

  private static String text(ContainerLogs logs) {
    StringBuilder text = new StringBuilder();
    logs.from(0).forEach(line -> text.append(new String(line.text())));
    return text.toString();
  }

  @Test
  void timersOfContainersThatAreGoneAreGone() {
    pass(60_000);
    int before = world.timers().armed();
    Container stopped = run(spec("c1", "sleep", "1000"));
    Container waiting = run(spec("c2", "false").withRestartPolicy(new RestartPolicy("always", 0)));
    engine.stop(stopped, TimeUnit.HOURS.toNanos(1));
    pass(10);
    engine.remove(stopped, true);
    engine.remove(waiting, true);
    pass(120_000);
    assertThat(world.timers().armed()).isEqualTo(before);
  }
}
