package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetFrame;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Packet;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No communication between containers: {@code --icc=false}, and a network's own option. */
class InterContainerTest {

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world, EngineSettings.DEFAULT.withIcc(false));

  @AfterEach
  void close() {
    engine.close();
  }

  private Container run(ContainerSpec spec, String name) {
    Container container = engine.create(spec.withName(name).withTerminal(true, true));
    engine.start(container);
    return container;
  }

  private Container alpine(String name) {
    return run(ContainerSpec.of("alpine"), name);
  }

  private int ping(Container from, String to) {
    Process ping =
        engine.exec(
            from, List.of("ping", "-c1", "-W1", to), List.of(), Optional.empty(), Stdio.NULL);
    world.loop().runUntil(ping::hasEnded);
    return ping.exitStatus();
  }

  @Test
  void onlyTheGatewayAnswersAndTheDropIsCounted() {
    Container a1 = alpine("a1");
    alpine("a2");
    assertThat(ping(a1, "172.17.0.3")).isEqualTo(1);
    assertThat(ping(a1, "172.17.0.1")).isZero();
    assertThat(filtered(wire(a1))).isOne();
  }

  @Test
  void aLinkDoesNotLetPingsThrough() {
    alpine("a1");
    Container a2 = run(ContainerSpec.of("alpine").withLinks(List.of(new Link("a1", "a1"))), "a2");
    assertThat(a2.files().readText("/etc/hosts")).contains("172.17.0.2\ta1 ");
    assertThat(ping(a2, "a1")).isEqualTo(1);
  }

  @Test
  void theOptionOfANetworkConcernsThatNetworkAlone() {
    network("closed", "false");
    network("open", "true");
    assertThat(ping(on("c1", "closed"), "172.18.0.3")).isEqualTo(1);
    Container o1 = on("o1", "open");
    on("o2", "open");
    assertThat(ping(o1, "o2")).isZero();
  }

  @Test
  void namesStillResolve() {
    network("closed", "false");
    Container c1 = on("c1", "closed");
    on("c2", "closed");
    assertThat(ping(c1, "c2")).as("no answer").isEqualTo(1);
    Process lookup =
        engine.exec(c1, List.of("nslookup", "c2"), List.of(), Optional.empty(), Stdio.NULL);
    world.loop().runUntil(lookup::hasEnded);
    assertThat(lookup.exitStatus()).isZero();
  }

  @Test
  void aValueThatIsNoneIsRefused() {
    assertThatThrownBy(() -> network("n", "maybe"))
        .hasMessage(
            "failed to parse com.docker.network.bridge.enable_icc value: maybe"
                + " (strconv.ParseBool: parsing \"maybe\": invalid syntax)");
    assertThat(engine.networks().tryFind("n")).isEmpty();
  }

  private void network(String name, String icc) {
    engine
        .networks()
        .create(
            new NetworkSpec(
                name, "bridge", List.of(), false, false, Map.of(BridgeOptions.ICC, icc), Map.of()));
  }

  private Container on(String name, String network) {
    return run(ContainerSpec.of("alpine").withNetworks(List.of(Attachment.to(network))), name);
  }

  private boolean passes(Container from, int fromPort, Container to, int toPort, int protocol) {
    byte[] payload = {
      (byte) (fromPort >> 8), (byte) fromPort, (byte) (toPort >> 8), (byte) toPort, 0, 8, 0, 0
    };
    Endpoint.Wire source = wire(from);
    Endpoint.Wire target = wire(to);
    byte[] packet =
        new Ipv4Packet(protocol, source.address().address(), target.address().address(), payload)
            .toBytes();
    byte[] frame =
        new EthernetFrame(
                target.mac(), source.mac(), EthernetFrame.UNTAGGED, EthernetView.TYPE_IPV4, packet)
            .toBytes();
    long before = filtered(source);
    source.nic().transmit(frame, 0, frame.length, world.now());
    world.loop().runUntil(world.now() + 1_000_000);
    return filtered(source) == before;
  }

  private Endpoint.Wire wire(Container container) {
    return container.endpointOn(engine.networks().bridge()).orElseThrow().wire().orElseThrow();
  }

  private static long filtered(Endpoint.Wire wire) {
    return wire.port().drops().of(DropReason.BRIDGE_FILTERED);
  }

  @Test
  void aLinkOpensTheTargetsExposedPortsAndTheWayBackWhileItLasts() {
    int tcp = Ipv4View.PROTOCOL_TCP;
    Container db =
        run(ContainerSpec.of("mysql").withEnvironment(List.of("MYSQL_ROOT_PASSWORD=1")), "db");
    Container app = run(ContainerSpec.of("alpine").withLinks(List.of(new Link("db", "db"))), "app");
    Container other = alpine("other");
    assertThat(passes(app, 40_000, db, 3306, tcp)).isTrue();
    assertThat(passes(db, 3306, app, 40_000, tcp)).isTrue();
    assertThat(passes(app, 40_000, db, 33060, tcp)).isTrue();

    assertThat(passes(app, 40_000, db, 80, tcp)).as("not exposed").isFalse();
    assertThat(passes(app, 40_000, db, 3306, Ipv4View.PROTOCOL_UDP)).as("UDP").isFalse();
    assertThat(passes(db, 40_000, app, 3306, tcp)).as("the wrong way").isFalse();
    assertThat(passes(other, 40_000, db, 3306, tcp)).as("not linked").isFalse();

    engine.removeLink("/app/db");
    assertThat(passes(app, 40_000, db, 3306, tcp)).as("no longer linked").isFalse();
  }

  @Test
  void whatALinkOpensFollowsTheTargetToAnotherAddress() {
    ContainerSpec mysql =
        ContainerSpec.of("mysql").withEnvironment(List.of("MYSQL_ROOT_PASSWORD=1"));
    Container db = run(mysql, "db");
    Container app = run(ContainerSpec.of("alpine").withLinks(List.of(new Link("db", "db"))), "app");
    engine.stop(db, 0);
    world.loop().runUntil(() -> !db.isRunning());
    Container squatter = run(mysql, "squatter");
    assertThat(passes(app, 40_000, squatter, 3306, Ipv4View.PROTOCOL_TCP)).isFalse();
    engine.start(db);
    assertThat(passes(app, 40_000, db, 3306, Ipv4View.PROTOCOL_TCP)).isTrue();
  }

  @Test
  void whatIsNoFrameDoesNotPass() {
    assertThat(new InterContainerFilter().allows(new byte[13], 0, 13)).isFalse();
  }
}
