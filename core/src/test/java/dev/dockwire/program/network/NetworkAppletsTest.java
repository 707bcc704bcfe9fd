package dev.dockwire.program.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestLan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the network applets show, and what their changes do. */
class NetworkAppletsTest {

  private final TestLan lan = new TestLan();
  private final TestHost a1 = lan.host("a1", "172.17.0.2");
  private final TestHost a2 = lan.host("a2", "172.17.0.3");

  @BeforeEach
  void addGateway() {
    TestLan.defaultRoute(a1, "172.17.0.3");
  }

  private void shows(String script, String expected) {
    assertThat(a1.run(script)).isEqualTo(new TestHost.Result(0, expected, ""));
  }

  private void fails(String script, int status, String message) {
    assertThat(a1.run(script)).isEqualTo(new TestHost.Result(status, "", message));
  }

  @Test
  void ifconfigShowsTheLoopback() {
    shows(
        "ifconfig lo",
        """
        lo        Link encap:Local Loopback \s
                  inet addr:127.0.0.1  Mask:255.0.0.0
                  UP LOOPBACK RUNNING  MTU:65536  Metric:1
                  RX packets:0 errors:0 dropped:0 overruns:0 frame:0
                  TX packets:0 errors:0 dropped:0 overruns:0 carrier:0
                  collisions:0 txqueuelen:1000\s
                  RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)

        """);
  }

  @Test
  void ifconfigListsWhatIsUpByName() {
    a1.run("ifconfig eth0 down");
    assertThat(a1.run("ifconfig").out()).startsWith("lo  ").doesNotContain("eth0");
    assertThat(a1.run("ifconfig -a").out())
        .startsWith("eth0  ")
        .contains("          BROADCAST MULTICAST  MTU:1500  Metric:1\n")
        .contains("\nlo  ");
  }

  @Test
  void ifconfigShowsBytesInUnits() {
    a1.run("ping -c 10 -s 1400 172.17.0.3");
    assertThat(a1.run("ifconfig eth0").out())
        .contains("RX bytes:14504 (14.1 KiB)  TX bytes:14504 (14.1 KiB)");
  }

  @Test
  void ifconfigSetsAddressesAndStates() {
    a1.run("ifconfig eth0 10.1.2.3 netmask 255.255.255.0");
    assertThat(a1.run("ifconfig eth0").out())
        .contains("inet addr:10.1.2.3  Bcast:10.1.2.255  Mask:255.255.255.0");
    a1.run("ifconfig eth0 192.168.7.1");
    assertThat(a1.run("ifconfig eth0").out())
        .contains("inet addr:192.168.7.1  Bcast:192.168.7.255  Mask:255.255.255.0");
    a1.run("ifconfig eth0 down");
    assertThat(a1.run("ping -c 1 192.168.7.2").err())
        .isEqualTo("ping: sendto: Network unreachable\n");
    fails("ifconfig eth0 1.2.3.400", 1, "ifconfig: bad address '1.2.3.400'\n");
    fails(
        "ifconfig eth9",
        1,
        "ifconfig: eth9: error fetching interface information: Device not found\n");
    fails("ifconfig eth9 up", 1, "ifconfig: SIOCGIFFLAGS: No such device\n");
  }

  @Test
  void ipShowsLinksAndAddresses() {
    shows(
        "ip addr",
        """
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000
            link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            inet 127.0.0.1/8 scope host lo
               valid_lft forever preferred_lft forever
        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP\s
            link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff
            inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0
               valid_lft forever preferred_lft forever
        """);
    shows(
        "ip link show dev eth0",
        """
        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP\s
            link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff
        """);
    assertThat(a1.run("ip a").out()).isEqualTo(a1.run("ip address show").out());
    fails("ip addr show dev eth9", 1, "ip: can't find device 'eth9'\n");
    fails("ip addr foo", 1, "ip: invalid argument 'foo' to 'ip'\n");
    assertThat(a1.run("ip foo").err()).contains("Usage: ip [OPTIONS] address|route");
  }

  @Test
  void ipSetsLinksAndAddresses() {
    shows(
        "ip link set eth0 down; ip link show eth0 | head -n 1",
        "2: eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noqueue state DOWN \n");
    shows(
        "ip link set dev eth0 up; ip route",
        "172.17.0.0/16 dev eth0 scope link  src 172.17.0.2 \n");
    shows("ip addr del 172.17.0.2/16 dev eth0; ip route", "");
    shows(
        "ip addr add 10.0.0.1/24 dev eth0; ip route",
        "10.0.0.0/24 dev eth0 scope link  src 10.0.0.1 \n");
    fails("ip addr add 10.0.0.1/24 dev eth0", 2, "ip: RTNETLINK answers: File exists\n");
    fails(
        "ip addr del 9.9.9.9/24 dev eth0",
        2,
        "ip: RTNETLINK answers: Cannot assign requested address\n");
    fails("ip addr add 10.0.0.1/24", 1, "ip: need \"dev IFACE\"\n");
    fails("ip addr add ten dev eth0", 1, "ip: an inet prefix is expected rather than \"ten\"\n");
    fails("ip link set eth9 up", 1, "ip: SIOCGIFFLAGS: No such device\n");
    fails("ip link set lo foo", 1, "ip: either \"dev\" is duplicate, or \"foo\" is garbage\n");
  }

