package dev.dockwire.program.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.World;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.program.TestHost;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.Route;
import dev.dockwire.time.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A chain of hosts of which those in the middle are routers. From host i to the next there is the
 * network 10.0.i.0/24, with .1 at this and .2 at the other end. What is expected is what BusyBox
 * prints on such a chain of Linux network namespaces.
 */
class TracerouteTest {

  private final World world = World.inVirtualTime(new Seed(1));
  private final List<TestHost> hosts = new ArrayList<>();

  private TestHost chain(int routers) {
    for (int i = 0; i < routers + 2; i++) {
      TestHost host = new TestHost(world, "h" + i);
      HostStack stack = host.host().stack();
      Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, world.loopback());
      lo.connect(lo);
      stack.attach(lo).address(Ipv4Prefix.parse("127.0.0.1/8"), world.now());
      stack.forwarding(i > 0 && i <= routers);
      hosts.add(host);
    }
    for (int i = 0; i <= routers; i++) {
      Nic right = plug(hosts.get(i), "right", i, 1);
      Nic left = plug(hosts.get(i + 1), "left", i, 2);
      right.connect(left);
      left.connect(right);
    }
    for (int i = 0; i <= routers + 1; i++) {
      route(hosts.get(i), i);
    }
    return hosts.getFirst();
  }

  private Nic plug(TestHost host, String name, int network, int number) {
    Ipv4Address address = Ipv4Address.parse("10.0." + network + "." + number);
    Nic nic = new Nic(name, MacAddress.fromIpv4(address), 1_500, world.fabric());
    host.host().stack().attach(nic).address(new Ipv4Prefix(address, 24), world.now());
    return nic;
  }

  /** To higher numbers by default, to the lower ones one by one. */
  private void route(TestHost host, int place) {
    HostStack stack = host.host().stack();
    stack
        .findInterface("right")
        .ifPresent(
            right -> {
              Ipv4Address gateway = Ipv4Address.parse("10.0." + place + ".2");
              Ipv4Address own = new Ipv4Address(right.addressValue());
              stack.routes().add(new Route(Route.DEFAULT, gateway, right, own, 0));
            });
    for (int network = 0; network < place - 1; network++) {
      Ipv4Prefix to = Ipv4Prefix.parse("10.0." + network + ".0/24");
      Ipv4Address gateway = Ipv4Address.parse("10.0." + (place - 1) + ".1");
      StackInterface left = stack.findInterface("left").orElseThrow();
      stack.routes().add(new Route(to, gateway, left, new Ipv4Address(left.addressValue()), 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 29})
  void everyRouterIsNamedInTurn(int routers) {
    for (String kind : new String[] {"", "-I "}) {
      hosts.clear();
      String target = "10.0." + routers + ".2";
      TestHost.Result result = chain(routers).run("traceroute -n -q 1 " + kind + target);
      List<String> lines = result.out().lines().toList();
      assertThat(lines).hasSize(routers + 2);
      assertThat(lines.getFirst())
          .isEqualTo("traceroute to " + target + " (" + target + "), 30 hops max, 46 byte packets");
      for (int hop = 1; hop <= routers + 1; hop++) {
        assertThat(lines.get(hop))
            .matches(String.format("%2d  10\\.0\\.%d\\.2  \\d\\.\\d{3} ms", hop, hop - 1));
      }
      assertThat(result.status()).isZero();
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void eachHopTakesTwiceTheTimeOfItsWire() {
    assertThat(chain(2).run("ping -qc 1 10.0.2.2 >/dev/null; traceroute -n 10.0.2.2").out())
        .isEqualTo(
            """
            traceroute to 10.0.2.2 (10.0.2.2), 30 hops max, 46 byte packets
             1  10.0.0.2  0.060 ms  0.060 ms  0.060 ms
             2  10.0.1.2  0.120 ms  0.120 ms  0.120 ms
             3  10.0.2.2  0.180 ms  0.180 ms  0.180 ms
            """);
  }

  @Test
  void namesComeFromTheHostsFile() {
    TestHost h0 = chain(1);
    h0.host().files().write("/etc/hosts", "10.0.0.2\trouter\n10.0.1.2\tfar\n");
    assertThat(h0.run("traceroute -q 2 far").out().replaceAll("[0-9.]+ ms", "T"))
        .isEqualTo(
            """
            traceroute to far (10.0.1.2), 30 hops max, 46 byte packets
             1  router (10.0.0.2)  T  T
             2  far (10.0.1.2)  T  T
            """);
  }

  @Test
  void thirtyHopsAreTheMost() {
    assertThat(chain(30).run("traceroute -nq 1 10.0.30.2").out().lines().toList())
        .hasSize(31)
        .last()
        .asString()
        .startsWith("30  10.0.29.2  ");
    assertThat(hosts.getFirst().run("traceroute -nq 1 -m 31 10.0.30.2").out())
        .contains("\n31  10.0.30.2  ");
  }

  @Test
  void whoDoesNotAnswerIsAStar() {
    TestHost h0 = chain(2);
    hosts.get(1).host().stack().forwarding(false);
    assertThat(h0.run("traceroute -n -w 1 -q 2 -f 2 -m 3 10.0.2.2").out())
        .isEqualTo(
            """
            traceroute to 10.0.2.2 (10.0.2.2), 3 hops max, 46 byte packets
             2  *  *
             3  *  *
            """);
  }

  @Test
  void aRouterWithoutAWaySaysSo() {
    TestHost h0 = chain(3);
    hosts.get(3).run("route del default");
    assertThat(h0.run("traceroute -nq 2 10.7.0.77").out().replaceAll("[0-9.]+ ms", "T"))
        .isEqualTo(
            """
            traceroute to 10.7.0.77 (10.7.0.77), 30 hops max, 46 byte packets
             1  10.0.0.2  T  T
             2  10.0.1.2  T  T
             3  10.0.2.2  T !N  T !N
            """);
  }

  @Test
  void moreToldWhenAskedFor() {
    assertThat(chain(1).run("traceroute -nvl -q 1 10.0.1.2").out().replaceAll("[0-9.]+ ms", "T"))
        .isEqualTo(
            """
            traceroute to 10.0.1.2 (10.0.1.2), 30 hops max, 46 byte packets
             1  10.0.0.2 54 bytes to 10.0.0.1  T (64)
             2  10.0.1.2 54 bytes to 10.0.0.1  T (63)
            """);
    assertThat(hosts.getFirst().run("traceroute -n -q 1 -s 10.0.0.1 10.0.1.2 100").out())
        .startsWith(
            "traceroute to 10.0.1.2 (10.0.1.2) from 10.0.0.1, 30 hops max, 100 byte packets\n");
  }

  @Test
  void itselfIsOneHopAway() {
    assertThat(chain(1).run("traceroute -n 127.0.0.1").out())
        .isEqualTo(
            """
            traceroute to 127.0.0.1 (127.0.0.1), 30 hops max, 46 byte packets
             1  127.0.0.1  0.020 ms  0.020 ms  0.020 ms
            """);
  }

  @Test
  void saysWhatIsWrong() {
    TestHost h0 = chain(1);
    for (String[] pair :
        new String[][] {
          {"-m 999 10.0.1.2", "number 999 is not in 1..255 range"},
          {"-f 5 -m 4 10.0.1.2", "number 5 is not in 1..4 range"},
          {"-q 0 10.0.1.2", "number 0 is not in 1..2147483647 range"},
          {"10.0.1.2 99999", "number 99999 is not in 46..32768 range"},
          {"-p 70000 10.0.1.2", "number 70000 is not in 0..65535 range"},
          {"-s 10.9.9.9 10.0.1.2", "can't set multicast source interface"},
          {"nosuch", "bad address 'nosuch'"},
        }) {
      TestHost.Result result = h0.run("traceroute " + pair[0]);
      assertThat(result.err()).isEqualTo("traceroute: " + pair[1] + "\n");
      assertThat(result.status()).isEqualTo(1);
    }
    assertThat(h0.run("traceroute -n -q 1 -i eth9 10.0.1.2").err())
        .isEqualTo("traceroute: can't bind to interface eth9: No such device\n");
    assertThat(h0.run("route del default; traceroute -n 10.0.1.2").err())
        .isEqualTo("traceroute: can't connect to remote host (10.0.1.2): Network unreachable\n");
  }
}
