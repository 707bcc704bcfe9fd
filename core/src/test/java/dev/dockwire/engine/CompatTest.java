package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.time.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code core/docs/compat.md} says, row by row, as far as the engine is concerned. */
class CompatTest {

  private Engine engine = engine(Compat.DEFAULT);

  private Engine engine(Compat compat) {
    if (engine != null) {
      engine.close();
    }
    engine =
        new Engine(World.inVirtualTime(new Seed(1)), EngineSettings.DEFAULT.withCompat(compat));
    return engine;
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Container run(String name, String... networks) {
    return Alpine.run(engine, name, List.of(networks));
  }

  private Network net(String name) {
    return engine.networks().create(NetworkSpec.bridge(name));
  }

  private Network subnet(String name, String subnet) {
    IpamConfig config = new IpamConfig(subnet, Optional.empty(), Optional.empty(), Map.of());
    return engine
        .networks()
        .create(new NetworkSpec(name, "bridge", List.of(config), false, false, Map.of(), Map.of()));
  }

  private MacAddress mac(Container container) {
    return container
        .endpointOn(engine.networks().bridge())
        .orElseThrow()
        .wire()
        .orElseThrow()
        .mac();
  }

  private static String file(Container container, String path) {
    return container.files().readText(path);
  }

  private static String subnetOf(Network network) {
    return network.segment().orElseThrow().subnet().toString();
  }

  @ParameterizedTest
  @EnumSource(
      value = Compat.class,
      names = {"DEFAULT", "ENGINE_20"})
  void macAddressesComeFromTheIpAddress(Compat compat) {
    engine(compat);
    assertThat(mac(run("a1"))).hasToString("02:42:ac:11:00:02");
  }

  @Test
  void engine28DrawsALocalUnicastMacAtEachStart() {
    engine(Compat.ENGINE_28);
    Container container = run("a1");
    Set<MacAddress> seen = new HashSet<>();
    for (int start = 0; start < 100; start++) {
      MacAddress mac = mac(container);
      assertThat(mac.value() >>> 40 & 3).as("locally administered, unicast: " + mac).isEqualTo(2);
      assertThat(seen.add(mac)).isTrue();
      engine.stop(container, 0);
      engine.world().loop().runUntil(() -> !container.isRunning());
      engine.start(container);
    }
  }

  @Test
  void theSameSeedDrawsTheSameMacs() {
    engine(Compat.ENGINE_28);
    MacAddress first = mac(run("a1"));
    engine(Compat.ENGINE_28);
    assertThat(mac(run("a1"))).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"DEFAULT, 172.18.0.0/16", "ENGINE_20, 172.19.0.0/16"})
  void oldEnginesUseAFreedSubnetAgainAfterAllOthers(Compat compat, String second) {
    engine(compat);
    engine.networks().remove(net("first"));
    assertThat(subnetOf(net("second"))).isEqualTo(second);
  }

  @Test
  void oldEnginesMaskASubnetWithHostBits() {
    assertThatThrownBy(() -> subnet("n", "192.168.1.5/24"))
        .hasMessageContaining("it should be 192.168.1.0/24");
    engine(Compat.ENGINE_20);
    assertThat(subnetOf(subnet("n", "192.168.1.5/24"))).isEqualTo("192.168.1.0/24");
  }

  @Test
  void oldEnginesRefuseSubnetsOfTwoAddresses() {
    assertThat(subnetOf(subnet("n", "10.9.0.0/31"))).isEqualTo("10.9.0.0/31");
    engine(Compat.ENGINE_20);
    assertThatThrownBy(() -> subnet("n", "10.9.0.0/31"))
        .hasMessage("failed to allocate gateway (): No available addresses on this pool");
  }

  @ParameterizedTest
  @CsvSource({
    "DEFAULT, invalid pool request: Pool overlaps with other one on this address space",
    "ENGINE_20, Pool overlaps with other one on this address space"
  })
  void overlappingSubnets(Compat compat, String text) {
    engine(compat);
    assertThatThrownBy(() -> subnet("n", "172.17.9.0/24")).hasMessage(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEFAULT | all predefined address pools have been fully subnetted",
        "ENGINE_20 | could not find an available, non-overlapping IPv4 address pool among the"
            + " defaults to assign to the network"
      })
  void noSubnetIsLeft(Compat compat, String text) {
    engine(compat);
    for (int i = 0; i < 30; i++) {
      net("n" + i);
    }
    assertThatThrownBy(() -> net("more")).hasMessage(text);
  }

