package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.host.World;
import dev.dockwire.nat.rule.RulePrinter;
import dev.dockwire.time.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules on the Docker host, as iptables-save shows them on a real one. */
class PacketRulesTest {

  private Engine engine = newEngine(EngineSettings.DEFAULT);

  private static Engine newEngine(EngineSettings settings) {
    return new Engine(World.inVirtualTime(new Seed(1)), settings);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Container run(String name, ContainerSpec spec) {
    Container container = engine.create(spec.withName(name).withTerminal(true, true));
    engine.start(container);
    return container;
  }

  private void runPublished(String hostAddress) {
    PortBinding binding = new PortBinding(80, "tcp", hostAddress, 8080, 8080);
    run("web", ContainerSpec.of("alpine").withPortBindings(List.of(binding)));
  }

  private Network network(String bridge, boolean internal, Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.put(BridgeOptions.NAME, bridge);
    return engine
        .networks()
        .create(new NetworkSpec(bridge, "bridge", List.of(), internal, false, all, Map.of()));
  }

  private String rules(String table) {
    String commands =
        new RulePrinter(engine.dockerHost().netfilter().rules()).commands(table, Optional.empty());
    StringBuilder rules = new StringBuilder();
    commands
        .lines()
        .filter(line -> line.startsWith("-A "))
        .forEach(line -> rules.append(line).append('\n'));
    return rules.toString();
  }

  @Test
  void oneBridgeAndOnePort() {
    runPublished("");
    assertThat(rules("raw")).isEqualTo("-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP\n");
    assertThat(rules("filter"))
        .isEqualTo(
            """
            -A FORWARD -j DOCKER-USER
            -A FORWARD -j DOCKER-FORWARD
            -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
            -A DOCKER ! -i docker0 -o docker0 -j DROP
            -A DOCKER-BRIDGE -o docker0 -j DOCKER
            -A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A DOCKER-FORWARD -j DOCKER-CT
            -A DOCKER-FORWARD -j DOCKER-ISOLATION-STAGE-1
            -A DOCKER-FORWARD -j DOCKER-BRIDGE
            -A DOCKER-FORWARD -i docker0 -j ACCEPT
            -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
            -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
            """);
    assertThat(rules("nat"))
        .isEqualTo(
            """
            -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
            -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
            -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            -A DOCKER -i docker0 -j RETURN
            -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
            """);
  }

  @Test
  void anAddressOfItsOwn() {
    runPublished("127.0.0.1");
    assertThat(rules("nat"))
        .contains(
            "-A DOCKER -d 127.0.0.1/32 ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT"
                + " --to-destination 172.17.0.2:80\n");
    assertThat(rules("raw"))
        .contains("-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8080 -j DROP\n");
  }

  @Test
  void furtherBridges() {
    network("br-open", false, Map.of());
    network("br-shut", false, Map.of(BridgeOptions.ICC, "false"));
    network("br-in", true, Map.of());
    network("br-bare", false, Map.of(BridgeOptions.MASQUERADE, "false"));
    assertThat(rules("filter"))
        .contains(
            """
            -A DOCKER-FORWARD -i docker0 -j ACCEPT
            -A DOCKER-FORWARD -i br-open -j ACCEPT
            -A DOCKER-FORWARD -i br-shut -o br-shut -j DROP
            -A DOCKER-FORWARD -i br-shut ! -o br-shut -j ACCEPT
            -A DOCKER-FORWARD -i br-in -o br-in -j ACCEPT
            -A DOCKER-FORWARD -i br-bare -j ACCEPT
            -A DOCKER-ISOLATION-STAGE-1 -i br-bare ! -o br-bare -j DOCKER-ISOLATION-STAGE-2
            -A DOCKER-ISOLATION-STAGE-1 ! -s 172.20.0.0/16 -o br-in -j DROP
            -A DOCKER-ISOLATION-STAGE-1 ! -d 172.20.0.0/16 -i br-in -j DROP
            -A DOCKER-ISOLATION-STAGE-1 -i br-shut ! -o br-shut -j DOCKER-ISOLATION-STAGE-2
            """);
    assertThat(rules("nat"))
        .contains(
            """
            -A POSTROUTING -s 172.19.0.0/16 ! -o br-shut -j MASQUERADE
            -A POSTROUTING -s 172.18.0.0/16 ! -o br-open -j MASQUERADE
            -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            -A DOCKER -i br-bare -j RETURN
            -A DOCKER -i br-shut -j RETURN
            -A DOCKER -i br-open -j RETURN
            -A DOCKER -i docker0 -j RETURN
            """);
  }

  private void runPublishedOn(String network) {
    PortBinding binding = new PortBinding(80, "tcp", "", 8080, 8080);
    run(
        "web-" + network,
        ContainerSpec.of("alpine")
            .withNetworks(List.of(Attachment.to(network)))
            .withPortBindings(List.of(binding)));
  }

  private String rulesAbout(String table, String bridge) {
    return rules(table)
        .lines()
        .filter(line -> line.contains(bridge))
        .reduce("", (text, line) -> text + line + "\n");
  }

  @Test
  void aRoutedNetworkIsNotTranslated() {
    network("br-far", false, Map.of(GatewayMode.OPTION, "routed"));
    runPublishedOn("br-far");
    assertThat(rules("raw")).isEmpty();
    assertThat(rulesAbout("filter", "br-far"))
        .isEqualTo(
            """
            -A DOCKER -d 172.18.0.2/32 ! -i br-far -o br-far -p tcp -m tcp --dport 80 -j ACCEPT
            -A DOCKER -o br-far -p icmp -j ACCEPT
            -A DOCKER ! -i br-far -o br-far -j DROP
            -A DOCKER-BRIDGE -o br-far -j DOCKER
            -A DOCKER-CT -o br-far -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A DOCKER-FORWARD -i br-far -j ACCEPT
            -A DOCKER-ISOLATION-STAGE-1 -i br-far -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A DOCKER-ISOLATION-STAGE-1 -o br-far -j RETURN
            -A DOCKER-ISOLATION-STAGE-1 -i br-far ! -o br-far -j DOCKER-ISOLATION-STAGE-2
            -A DOCKER-ISOLATION-STAGE-2 -o br-far -j DROP
            """);
    assertThat(rulesAbout("nat", "br-far")).isEqualTo("-A DOCKER -i br-far -j RETURN\n");
  }

  @Test
  void anUnprotectedNetworkIsOpen() {
    network("br-open", false, Map.of(GatewayMode.OPTION, "nat-unprotected"));
    runPublishedOn("br-open");
    assertThat(rules("raw")).isEmpty();
    assertThat(rules("filter"))
        .contains("-A DOCKER ! -i br-open -o br-open -j ACCEPT\n")
        .doesNotContain("--dport");
    assertThat(rulesAbout("nat", "br-open"))
        .isEqualTo(
            """
            -A POSTROUTING -s 172.18.0.0/16 ! -o br-open -j MASQUERADE
            -A DOCKER -i br-open -j RETURN
            -A DOCKER ! -i br-open -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80
            """);
  }

  @Test
  void withoutProxiesTranslationServesEverybody() {
    engine.close();
    engine = newEngine(EngineSettings.DEFAULT.withUserlandProxy(false));
    runPublished("127.0.0.1");
    assertThat(rules("raw"))
        .contains("-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8080 -j DROP\n");
    assertThat(rules("nat"))
        .isEqualTo(
            """
            -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
            -A OUTPUT -m addrtype --dst-type LOCAL -j DOCKER
            -A POSTROUTING -o docker0 -m addrtype --src-type LOCAL -j MASQUERADE
            -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            -A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
            -A DOCKER -d 127.0.0.1/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
            """);
  }

  @Test
  void oldEnginesKnowNoGatewayModes() {
    engine.close();
    engine = newEngine(EngineSettings.DEFAULT.withCompat(Compat.ENGINE_20));
    network("br-old", false, Map.of(GatewayMode.OPTION, "rooted"));
    assertThat(rules("nat")).contains("-s 172.18.0.0/16 ! -o br-old -j MASQUERADE");
  }

  @Test
  void whatGoesLeavesNoRule() {
    String filter = rules("filter");
    String nat = rules("nat");
    Network routed = network("br-far", false, Map.of(GatewayMode.OPTION, "routed"));
    engine.networks().remove(routed);
    assertThat(rules("filter")).isEqualTo(filter);
    Network network = network("br-open", false, Map.of());
    PortBinding binding = new PortBinding(80, "tcp", "", 8080, 8080);
    Container web =
        run(
            "web",
            ContainerSpec.of("alpine")
                .withNetworks(List.of(Attachment.to("br-open")))
                .withPortBindings(List.of(binding, new PortBinding(80, "tcp", "", 8081, 8081))));
    assertThat(rules("filter")).isNotEqualTo(filter);
    engine.remove(web, true);
    engine.world().loop().runUntil(() -> web.state() == Container.State.REMOVED);
    engine.networks().remove(network);
    assertThat(rules("filter")).isEqualTo(filter);
    assertThat(rules("nat")).isEqualTo(nat);
    assertThat(rules("raw")).isEmpty();
  }

  @Test
  void linksWithoutInterContainerCommunication() {
    engine.close();
    engine = newEngine(EngineSettings.DEFAULT.withIcc(false));
    run("web", ContainerSpec.of("httpd"));
    run("client", ContainerSpec.of("alpine").withLinks(List.of(new Link("web", "web"))));
    assertThat(rules("filter"))
        .contains(
            """
            -A DOCKER -s 172.17.0.2/32 -d 172.17.0.3/32 -i docker0 -o docker0 -p tcp -m tcp --sport 80 -j ACCEPT
            -A DOCKER -s 172.17.0.3/32 -d 172.17.0.2/32 -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
            -A DOCKER ! -i docker0 -o docker0 -j DROP
            """);
  }

  @Test
  void oldEnginesHaveTheirRulesInForward() {
    engine.close();
    engine = newEngine(EngineSettings.DEFAULT.withCompat(Compat.ENGINE_20));
    runPublished("");
    network("br-new", false, Map.of());
    assertThat(rules("raw")).isEmpty();
    assertThat(rules("filter"))
        .isEqualTo(
            """
            -A FORWARD -j DOCKER-USER
            -A FORWARD -j DOCKER-ISOLATION-STAGE-1
            -A FORWARD -o br-new -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A FORWARD -o br-new -j DOCKER
            -A FORWARD -i br-new ! -o br-new -j ACCEPT
            -A FORWARD -i br-new -o br-new -j ACCEPT
            -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A FORWARD -o docker0 -j DOCKER
            -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
            -A FORWARD -i docker0 -o docker0 -j ACCEPT
            -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
            -A DOCKER-ISOLATION-STAGE-1 -i br-new ! -o br-new -j DOCKER-ISOLATION-STAGE-2
            -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
            -A DOCKER-ISOLATION-STAGE-1 -j RETURN
            -A DOCKER-ISOLATION-STAGE-2 -o br-new -j DROP
            -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
            -A DOCKER-ISOLATION-STAGE-2 -j RETURN
            -A DOCKER-USER -j RETURN
            """);
    assertThat(rules("nat"))
        .contains(
            "-A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j"
                + " MASQUERADE\n");
  }
}
