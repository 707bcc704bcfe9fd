package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.time.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworksTest {

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine = new Engine(world);
  private final Networks networks = engine.networks();

  @AfterEach
  void nothingIsLeft() {
    engine.close();
    pass(3_600);
    assertThat(world.timers().armed()).as("timers armed an hour later").isZero();
    for (Network network : networks.list()) {
      assertThat(network.endpoints()).isEmpty();
      network
          .segment()
          .ifPresent(
              segment -> {
                assertThat(segment.allocated()).as("addresses of " + network).isZero();
                assertThat(segment.bridge().portCount()).as("ports of " + network).isEqualTo(1);
              });
    }
  }

  private Network custom(String name, String subnet, String gateway) {
    IpamConfig config =
        new IpamConfig(
            subnet,
            Optional.empty(),
            Optional.of(gateway).filter(text -> !text.isEmpty()),
            Map.of());
    return networks.create(
        new NetworkSpec(name, "bridge", List.of(config), false, false, Map.of(), Map.of()));
  }

  private Container run(String name, String... networkNames) {
    List<Attachment> attachments = new ArrayList<>();
    for (String network : networkNames) {
      attachments.add(Attachment.to(network));
    }
    Container container =
        engine.create(
            ContainerSpec.of("alpine")
                .withName(name)
                .withTerminal(true, true)
                .withNetworks(attachments));
    engine.start(container);
    return container;
  }

  private int exec(Container container, String... line) {
    Process process =
        engine.exec(container, List.of(line), List.of(), Optional.empty(), Stdio.NULL);
    world.loop().runUntil(process::hasEnded);
    return process.exitStatus();
  }

  private void pass(long seconds) {
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(seconds));
  }

  private static List<String> interfaces(Container container) {
    Host host = container.host().orElseThrow();
    return host.stack().interfaces().stream().map(StackInterface::name).toList();
  }

  private static String defaultGateway(Container container) {
    return container.host().orElseThrow().stack().routes().routes().stream()
        .filter(route -> route.destination().length() == 0)
        .map(Route::gateway)
        .map(Object::toString)
        .findFirst()
        .orElse("none");
  }

  private static String addressOn(Container container, Network network) {
    return container.endpointOn(network).orElseThrow().wire().orElseThrow().address().toString();
  }

  @Test
  void threeNetworksAreAlwaysThere() {
    assertThat(networks.list()).extracting(Network::name).containsExactly("none", "host", "bridge");
    assertThat(networks.find("default")).isSameAs(networks.bridge());
  }

  @Test
  void subnetsComeFromThePoolsInOrderAndAreUsedAgain() {
    Network first = networks.create(NetworkSpec.bridge("d-net"));
    assertThat(first.segment().orElseThrow().subnet()).hasToString("172.18.0.0/16");
    assertThat(first.segment().orElseThrow().gateway()).hasToString("172.18.0.1");
    Network second = networks.create(NetworkSpec.bridge("e-net"));
    assertThat(second.segment().orElseThrow().subnet()).hasToString("172.19.0.0/16");
    networks.remove(first);
    Network third = networks.create(NetworkSpec.bridge("f-net"));
    assertThat(third.segment().orElseThrow().subnet()).hasToString("172.18.0.0/16");
  }

  @Test
  void aNetworkIsTheSameByItsIdAndByItsName() {
    Network n1 = networks.create(NetworkSpec.bridge("n1"));
    Container c1 =
        engine.create(
            ContainerSpec.of("alpine")
                .withTerminal(true, true)
                .withNetworks(List.of(Attachment.to(n1.id()))));
    engine.connect(n1, c1, Attachment.to("n1").withAliases(List.of("db")));
    assertThat(c1.attachments()).hasSize(1);
    engine.start(c1);
    assertThat(interfaces(c1)).containsExactly("lo", "eth0");
    assertThatThrownBy(() -> run("c2", "n1", n1.id()))
        .hasMessage(
            "failed to set up container networking: endpoint with name c2 already exists in network"
                + " n1");
    assertThat(n1.endpoints()).hasSize(1);
  }

  @Test
  void theTutorialsCustomNetworkGivesItsFirstContainerDotOne() {
    Network customnet = custom("customnet", "192.168.0.0/24", "192.168.0.254");
    Container a1 = run("a1", "customnet");
    assertThat(addressOn(a1, customnet)).isEqualTo("192.168.0.1/24");
    assertThat(a1.endpoints().getFirst().wire().orElseThrow().mac())
        .hasToString("02:42:c0:a8:00:01");
    assertThat(defaultGateway(a1)).isEqualTo("192.168.0.254");
  }

  @Test
  void whatIsWrongIsSaidInDockersWordsAndOrder() {
    custom("n1", "10.1.0.0/24", "");
    int before = networks.list().size();
    assertRefused(NetworkSpec.bridge(""), 400, "invalid name: name is empty");
    assertRefused(
        NetworkSpec.bridge("bridge"),
        403,
        "operation is not permitted on predefined bridge network ");
    assertRefused(NetworkSpec.bridge("n1"), 409, "network with name n1 already exists");
    assertRefused(driver("nosuch"), 404, "plugin \"nosuch\" not found");
    assertRefused(driver("host"), 403, "only one instance of \"host\" network is allowed");
    assertRefused(
        driver("overlay"),
        403,
        "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to"
            + " connect this node to swarm and try again.");
    assertThatThrownBy(() -> custom("n2", "10.1.0.128/25", ""))
        .hasMessage("invalid pool request: Pool overlaps with other one on this address space")
        .hasFieldOrPropertyWithValue("status", 403);
    assertThatThrownBy(() -> custom("n1", "abc", ""))
        .hasMessage("invalid network config:\ninvalid subnet abc: invalid CIDR block notation");
    assertThatThrownBy(() -> custom("n2", "192.168.1.0/24", "192.168.1.255"))
        .hasMessage("failed to allocate gateway (192.168.1.255): Address already in use");
    assertRefused(
        options(Map.of(BridgeOptions.NAME, "a-very-long-name")),
        500,
        "numerical result out of range");
    assertRefused(
        options(Map.of(BridgeOptions.MTU, "abc")),
        400,
        "failed to parse com.docker.network.driver.mtu value: abc (strconv.Atoi: parsing"
            + " \"abc\": invalid syntax)");
    assertRefused(
        options(Map.of(BridgeOptions.NAME, "eth0")),
        500,
        "existing interface eth0 is not a bridge");
    assertRefused(
        options(Map.of(BridgeOptions.HOST_BINDING, "abc")),
        400,
        "failed to parse com.docker.network.bridge.host_binding_ipv4 value: abc (nil ip)");
    assertThat(networks.list()).as("nothing changed").hasSize(before);
    custom("n2", "192.168.1.0/24", "");
  }

  @Test
  void aBridgeWithoutANameIsCalledByItsNetworksId() {
    Network unnamed = networks.create(options(Map.of(BridgeOptions.NAME, "")));
    assertThat(unnamed.segment().orElseThrow().bridge().name())
        .isEqualTo("br-" + unnamed.shortId());
  }

  private void assertRefused(NetworkSpec spec, int status, String message) {
    assertThatThrownBy(() -> networks.create(spec))
        .hasMessage(message)
        .hasFieldOrPropertyWithValue("status", status);
  }

  private static NetworkSpec driver(String driver) {
    return new NetworkSpec("n2", driver, List.of(), false, false, Map.of(), Map.of());
  }

  private static NetworkSpec options(Map<String, String> options) {
    return new NetworkSpec("n2", "bridge", List.of(), false, false, options, Map.of());
  }

  @Test
  void thirtyMoreNetworksFitTheDefaultPools() {
    for (int i = 0; i < 30; i++) {
      networks.create(NetworkSpec.bridge("n" + i));
    }
    assertRefused(
        NetworkSpec.bridge("one-more"),
        400,
        "all predefined address pools have been fully subnetted");
  }

  @Test
  void connectAddsAnInterfaceAHostsLineAndMayMoveTheDefaultRoute() {
    networks.create(NetworkSpec.bridge("znet"));
    Network anet = networks.create(NetworkSpec.bridge("anet"));
    Container c1 = run("c1", "znet");
    assertThat(defaultGateway(c1)).isEqualTo("172.18.0.1");
    engine.connect(anet, c1, Attachment.to("anet"));
    assertThat(interfaces(c1)).containsExactly("lo", "eth0", "eth1");
    assertThat(defaultGateway(c1)).as("anet comes before znet").isEqualTo("172.19.0.1");
    assertThat(c1.files().readText("/etc/hosts"))
        .endsWith("172.18.0.2\t" + c1.shortId() + "\n172.19.0.2\t" + c1.shortId() + "\n");
    engine.disconnect(networks.find("znet"), c1);
    assertThat(interfaces(c1)).containsExactly("lo", "eth1");
    assertThat(c1.files().readText("/etc/hosts")).doesNotContain("172.18.0.2");
    engine.connect(networks.bridge(), c1, Attachment.to("bridge"));
    assertThat(interfaces(c1)).as("the lowest index that is free").contains("eth0");
    engine.disconnect(anet, c1);
    engine.disconnect(networks.bridge(), c1);
    assertThat(interfaces(c1)).containsExactly("lo");
    assertThat(defaultGateway(c1)).isEqualTo("none");
  }

  @Test
  void connectionsOfAStoppedContainerAreKeptForItsStart() {
    Network n1 = networks.create(NetworkSpec.bridge("n1"));
    Container c1 = run("c1");
    engine.kill(c1, Signal.KILL);
    pass(1);
    engine.connect(n1, c1, Attachment.to("n1"));
    assertThat(n1.endpoints()).isEmpty();
    engine.disconnect(networks.bridge(), c1);
    engine.start(c1);
    assertThat(addressOn(c1, n1)).isEqualTo("172.18.0.2/16");
    assertThat(interfaces(c1)).containsExactly("lo", "eth0");
  }

  @Test
  void staticAddressesNeedAUsersSubnet() {
    networks.create(NetworkSpec.bridge("auto"));
    Network fixed = custom("fixed", "10.77.0.0/24", "");
    Container c1 = run("c1", "auto");
    assertConnectRefused(
        "auto",
        c1,
        "10.77.0.5",
        400,
        "invalid endpoint settings:\nuser specified IP address is supported only when connecting"
            + " to networks with user configured subnets");
    assertConnectRefused(
        "fixed",
        c1,
        "10.77.1.50",
        400,
        "invalid endpoint settings:\nno configured subnet or ip-range contain the IP address"
            + " 10.77.1.50");
    assertConnectRefused("fixed", c1, "10.77.0.1", 403, "Address already in use");
    engine.connect(fixed, c1, Attachment.to("fixed").withAddress(Optional.of("10.77.0.50")));
    assertThat(addressOn(c1, fixed)).isEqualTo("10.77.0.50/24");
  }

  private void assertConnectRefused(
      String network, Container container, String address, int status, String message) {
    Attachment attachment = Attachment.to(network).withAddress(Optional.of(address));
    assertThatThrownBy(() -> engine.connect(networks.find(network), container, attachment))
        .hasMessage(message)
        .hasFieldOrPropertyWithValue("status", status);
  }

  @Test
  void modesThatCannotBeMixedAreRefused() {
    Network n1 = networks.create(NetworkSpec.bridge("n1"));
    Container bridged = run("bridged");
    Container onHost = run("on-host", "host");
    Container alone = run("alone", "none");
    assertThatThrownBy(() -> engine.connect(networks.bridge(), bridged, Attachment.to("bridge")))
        .hasMessage("endpoint with name bridged already exists in network bridge");
    assertThatThrownBy(() -> engine.connect(networks.find("host"), bridged, Attachment.to("host")))
        .hasMessage(
            "cannot connect container to host network - container must be created in host network"
                + " mode");
    assertThatThrownBy(() -> engine.connect(n1, onHost, Attachment.to("n1")))
        .hasMessageStartingWith("container sharing network namespace with another container or");
    assertThatThrownBy(() -> engine.connect(n1, alone, Attachment.to("n1")))
        .hasMessageStartingWith("container cannot be connected to multiple networks with one of");
    assertThatThrownBy(() -> engine.disconnect(n1, bridged))
        .hasMessage("container " + bridged.id() + " is not connected to network n1");
    engine.disconnect(networks.find("none"), alone);
    engine.connect(n1, alone, Attachment.to("n1"));
    assertThat(interfaces(alone)).containsExactly("lo", "eth0");
    assertThat(interfaces(onHost)).contains("eth0", "docker0", "lo");
  }

  @Test
  void networksInUseAndPredefinedOnesStay() {
    Network n1 = networks.create(NetworkSpec.bridge("n1"));
    Container c1 = run("c1", "n1");
    String endpoint = c1.endpoints().getFirst().id().substring(0, 12);
    assertThatThrownBy(() -> networks.remove(n1))
        .hasMessage(
            "error while removing network: network n1 has active endpoints (name:\"c1\" id:\""
                + endpoint
                + "\")");
    assertThatThrownBy(() -> networks.remove(networks.bridge()))
        .hasMessage("bridge is a pre-defined network and cannot be removed");
    networks.create(NetworkSpec.bridge("unused"));
    assertThat(networks.prune(_ -> true)).containsExactly("unused");
    engine.kill(c1, Signal.KILL);
    pass(1);
    networks.remove(n1);
    assertThatThrownBy(() -> engine.start(c1))
        .hasMessage("failed to set up container networking: network n1 not found");
    assertThat(c1.exitCode()).isEqualTo(128);
    assertThat(c1.isRunning()).isFalse();
  }

  @Test
  void namesAreResolvedOnUsersNetworksOnly() {
    networks.create(NetworkSpec.bridge("n1"));
    networks.create(NetworkSpec.bridge("n2"));
    Container a = run("aa", "n1");
    Container b = run("bb", "n1");
    Container elsewhere = run("cc", "n2");
    Container legacy1 = run("d1");
    run("d2");
    assertThat(exec(a, "ping", "-c1", "bb")).isZero();
    assertThat(exec(a, "ping", "-c1", "BB.N1")).isZero();
    assertThat(exec(a, "ping", "-c1", b.shortId())).isZero();
    assertThat(exec(a, "ping", "-c1", "cc")).as("another network's").isOne();
    assertThat(exec(legacy1, "ping", "-c1", "d2")).as("the default bridge's").isOne();
    engine.connect(
        networks.find("n1"), elsewhere, Attachment.to("n1").withAliases(List.of("third")));
    assertThat(exec(a, "ping", "-c1", "third")).isZero();
    engine.kill(b, Signal.KILL);
    pass(1);
    assertThat(exec(a, "ping", "-c1", "bb")).as("stopped ones are forgotten").isOne();
  }

  @Test
  void bridgesAreIsolatedFromEachOtherButEveryGatewayAnswers() {
    networks.create(NetworkSpec.bridge("n1"));
    Network n2 = networks.create(NetworkSpec.bridge("n2"));
    Container a = run("aa", "n1");
    Container b = run("bb", "n2");
    String address = b.endpointOn(n2).orElseThrow().wire().orElseThrow().address().address() + "";
    assertThat(exec(a, "ping", "-c1", "-W1", address)).isOne();
    assertThat(exec(a, "ping", "-c1", "172.18.0.1")).isZero();
    assertThat(exec(a, "ping", "-c1", "172.19.0.1")).isZero();
    assertThat(exec(a, "ping", "-c1", "10.0.2.15")).isZero();
  }

  @Test
  void anInternalNetworkHasNoWayOut() {
    networks.create(new NetworkSpec("inner", "bridge", List.of(), true, false, Map.of(), Map.of()));
    Container a = run("aa", "inner");
    Container b = run("bb", "inner");
    assertThat(defaultGateway(a)).isEqualTo("none");
    assertThat(exec(a, "ping", "-c1", "bb")).isZero();
    assertThat(exec(b, "ping", "-c1", "172.18.0.1")).isZero();
    assertThat(exec(a, "ping", "-c1", "10.0.2.15")).isOne();
  }

  @Test
  void tenThousandRandomStepsWithTrafficLeaveNothingBehind() {
    SplittableRandom random = new SplittableRandom(11);
    List<Network> made = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      made.add(networks.create(NetworkSpec.bridge("net" + i)));
    }
    int steps = 0;
    while (steps < 10_000) {
      step(random, made);
      steps++;
      assertNoAddressIsGivenTwice();
      if (steps % 10 == 0) {
        world.loop().runUntil(world.now() + TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    assertThat(engine.containers()).isNotEmpty();
    engine.containers().forEach(each -> engine.remove(each, true));
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(30));
    assertThat(engine.dockerHost().host().stack().udp().table().list())
        .as("questions that were passed on are no longer waited for")
        .isEmpty();
  }

  private void step(SplittableRandom random, List<Network> made) {
    List<Container> all = engine.containers();
    Network network = made.get(random.nextInt(made.size()));
    int choice = all.isEmpty() ? 0 : random.nextInt(10);
    Container container = all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    try {
      switch (choice) {
        case 0, 1 -> {
          if (all.size() < 12) {
            run("c" + random.nextInt(40) + "x", network.name());
          }
        }
        case 2 -> engine.kill(container, Signal.KILL);
        case 3 -> engine.start(container);
        case 4, 5 -> engine.connect(network, container, Attachment.to(network.name()));
        case 6 -> engine.disconnect(network, container);
        case 7 -> engine.remove(container, random.nextBoolean());
        default ->
            engine.exec(
                container,
                List.of("ping", "-c", "1", "-W", "1", "c" + random.nextInt(40) + "x"),
                List.of(),
                Optional.empty(),
                Stdio.NULL);
      }
    } catch (EngineException expected) {
      assertThat(expected.status()).isIn(400, 403, 404, 409, 500);
    }
  }

  private void assertNoAddressIsGivenTwice() {
    for (Network network : networks.list()) {
      List<Endpoint> endpoints = List.copyOf(network.endpoints().values());
      assertThat(endpoints.stream().flatMap(endpoint -> endpoint.wire().stream()))
          .extracting(wire -> wire.address().toString())
          .doesNotHaveDuplicates();
      network
          .segment()
          .ifPresent(
              segment -> {
                assertThat(segment.allocated()).isEqualTo(endpoints.size());
                assertThat(segment.bridge().portCount()).isEqualTo(endpoints.size() + 1);
              });
    }
  }

  private void create(String gatewayMode, boolean internal) {
    Map<String, String> options = Map.of(GatewayMode.OPTION, gatewayMode);
    engine
        .networks()
        .create(new NetworkSpec("n", "bridge", List.of(), internal, false, options, Map.of()));
  }

  @Test
  void aGatewayModeIsOneOfFour() {
    assertThatThrownBy(() -> create("rooted", false))
        .hasMessage(
            "failed to parse com.docker.network.bridge.gateway_mode_ipv4 value: rooted (unknown"
                + " gateway mode rooted)");
    assertThatThrownBy(() -> create("isolated", false))
        .hasMessage("gateway mode 'isolated' can only be used for an internal network");
    create("isolated", true);
  }
}
