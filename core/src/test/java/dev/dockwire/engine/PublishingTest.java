package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.host.World;
import dev.dockwire.nat.rule.RulePrinter;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.time.Seed;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row N16 of the conformance table, and which host ports containers get. */
class PublishingTest {

  private final World world = World.inVirtualTime(new Seed(1));
  private Engine engine = new Engine(world);

  @AfterEach
  void close() {
    engine.close();
  }

  private Container create(String name, PortBinding... bindings) {
    return engine.create(
        ContainerSpec.of("alpine")
            .withName(name)
            .withTerminal(true, true)
            .withPortBindings(List.of(bindings)));
  }

  private Container run(String name, PortBinding... bindings) {
    Container container = create(name, bindings);
    engine.start(container);
    return container;
  }

  private void stop(Container container) {
    engine.stop(container, 0);
    world.loop().runUntil(() -> !container.isRunning());
  }

  private static PortBinding tcp(String address, int hostPort) {
    return new PortBinding(80, "tcp", address, hostPort, hostPort);
  }

  private static List<String> ports(Container container) {
    return container.published().stream()
        .map(port -> port.hostAddress() + ":" + port.hostPort() + "->" + port.exposed())
        .toList();
  }

  private TcpListener listenOnHost(int port) throws BindException {
    return TcpListener.listen(engine.dockerHost().host().stack(), 0, port, 1, _ -> {});
  }

  @Test
  void aPortIsPublishedWhileItsContainerRuns() throws BindException {
    Container web = run("web", tcp("", 8080));
    assertThat(ports(web)).containsExactly("0.0.0.0:8080->80/tcp");
    assertThatThrownBy(() -> listenOnHost(8080)).hasMessage("Address already in use");
    stop(web);
    assertThat(ports(web)).isEmpty();
    listenOnHost(8080).close(world.now());
    engine.start(web);
    assertThat(ports(web)).containsExactly("0.0.0.0:8080->80/tcp");
  }

  @Test
  void n16WhoComesSecondStaysCreated() {
    run("w1", tcp("", 8080));
    Container w2 = create("w2", tcp("", 9090), tcp("", 8080));
    assertThatThrownBy(() -> engine.start(w2))
        .isInstanceOf(EngineException.class)
        .hasMessageMatching(
            "failed to set up container networking: driver failed programming external"
                + " connectivity on endpoint w2 \\([0-9a-f]{64}\\): Bind for 0.0.0.0:8080 failed:"
                + " port is already allocated")
        .extracting(e -> ((EngineException) e).status())
        .isEqualTo(500);
    assertThat(w2.state()).isEqualTo(Container.State.CREATED);
    assertThat(w2.exitCode()).isEqualTo(128);
    assertThat(ports(run("w3", tcp("", 9090)))).as("nothing is kept of a failed start").hasSize(1);
    assertThat(engine.networks().bridge().endpoints()).hasSize(2);
  }

  @Test
  void aHostsProgramCanBeFirst() throws BindException {
    TcpListener listener = listenOnHost(8099);
    Container web = create("web", tcp("", 8099));
    assertThatThrownBy(() -> engine.start(web))
        .hasMessageEndingWith(
            ": failed to bind host port for 0.0.0.0:8099:172.17.0.2:80/tcp: address already in"
                + " use");
    listener.close(world.now());
    engine.start(web);
    Container elsewhere = create("elsewhere", tcp("192.0.2.1", 8099));
    assertThatThrownBy(() -> engine.start(elsewhere))
        .hasMessageEndingWith(": cannot assign requested address");
  }

  @Test
  void oldEnginesSpeakOfTheirProxy() throws BindException {
    engine.close();
    engine =
        new Engine(
            World.inVirtualTime(new Seed(1)), EngineSettings.DEFAULT.withCompat(Compat.ENGINE_20));
    listenOnHost(8099);
    Container web = create("web", tcp("", 8099));
    assertThatThrownBy(() -> engine.start(web))
        .hasMessageStartingWith("driver failed programming external connectivity on endpoint web (")
        .hasMessageEndingWith(
            "): Error starting userland proxy: listen tcp4 0.0.0.0:8099: bind: address already in"
                + " use");
  }

  @Test
  void oneAddressConflictsWithAllOfThem() {
    run("w1", tcp("", 8080));
    assertThatThrownBy(() -> run("w2", tcp("127.0.0.1", 8080))).hasMessageContaining("in use");
    run("w3", tcp("127.0.0.1", 8081));
    run("w4", tcp("10.0.2.15", 8081));
    assertThatThrownBy(() -> run("w5", tcp("", 8081))).hasMessageContaining("in use");
    run("w6", new PortBinding(80, "udp", "", 8080, 8080));
  }

  @Test
  void freePortsAreGivenOutUpwards() {
    Container w1 = run("w1", tcp("", 0));
    Container w2 = run("w2", tcp("", 0), new PortBinding(53, "udp", "", 0, 0));
    assertThat(ports(w1)).containsExactly("0.0.0.0:32768->80/tcp");
    assertThat(ports(w2)).containsExactly("0.0.0.0:32769->80/tcp", "0.0.0.0:32768->53/udp");
    stop(w1);
    engine.start(w1);
    assertThat(ports(w1)).containsExactly("0.0.0.0:32770->80/tcp");
  }

