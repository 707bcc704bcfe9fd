package dev.dockwire.program.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestLan;
import dev.dockwire.stack.socket.PingSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two hosts on a bridge, whole transcripts. */
class PingTest {

  private final TestLan lan = new TestLan();
  private final TestHost a1 = lan.host("a1", "172.17.0.2");
  private final TestHost a2 = lan.host("a2", "172.17.0.3");

  @Test
  void printsWhatBusyBoxPrints() {
    a1.host().files().write("/etc/hosts", "172.17.0.3\ta2\n");
    TestHost.Result result = a1.run("ping -c 3 a2");
    assertThat(result.out())
        .isEqualTo(
            """
            PING a2 (172.17.0.3): 56 data bytes
            64 bytes from 172.17.0.3: seq=0 ttl=64 time=0.120 ms
            64 bytes from 172.17.0.3: seq=1 ttl=64 time=0.060 ms
            64 bytes from 172.17.0.3: seq=2 ttl=64 time=0.060 ms

            --- a2 ping statistics ---
            3 packets transmitted, 3 packets received, 0% packet loss
            round-trip min/avg/max = 0.060/0.080/0.120 ms
            """);
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void pingsOneSecondApart() {
    a1.run("ping -c 4 172.17.0.3");
    assertThat(lan.world().now())
        .isBetween(TimeUnit.SECONDS.toNanos(3), TimeUnit.MILLISECONDS.toNanos(3_001));
  }

  @Test
  void waitsTenSecondsForTheFirstAnswerUnlessToldOtherwise() {
    assertThat(a1.run("ping -c 1 172.17.0.9"))
        .isEqualTo(
            new TestHost.Result(
                1,
                """
                PING 172.17.0.9 (172.17.0.9): 56 data bytes

                --- 172.17.0.9 ping statistics ---
                1 packets transmitted, 0 packets received, 100% packet loss
                """,
                ""));
    assertThat(lan.world().now()).isEqualTo(TimeUnit.SECONDS.toNanos(10));
    a1.run("ping -c 2 -W 3 172.17.0.9");
    assertThat(lan.world().now()).isEqualTo(TimeUnit.SECONDS.toNanos(14));
  }

  @Test
  void endsAtItsDeadline() {
    assertThat(a1.run("ping -w 3 172.17.0.3").out()).contains("3 packets transmitted, 3 packets");
    assertThat(lan.world().now()).isEqualTo(TimeUnit.SECONDS.toNanos(3));
  }

  @Test
  void pingsItself() {
    assertThat(a1.run("ping -c 1 localhost; ping -c 1 172.17.0.2").out())
        .contains("64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.020 ms")
        .contains("64 bytes from 172.17.0.2: seq=0 ttl=64 time=0.020 ms");
  }

  @Test
  void timePassesHoweverFastItAsks() {
    assertThat(a1.run("ping -q -i 0 -w 2 172.17.0.9").out())
        .contains("2000 packets transmitted, 0 packets received");
    assertThat(a1.run("ping -q -A -w 1 127.0.0.1").status()).isZero();
    assertThat(lan.world().now()).isEqualTo(TimeUnit.SECONDS.toNanos(3));
  }

  @Test
  void saysWhenThereAreTooManySockets() {
    while (PingSocket.open(a1.host().stack()).isPresent()) {}

    assertThat(a1.run("ping -c 1 172.17.0.3"))
        .isEqualTo(
            new TestHost.Result(
                1, "", "ping: can't create raw socket: No buffer space available\n"));
  }

  @Test
  void takesItsOptions() {
    assertThat(a1.run("ping -q -c 2 -i 0.5 172.17.0.3").out())
        .isEqualTo(
            """
            PING 172.17.0.3 (172.17.0.3): 56 data bytes

            --- 172.17.0.3 ping statistics ---
            2 packets transmitted, 2 packets received, 0% packet loss
            round-trip min/avg/max = 0.060/0.090/0.120 ms
            """);
    assertThat(a1.run("ping -c 1 -s 3 172.17.0.3").out())
        .contains("11 bytes from 172.17.0.3: seq=0 ttl=64\n")
        .doesNotContain("round-trip");
    assertThat(a1.run("ping -c 1 -s 4000 172.17.0.3").out()).contains("4008 bytes from");
    assertThat(a1.run("ping -c 1 -I eth0 172.17.0.3").out()).contains(" 0% packet loss");
    assertThat(a1.run("ping -c 1 -I 172.17.0.2 172.17.0.3").out())
        .startsWith("PING 172.17.0.3 (172.17.0.3) from 172.17.0.2: 56 data bytes\n");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(a1.run("ping nosuch")).isEqualTo(failure("ping: bad address 'nosuch'\n"));
    assertThat(a1.run("ping -c x a1")).isEqualTo(failure("ping: invalid number 'x'\n"));
    assertThat(a1.run("ping -s 70000 a1"))
        .isEqualTo(failure("ping: number 70000 is not in 0..65535 range\n"));
    assertThat(a1.run("ping -I nono -c1 a1")).isEqualTo(failure("ping: bad address 'nono'\n"));
    assertThat(a1.run("ping").err()).contains("\n\nUsage: ping [OPTIONS] HOST\n\nSend ICMP");
    assertThat(a1.run("ping -X a1").err()).startsWith("ping: unrecognized option: X\nBusyBox v1");
    assertThat(a1.run("ping -c").err())
        .startsWith("ping: option requires an argument: c\nBusyBox v1");
    assertThat(a1.run("ping 10.0.0.1").err()).isEqualTo("ping: sendto: Network unreachable\n");
    assertThat(a1.run("ping 10.0.0.1").status()).isEqualTo(1);
  }

  @Test
  void mayAskEverybodyThoughNobodyAnswers() {
    TestHost.Result result = a1.run("ping -c 1 -W 1 172.17.255.255");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .endsWith("1 packets transmitted, 0 packets received, 100% packet loss\n");
    assertThat(result.status()).isEqualTo(1);
  }

  private static TestHost.Result failure(String message) {
    return new TestHost.Result(1, "", message);
  }

  @Test
  void aShellIsInterruptedWithItsStatistics() {
    TestHost.Console console = a1.console();
    assertThat(console.shown()).isEmpty();
    console.typeAndWait("ping 172.17.0.3\n", TimeUnit.MILLISECONDS.toNanos(1_500));
    assertThat(console.type("\u0003"))
        .isEqualTo(
            """
            ^C
            --- 172.17.0.3 ping statistics ---
            2 packets transmitted, 2 packets received, 0% packet loss
            round-trip min/avg/max = 0.060/0.090/0.120 ms
            / #\s\
            """);
    assertThat(console.type("echo $?\n")).isEqualTo("echo $?\n0\n/ # ");
  }

  @Test
  void ifconfigCountsWhatPingSent() {
    a1.run("ping -c 2 172.17.0.3");
    assertThat(a1.run("ifconfig eth0").out())
        .isEqualTo(
            """
            eth0      Link encap:Ethernet  HWaddr 02:42:AC:11:00:02 \s
                      inet addr:172.17.0.2  Bcast:172.17.255.255  Mask:255.255.0.0
                      UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
                      RX packets:3 errors:0 dropped:0 overruns:0 frame:0
                      TX packets:3 errors:0 dropped:0 overruns:0 carrier:0
                      collisions:0 txqueuelen:0\s
                      RX bytes:238 (238.0 B)  TX bytes:238 (238.0 B)

            """);
    assertThat(a2.run("arp -n").out())
        .isEqualTo("? (172.17.0.2) at 02:42:ac:11:00:02 [ether]  on eth0\n");
  }
}