  @Test
  void aNetworkInUseIsNotRemoved() {
    engine(Compat.ENGINE_20);
    Network network = net("n");
    run("a1", "n");
    assertThatThrownBy(() -> engine.networks().remove(network))
        .hasMessage(
            "error while removing network: network n id " + network.id() + " has active endpoints");
  }

  @Test
  void disconnectingWhatIsNotConnected() {
    engine(Compat.ENGINE_20);
    Network network = net("n");
    Container a1 = run("a1");
    assertThatThrownBy(() -> engine.disconnect(network, a1))
        .hasMessage("container " + a1.id() + " is not connected to the network n");
  }

  @Test
  void theHostNetworkIsNeitherJoinedNorLeft() {
    engine(Compat.ENGINE_20);
    Network host = engine.networks().find("host");
    Container a1 = run("a1");
    Container a2 = run("a2", "host");
    String text = "container cannot be disconnected from host network or connected to host network";
    assertThatThrownBy(() -> engine.connect(host, a1, Attachment.to("host"))).hasMessage(text);
    assertThatThrownBy(() -> engine.disconnect(host, a2)).hasMessage(text);
  }

  @ParameterizedTest
  @CsvSource({
    "DEFAULT, failed to set up container networking: network nosuch not found",
    "ENGINE_20, network nosuch not found"
  })
  void startingOnANetworkThatIsNotThere(Compat compat, String text) {
    engine(compat);
    assertThatThrownBy(() -> run("a1", "nosuch")).hasMessage(text);
  }

  @Test
  void oldEnginesRouteAnInternalNetworkToItsGatewayAndNoFurther() {
    NetworkSpec spec =
        new NetworkSpec("inner", "bridge", List.of(), true, false, Map.of(), Map.of());
    engine.networks().create(spec);
    assertThat(defaultGateways(run("a1", "inner"))).isEmpty();
    engine(Compat.ENGINE_20);
    engine.networks().create(spec);
    Container a1 = run("a1", "inner");
    assertThat(defaultGateways(a1)).containsExactly(Ipv4Address.parse("172.18.0.1"));
    engine.connect(net("outer"), a1, Attachment.to("outer"));
    assertThat(defaultGateways(a1))
        .as("one that leads on is better")
        .containsExactly(Ipv4Address.parse("172.19.0.1"));
  }

  private static List<Ipv4Address> defaultGateways(Container container) {
    HostStack stack = container.host().orElseThrow().stack();
    return stack.routes().routes().stream()
        .filter(route -> route.destination().length() == 0)
        .map(Route::gateway)
        .toList();
  }

  @Test
  void oldHostsFilesNameIpv6AddressesToo() {
    assertThat(file(run("a1"), "/etc/hosts")).startsWith("127.0.0.1\tlocalhost\n172.17.0.2\t");
    engine(Compat.ENGINE_20);
    assertThat(file(run("a1"), "/etc/hosts"))
        .startsWith(
            """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            ff00::0\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            172.17.0.2\t\
            """);
  }

  @Test
  void inOldHostsFilesDisconnectingOneNetworkLosesTheLinesOfAll() {
    assertThat(hostsAfterDisconnect()).contains("172.17.0.2").doesNotContain("172.18.0.2");
    engine(Compat.ENGINE_20);
    assertThat(hostsAfterDisconnect())
        .contains("127.0.0.1")
        .doesNotContain("172.17.0.2")
        .doesNotContain("172.18.0.2");
  }

  private String hostsAfterDisconnect() {
    Network network = net("n");
    Container a1 = run("a1");
    engine.connect(network, a1, Attachment.to("n"));
    assertThat(file(a1, "/etc/hosts")).contains("172.17.0.2").contains("172.18.0.2");
    engine.disconnect(network, a1);
    return file(a1, "/etc/hosts");
  }

  @Test
  void oldResolvConfHasNoComments() {
    engine(Compat.ENGINE_20);
    net("n");
    assertThat(file(run("a1"), "/etc/resolv.conf")).isEqualTo("nameserver 10.0.2.3\n");
    assertThat(file(run("a2", "n"), "/etc/resolv.conf"))
        .isEqualTo("nameserver 127.0.0.11\noptions ndots:0\n");
  }
}