  @Test
  void aRangeGivesItsNextPort() {
    PortBinding range = new PortBinding(80, "tcp", "", 8100, 8101);
    assertThat(ports(run("w1", range))).containsExactly("0.0.0.0:8100->80/tcp");
    assertThat(ports(run("w2", range))).containsExactly("0.0.0.0:8101->80/tcp");
    assertThatThrownBy(() -> run("w3", range)).hasMessageEndingWith(": all ports are allocated");
  }

  @Test
  void allExposedPortsCanBePublished() {
    ContainerSpec spec =
        ContainerSpec.of("httpd").withExposedPorts(List.of("53/udp")).withPublishAll(true);
    Container web = engine.create(spec);
    engine.start(web);
    assertThat(ports(web)).containsExactly("0.0.0.0:32768->80/tcp", "0.0.0.0:32768->53/udp");
  }

  @Test
  void aNetworkMaySayWhichAddress() {
    boundTo127("n1");
    Container web = runOn("n1", "web");
    assertThat(ports(web)).containsExactly("127.0.0.1:8080->80/tcp");
  }

  @Test
  void portsFollowTheWayOut() {
    engine.networks().create(NetworkSpec.bridge("a-net"));
    engine
        .networks()
        .create(new NetworkSpec("inside", "bridge", List.of(), true, false, Map.of(), Map.of()));
    Container web = run("web", tcp("", 8080));
    Network aNet = engine.networks().find("a-net");
    engine.connect(aNet, web, Attachment.to("a-net"));
    assertThat(rules()).contains("! -i " + bridge(aNet) + " -p tcp").contains(":80");
    engine.disconnect(aNet, web);
    assertThat(rules()).contains("--to-destination 172.17.0.2:80");
    engine.connect(engine.networks().find("inside"), web, Attachment.to("inside"));
    engine.disconnect(engine.networks().bridge(), web);
    assertThat(ports(web)).isEmpty();
    assertThat(rules()).doesNotContain("DNAT");
  }

  @Test
  void whoCannotBePublishedOnAFurtherNetworkIsNotOnIt() {
    engine
        .networks()
        .create(new NetworkSpec("inside", "bridge", List.of(), true, false, Map.of(), Map.of()));
    Container web = runOn("inside", "web");
    run("w1", tcp("", 8080));
    assertThatThrownBy(
            () -> engine.connect(engine.networks().bridge(), web, Attachment.to("bridge")))
        .hasMessageEndingWith(": Bind for 0.0.0.0:8080 failed: port is already allocated");
    assertThat(web.attachments()).extracting(Attachment::network).containsExactly("inside");
    assertThat(web.endpoints()).hasSize(1);
    assertThat(web.host().orElseThrow().stack().findInterface("eth1")).isEmpty();
    assertThat(engine.networks().bridge().endpoints()).hasSize(1);
  }

  @Test
  void whatWasPublishedStaysSoWhenAFurtherNetworkRefuses() {
    boundTo127("z-net");
    engine.networks().create(NetworkSpec.bridge("a-net"));
    Container web = runOn("z-net", "web");
    run("w1", tcp("10.0.2.15", 8080));
    assertThatThrownBy(
            () -> engine.connect(engine.networks().find("a-net"), web, Attachment.to("a-net")))
        .hasMessageEndingWith(": address already in use");
    assertThat(ports(web)).containsExactly("127.0.0.1:8080->80/tcp");
    assertThat(rules()).contains("-d 127.0.0.1/32");
  }

  @Test
  void whoLeavesANetworkHasNoPortsIfTheNextOneRefuses() {
    boundTo127("a-net");
    engine.networks().create(NetworkSpec.bridge("b-net"));
    Container web = runOn("a-net", "web");
    engine.connect(engine.networks().find("b-net"), web, Attachment.to("b-net"));
    run("w1", tcp("10.0.2.15", 8080));
    engine.disconnect(engine.networks().find("a-net"), web);
    assertThat(web.attachments()).extracting(Attachment::network).containsExactly("b-net");
    assertThat(ports(web)).isEmpty();
  }

  private void boundTo127(String network) {
    Map<String, String> options =
        Map.of("com.docker.network.bridge.host_binding_ipv4", "127.0.0.1");
    engine
        .networks()
        .create(new NetworkSpec(network, "bridge", List.of(), false, false, options, Map.of()));
  }

  private Container runOn(String network, String name) {
    Container container =
        engine.create(
            ContainerSpec.of("alpine")
                .withName(name)
                .withTerminal(true, true)
                .withNetworks(List.of(Attachment.to(network)))
                .withPortBindings(List.of(tcp("", 8080))));
    engine.start(container);
    return container;
  }

  private static String bridge(Network network) {
    return network.segment().orElseThrow().bridge().name();
  }

  private String rules() {
    return new RulePrinter(engine.dockerHost().netfilter().rules())
        .commands("nat", Optional.of("DOCKER"));
  }
}
