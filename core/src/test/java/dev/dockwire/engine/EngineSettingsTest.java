package dev.dockwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.address.AddressPool;
import dev.dockwire.engine.spec.NetworkSpec;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {

  private static Engine engine(EngineSettings settings) {
    return new Engine(World.inVirtualTime(new Seed(1)), settings);
  }

  private static String subnetOf(Network network) {
    return network.segment().orElseThrow().subnet().toString();
  }

  @Test
  void defaultAddressPoolsReplaceDockersOwnList() {
    Engine engine =
        engine(
            EngineSettings.DEFAULT.withDefaultAddressPools(
                List.of(AddressPool.of("10.200.0.0/16", 24))));
    assertThat(subnetOf(engine.networks().bridge())).isEqualTo("10.200.0.0/24");
    assertThat(subnetOf(engine.networks().create(NetworkSpec.bridge("n"))))
        .isEqualTo("10.200.1.0/24");
    engine.close();
  }

  @Test
  void thousandsOfNetworksFitAndNoneIsWhereTheMachineIs() {
    Engine engine =
        engine(
            EngineSettings.DEFAULT.withDefaultAddressPools(
                List.of(AddressPool.of("10.0.0.0/8", 24))));
    Set<String> subnets = new HashSet<>();
    for (int i = 0; i < 3_500; i++) {
      assertThat(subnets.add(subnetOf(engine.networks().create(NetworkSpec.bridge("n" + i)))))
          .isTrue();
    }
    assertThat(subnets).contains("10.0.1.0/24", "10.0.3.0/24").doesNotContain("10.0.2.0/24");
    engine.networks().prune(_ -> true);
    assertThat(engine.networks().list()).hasSize(3);
    engine.close();
  }

  @Test
  void bipIsTheAddressOfDocker0AndTheDefaultBridgesSubnet() {
    Engine engine = engine(EngineSettings.DEFAULT.withBip(Ipv4Prefix.parse("192.168.5.5/24")));
    Segment segment = engine.networks().bridge().segment().orElseThrow();
    assertThat(segment.gateway()).hasToString("192.168.5.5");
    assertThat(segment.subnet()).hasToString("192.168.5.0/24");
    assertThat(subnetOf(engine.networks().create(NetworkSpec.bridge("n"))))
        .as("the first of the pools is free")
        .isEqualTo("172.17.0.0/16");
    engine.close();
  }

  @Test
  void bipIsNoNetworkOrBroadcastAddress() {
    assertThatThrownBy(
            () -> engine(EngineSettings.DEFAULT.withBip(Ipv4Prefix.parse("10.9.0.0/24"))))
        .hasMessage("failed to allocate gateway (10.9.0.0): Address already in use");
  }
}
