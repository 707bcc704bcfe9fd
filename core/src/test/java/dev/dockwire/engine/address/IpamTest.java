package dev.dockwire.engine.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.spec.IpamConfig;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IpamTest {

  private static Ipam ipam(String subnet, String range, String gateway) {
    return new Ipam(
        Ipv4Prefix.parse(subnet), Ipv4Prefix.parse(range), Ipv4Address.parse(gateway), Map.of());
  }

  private static String next(Ipam ipam) {
    return ipam.allocate().map(Ipv4Address::toString).orElse("none");
  }

  @Test
  void withTheGatewayAtTheEndTheFirstContainerGetsDotOne() {
    Ipam ipam = ipam("192.168.0.0/24", "192.168.0.0/24", "192.168.0.254");
    assertThat(next(ipam)).isEqualTo("192.168.0.1");
    assertThat(next(ipam)).isEqualTo("192.168.0.2");
  }

  @Test
  void releasedAddressesAreGivenOutAgainLowestFirst() {
    Ipam ipam = Ipam.of(Ipv4Prefix.parse("172.17.0.0/16"));
    assertThat(List.of(next(ipam), next(ipam), next(ipam)))
        .containsExactly("172.17.0.2", "172.17.0.3", "172.17.0.4");
    ipam.release(Ipv4Address.parse("172.17.0.3"));
    assertThat(next(ipam)).isEqualTo("172.17.0.3");
    assertThat(next(ipam)).isEqualTo("172.17.0.5");
  }

  @Test
  void aRangeLimitsOnlyDynamicAddresses() {
    Ipam ipam = ipam("10.50.0.0/24", "10.50.0.128/30", "10.50.0.128");
    assertThat(List.of(next(ipam), next(ipam), next(ipam), next(ipam)))
        .containsExactly("10.50.0.129", "10.50.0.130", "10.50.0.131", "none");
    assertThat(ipam.allocate(Ipv4Address.parse("10.50.0.7"))).isTrue();
    assertThat(ipam.allocate(Ipv4Address.parse("10.50.0.7"))).isFalse();
  }

  @Test
  void edgesGatewayAndAuxiliaryAddressesAreNeverGivenOut() {
    Ipam ipam =
        new Ipam(
            Ipv4Prefix.parse("10.0.0.0/29"),
            Ipv4Prefix.parse("10.0.0.0/29"),
            Ipv4Address.parse("10.0.0.1"),
            Map.of("router", Ipv4Address.parse("10.0.0.3")));
    assertThat(List.of(next(ipam), next(ipam), next(ipam), next(ipam), next(ipam)))
        .containsExactly("10.0.0.2", "10.0.0.4", "10.0.0.5", "10.0.0.6", "none");
    for (String reserved : List.of("10.0.0.0", "10.0.0.1", "10.0.0.3", "10.0.0.7")) {
      assertThat(ipam.allocate(Ipv4Address.parse(reserved))).as(reserved).isFalse();
      ipam.release(Ipv4Address.parse(reserved));
    }
    assertThat(next(ipam)).isEqualTo("none");
    assertThat(ipam.allocated()).isEqualTo(4);
  }

  @Test
  void smallSubnetsHaveAllTheirAddresses() {
    assertThat(next(ipam("10.0.0.0/31", "10.0.0.0/31", "10.0.0.0"))).isEqualTo("10.0.0.1");
    assertThat(next(ipam("10.0.0.4/32", "10.0.0.4/32", "10.0.0.4"))).isEqualTo("none");
    assertThat(next(Ipam.of(Ipv4Prefix.parse("10.0.0.0/30")))).isEqualTo("10.0.0.2");
  }

  @Test
  void gatewayAndAuxiliaryAddressesMustBeFree() {
    assertThatThrownBy(() -> ipam("192.168.1.0/24", "192.168.1.0/24", "192.168.1.0"))
        .hasMessage("failed to allocate gateway (192.168.1.0): Address already in use");
    Map<String, Ipv4Address> auxiliary = Map.of("a", Ipv4Address.parse("192.168.1.1"));
    Ipv4Prefix subnet = Ipv4Prefix.parse("192.168.1.0/24");
    assertThatThrownBy(() -> new Ipam(subnet, subnet, Ipv4Address.parse("192.168.1.1"), auxiliary))
        .hasMessage(
            "failed to allocate secondary ip address (a:192.168.1.1): Address already in use");
  }

  private static Optional<Ipv4Prefix> takeDefault(AddressPools pools) {
    Optional<Ipv4Prefix> subnet = pools.nextDefault();
    subnet.ifPresent(pools::take);
    return subnet;
  }

  @Test
  void theLargestSubnetsWorkToTheirLastAddress() {
    Ipam half = ipam("128.0.0.0/1", "255.255.255.252/30", "255.255.255.254");
    assertThat(next(half)).isEqualTo("255.255.255.252");
    assertThat(half.allocate(Ipv4Address.parse("128.0.0.1"))).isTrue();
    assertThat(next(half)).isEqualTo("255.255.255.253");
    assertThat(next(half)).isEqualTo("none");

    Ipam all = ipam("0.0.0.0/0", "0.0.0.0/0", "0.0.0.1");
    assertThat(all.allocate(Ipv4Address.parse("255.255.255.254"))).isTrue();
    assertThat(all.allocate(Ipv4Address.parse("255.255.255.255"))).isFalse();
    assertThat(next(all)).isEqualTo("0.0.0.2");
    assertThat(all.allocated()).isEqualTo(2);
  }

  @Test
  void thirtyOneNetworksFitTheDefaultPoolsAndThenNone() {
    AddressPools pools = new AddressPools(AddressPools.DEFAULTS, false);
    for (int i = 17; i <= 31; i++) {
      assertThat(takeDefault(pools)).contains(Ipv4Prefix.parse("172." + i + ".0.0/16"));
    }
    for (int i = 0; i <= 240; i += 16) {
      assertThat(takeDefault(pools)).contains(Ipv4Prefix.parse("192.168." + i + ".0/20"));
    }
    assertThat(takeDefault(pools)).isEmpty();
    pools.release(Ipv4Prefix.parse("172.20.0.0/16"));
    assertThat(takeDefault(pools)).contains(Ipv4Prefix.parse("172.20.0.0/16"));
  }

  @Test
  void aUsersSubnetHasTheDefaultsThatOverlapItSkipped() {
    AddressPools pools = new AddressPools(AddressPools.DEFAULTS, false);
    takeDefault(pools);
    pools.take(Ipv4Prefix.parse("172.18.0.0/24"));
    assertThat(takeDefault(pools)).contains(Ipv4Prefix.parse("172.19.0.0/16"));
    assertThat(pools.overlapsTaken(Ipv4Prefix.parse("0.0.0.0/0"))).isTrue();
    assertThat(pools.overlapsTaken(Ipv4Prefix.parse("172.18.0.128/25"))).isTrue();
    assertThat(pools.overlapsTaken(Ipv4Prefix.parse("172.18.1.0/24"))).isFalse();
  }

  @Test
  void oldEnginesGoOnAfterTheLastSubnetGivenOut() {
    AddressPools pools = new AddressPools(AddressPools.DEFAULTS, true);
    takeDefault(pools);
    Optional<Ipv4Prefix> second = takeDefault(pools);
    pools.release(second.orElseThrow());
    assertThat(takeDefault(pools)).contains(Ipv4Prefix.parse("172.19.0.0/16"));
  }

  @Test
  void aPoolOfTheUsersIsCutIntoItsSubnets() {
    AddressPools pools = new AddressPools(List.of(AddressPool.of("10.200.0.0/16", 24)), false);
    assertThat(takeDefault(pools)).contains(Ipv4Prefix.parse("10.200.0.0/24"));
    assertThat(takeDefault(pools)).contains(Ipv4Prefix.parse("10.200.1.0/24"));
  }

  @Test
  void whatIsWrongWithSubnetsIsSaidInDockersWords() {
    assertProblem(config("abc", "", ""), "invalid subnet abc: invalid CIDR block notation");
    assertProblem(
        config("192.168.1.5/24", "", ""),
        "invalid subnet 192.168.1.5/24: it should be 192.168.1.0/24");
    assertProblem(
        config("192.168.9.0/24", "", "192.168.10.1"),
        "invalid gateway 192.168.10.1: parent subnet 192.168.9.0/24 doesn't contain this address");
    assertProblem(config("192.168.9.0/24", "", "abc"), "invalid gateway abc: invalid address");
    assertProblem(
        config("192.168.9.0/24", "192.168.10.0/25", ""),
        "invalid ip-range 192.168.10.0/25: parent subnet 192.168.9.0/24 doesn't contain ip-range");
    assertProblem(
        config("192.168.9.0/24", "192.168.0.0/16", ""),
        "* invalid ip-range 192.168.0.0/16: CIDR block is bigger than its parent subnet"
            + " 192.168.9.0/24\n* invalid ip-range 192.168.0.0/16: parent subnet 192.168.9.0/24"
            + " doesn't contain ip-range");
    assertProblem(
        config("192.168.9.0/24", "192.168.9.7/25", ""),
        "invalid ip-range 192.168.9.7/25: it should be 192.168.9.0/25");
  }

  private static IpamConfig config(String subnet, String range, String gateway) {
    return new IpamConfig(
        subnet,
        Optional.of(range).filter(text -> !text.isEmpty()),
        Optional.of(gateway).filter(text -> !text.isEmpty()),
        Map.of());
  }

  private static void assertProblem(IpamConfig config, String problem) {
    assertThatThrownBy(() -> IpamCheck.check(List.of(config), false))
        .hasMessage("invalid network config:\n" + problem)
        .hasFieldOrPropertyWithValue("status", 400);
  }
}
