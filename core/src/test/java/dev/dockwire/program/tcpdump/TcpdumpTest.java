package dev.dockwire.program.tcpdump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestLan;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hosts on a bridge, one of which listens. */
class TcpdumpTest {

  private final TestLan lan = new TestLan();
  private final TestHost a1 = lan.host("a1", "172.17.0.2");
  private final TestHost a2 = lan.host("a2", "172.17.0.3");

  @BeforeEach
  void install() {
    a1.host().files().install("/usr/bin/tcpdump", new Tcpdump());
    a2.host().files().install("/usr/bin/tcpdump", new Tcpdump());
  }

  @Test
  void showsAnExchangeAsItHappens() {
    TestHost.Result result = a1.run("tcpdump -n -c 6 & ping -c 2 172.17.0.3 > /dev/null; wait");
    assertThat(result.out())
        .isEqualTo(
            """
            00:00:00.000000 ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28
            00:00:00.000060 ARP, Reply 172.17.0.3 is-at 02:42:ac:11:00:03, length 28
            00:00:00.000060 IP 172.17.0.2 > 172.17.0.3: ICMP echo request, id 16085, seq 0, length 64
            00:00:00.000120 IP 172.17.0.3 > 172.17.0.2: ICMP echo reply, id 16085, seq 0, length 64
            00:00:01.000000 IP 172.17.0.2 > 172.17.0.3: ICMP echo request, id 16085, seq 1, length 64
            00:00:01.000060 IP 172.17.0.3 > 172.17.0.2: ICMP echo reply, id 16085, seq 1, length 64
            """
                .replace("16085", id(result.out())));
    assertThat(result.err())
        .isEqualTo(
            """
            tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
            listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
            6 packets captured
            6 packets received by filter
            0 packets dropped by kernel
            """);
  }

  /** The identifier of the pings, which the seed chooses. */
  private static String id(String out) {
    return out.replaceFirst("(?s).*?id ([0-9]+),.*", "$1");
  }

  @Test
  void theFilterChooses() {
    TestHost.Result result =
        a1.run("tcpdump -nt -c 1 'icmp[icmptype] = icmp-echoreply' & ping -qc 1 172.17.0.3; wait");
    assertThat(result.out()).doesNotContain("request").doesNotContain("ARP");
    a1.host().files().write("/etc/hosts", "172.17.0.2 a1\n172.17.0.3 a2\n");
    result = a1.run("tcpdump -t -c 1 src a2 and icmp & ping -q -c 1 a2 > /dev/null; wait");
    assertThat(result.out()).startsWith("IP a2 > a1: ICMP echo reply, id ");
    assertThat(result.err()).contains("1 packet captured\n1 packet received by filter\n");
  }

  @Test
  void listensAtLoopbackOnce() {
    TestHost.Result result =
        a1.run("tcpdump -i lo -ntq & ping -qc 1 127.0.0.1; sleep 1; kill %1; wait");
    assertThat(result.out().lines().filter(line -> line.startsWith("IP")).toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("IP 127.0.0.1 > 127.0.0.1: ICMP echo request");
  }

  @Test
  void anyTellsWhereAndWhichWay() {
    TestHost.Result result =
        a1.run("tcpdump -i any -nt -c 6 & ping -c 1 172.17.0.3 >&2; ping -c 1 127.0.0.1 >&2; wait");
    assertThat(result.out().replaceAll("id [0-9]+", "id X"))
        .isEqualTo(
            """
            eth0  Out ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28
            eth0  In  ARP, Reply 172.17.0.3 is-at 02:42:ac:11:00:03, length 28
            eth0  Out IP 172.17.0.2 > 172.17.0.3: ICMP echo request, id X, seq 0, length 64
            eth0  In  IP 172.17.0.3 > 172.17.0.2: ICMP echo reply, id X, seq 0, length 64
            lo    In  IP 127.0.0.1 > 127.0.0.1: ICMP echo request, id X, seq 0, length 64
            lo    In  IP 127.0.0.1 > 127.0.0.1: ICMP echo reply, id X, seq 0, length 64
            """);
    assertThat(result.err())
        .startsWith(
            """
            tcpdump: data link type LINUX_SLL2
            tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
            listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes
            """);
  }

  @Test
  void ctrlCEndsItWithTheAccount() {
    TestHost.Console console = a1.console();
    console.typeAndWait("tcpdump -nt icmp\n", TimeUnit.SECONDS.toNanos(1));
    assertThat(console.type("\3"))
        .contains(
            "\n0 packets captured\n0 packets received by filter\n0 packets dropped by kernel");
  }

  @Test
  void killedItListensNoMore() {
    TestHost.Result result =
        a1.run("tcpdump -n & sleep 1; kill -9 $!; wait; ping -c 1 172.17.0.3 > /dev/null");
    assertThat(result.out()).isEmpty();
    assertThat(a1.host().processes().list()).isEmpty();
  }

  @Test
  void writesAFileAndReadsItBack() {
    a1.run("tcpdump -w /tmp/ping.pcap -c 4 2> /dev/null & ping -c 1 172.17.0.3; wait");
    TestHost.Result read = a1.run("tcpdump -nt -r ping.pcap arp");
    assertThat(read.out())
        .isEqualTo(
            """
            ARP, Request who-has 172.17.0.3 tell 172.17.0.2, length 28
            ARP, Reply 172.17.0.3 is-at 02:42:ac:11:00:03, length 28
            """);
    assertThat(read.err())
        .isEqualTo(
            "reading from file ping.pcap, link-type EN10MB (Ethernet), snapshot length 65535\n");
    assertThat(a1.run("cat ping.pcap | tcpdump -nt -r - icmp | wc -l").out()).isEqualTo("2\n");
    assertThat(a1.run("tcpdump -r ping.pcap -w - arp 2>/dev/null | tcpdump -ntr - | wc -l").out())
        .isEqualTo("2\n");
    assertThat(a1.run("tcpdump -r ping.pcap -w /nowhere/x").err())
        .contains("tcpdump: /nowhere/x: No such file or directory\n");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(a1.run("tcpdump -i eth9"))
        .isEqualTo(
            new TestHost.Result(
                1, "", "tcpdump: eth9: No such device exists\n(No such device exists)\n"));
    assertThat(a1.run("tcpdump foo bar"))
        .isEqualTo(
            new TestHost.Result(1, "", "tcpdump: can't parse filter expression: syntax error\n"));
    assertThat(a1.run("tcpdump -r nosuch").err())
        .isEqualTo("tcpdump: nosuch: No such file or directory\n");
    assertThat(a1.run("tcpdump -r /etc/hosts").err()).isEqualTo("tcpdump: unknown file format\n");
    assertThat(a1.run("tcpdump -c 0").err()).isEqualTo("tcpdump: invalid packet count 0\n");
    assertThat(a1.run("tcpdump -Z").err())
        .startsWith("tcpdump: invalid option -- 'Z'\ntcpdump version 4.99");
    assertThat(a1.run("tcpdump -i").err())
        .startsWith("tcpdump: option requires an argument -- 'i'\n");
    assertThat(a1.run("ifconfig eth0 down; tcpdump -i eth0").err())
        .isEqualTo("tcpdump: eth0: That device is not up\n");
  }

  @Test
  void listsWhatThereIs() {
    assertThat(a1.run("tcpdump -D").out())
        .isEqualTo(
            """
            1.eth0 [Up, Running, Connected]
            2.any (Pseudo-device that captures on all interfaces) [Up, Running]
            3.lo [Up, Running, Loopback]
            """);
  }
}