  @Test
  void routesAreShownByBothPrograms() {
    shows(
        "ip route",
        """
        default via 172.17.0.3 dev eth0\s
        172.17.0.0/16 dev eth0 scope link  src 172.17.0.2\s
        """);
    shows(
        "route -n",
        """
        Kernel IP routing table
        Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
        0.0.0.0         172.17.0.3      0.0.0.0         UG    0      0        0 eth0
        172.17.0.0      0.0.0.0         255.255.0.0     U     0      0        0 eth0
        """);
    shows(
        "route",
        """
        Kernel IP routing table
        Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
        default         172.17.0.3      0.0.0.0         UG    0      0        0 eth0
        172.17.0.0      *               255.255.0.0     U     0      0        0 eth0
        """);
  }

  @Test
  void routesAreChangedByBothPrograms() {
    shows(
        "ip route add 10.9.0.0/16 via 172.17.0.9; ip route add 10.8.0.1 dev eth0 metric 5; ip"
            + " route",
        """
        default via 172.17.0.3 dev eth0\s
        10.8.0.1 dev eth0 scope link  src 172.17.0.2  metric 5\s
        10.9.0.0/16 via 172.17.0.9 dev eth0\s
        172.17.0.0/16 dev eth0 scope link  src 172.17.0.2\s
        """);
    shows(
        "route del -host 10.8.0.1; route del -net 10.9.0.0 netmask 255.255.0.0;"
            + " route del default; route add default gw 172.17.0.4; ip route",
        """
        default via 172.17.0.4 dev eth0\s
        172.17.0.0/16 dev eth0 scope link  src 172.17.0.2\s
        """);
  }

  @Test
  void routesThatCannotBeAreRefusedInTheKernelsWords() {
    a1.run("route del default");
    fails(
        "ip route add 10.9.0.0/16 via 1.1.1.1",
        2,
        "ip: RTNETLINK answers: Network is unreachable\n");
    fails("ip route del 10.9.0.0/16", 2, "ip: RTNETLINK answers: No such process\n");
    fails("ip route add 172.17.0.0/16 dev eth0", 2, "ip: RTNETLINK answers: File exists\n");
    fails("ip route add default", 2, "ip: RTNETLINK answers: No such device\n");
    fails("route add default gw 1.1.1.1", 1, "route: SIOCADDRT: Network is unreachable\n");
    fails("route add default", 1, "route: SIOCADDRT: No such device\n");
    fails("route del default", 1, "route: SIOCDELRT: No such process\n");
  }

  @Test
  void arpShowsSetsAndDeletes() {
    shows("arp -n", "");
    a1.run("ping -c 1 172.17.0.3");
    shows("arp -n", "? (172.17.0.3) at 02:42:ac:11:00:03 [ether]  on eth0\n");
    a1.host().files().write("/etc/hosts", "172.17.0.3\ta2 alias\n");
    shows("arp", "a2 (172.17.0.3) at 02:42:ac:11:00:03 [ether]  on eth0\n");
    a1.run("ping -c 1 -W 1 172.17.0.9");
    shows("arp -n 172.17.0.9", "? (172.17.0.9) at <incomplete>  on eth0\n");
    shows("arp -d 172.17.0.9; arp -d 172.17.0.3; arp -n", "");
    shows(
        "arp -s 172.17.0.7 00:11:22:33:44:55; arp -n",
        "? (172.17.0.7) at 00:11:22:33:44:55 [ether] PERM on eth0\n");
    shows("arp -n 9.9.9.9", "No match found in 1 entries\n");
    fails("arp -d 9.9.9.9", 1, "arp: SIOCDARP(priv): Network is unreachable\n");
    fails("arp -s 172.17.0.7", 1, "arp: need hardware address\n");
    fails("arp -s 172.17.0.7 zz", 1, "arp: invalid hardware address\n");
    fails("arp nosuch", 1, "arp: nosuch: Unknown host\n");
  }

  @Test
  void ipNeighShowsStates() {
    a1.run("ping -c 1 172.17.0.3; ping -c 1 -W 4 172.17.0.9");
    shows(
        "ip neigh",
        """
        172.17.0.3 dev eth0 lladdr 02:42:ac:11:00:03 used 0/0/0 probes 1 REACHABLE
        172.17.0.9 dev eth0  used 0/0/0 probes 3 FAILED
        """);
    shows("ip neigh flush dev eth0; ip neigh", "");
  }

  @Test
  void hostnameShowsAndSets() {
    shows("hostname; hostname -i", "a1\n172.17.0.2\n");
    shows(
        "hostname box.example; hostname; hostname -s; hostname -d", "box.example\nbox\nexample\n");
  }

  @Test
  void psShowsProcesses() {
    TestHost.Console console = a1.console();
    assertThat(console.type("sleep 100 & ps\n"))
        .isEqualTo(
            """
            sleep 100 & ps
            PID   USER     TIME  COMMAND
                1 root      0:00 sh
                2 root      0:00 sleep 100
                3 root      0:00 ps
            / #\s\
            """);
    assertThat(console.type("ps -o pid,ppid,args | head -n 2\n"))
        .contains("PID   PPID  COMMAND\n    1     0 sh\n");
  }

  @Test
  void lsShowsColumnsOnATerminal() {
    TestHost.Console console = a2.console();
    assertThat(console.type("ls\n")).isEqualTo("ls\nbin   dev   etc   root  sbin  tmp   usr\n/ # ");
    assertThat(console.type("ls -l /etc\n"))
        .isEqualTo(
            """
            ls -l /etc
            total 4
            -rw-r--r--    1 root     root            34 Jan  1 00:00 hosts
            / #\s\
            """);
  }
}
