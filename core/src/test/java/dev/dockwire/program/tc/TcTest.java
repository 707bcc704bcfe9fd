package dev.dockwire.program.tc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestLan;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tc} as a user types it, with what iproute2 6.1 and Linux 6.18 answered. */
class TcTest {

  private final TestLan lan = new TestLan();
  private final TestHost host = lan.host("a1", "172.17.0.2");

  private String show() {
    return host.run("tc qdisc show dev eth0").out();
  }

  private void refuses(String command, int status, String complaint) {
    TestHost.Result result = host.run(command);
    assertThat(result.err().lines().findFirst()).hasValue(complaint);
    assertThat(result.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "tc, 0",
    "tc help, 0",
    "tc qdisc help, 0",
    "tc qdisc add help, 0",
    "tc qdisc add dev eth0 root netem help, 1",
    "tc foo, 255",
    "tc -x, 255",
    "tc qdisc frob, 255",
    "tc qdisc show foo, 255",
    "tc qdisc show dev nope, 1"
  })
  void exitCodesAreThoseOfTc(String command, int status) {
    assertThat(host.run(command).status()).isEqualTo(status);
  }

  @Test
  void wordsMayBeAbbreviated() {
    host.run("tc q a dev eth0 root handle 1: netem d 10ms l 5");
    assertThat(host.run("tc qd s").out()).contains("qdisc netem 1: dev eth0 root refcnt 2 limit 5");
    host.run("tc q c dev eth0 root netem lat 20ms");
    assertThat(show()).isEqualTo("qdisc netem 1: root refcnt 2 limit 1000 delay 20ms\n");
    host.run("tc qdisc d dev eth0 root");
    assertThat(show()).startsWith("qdisc noqueue 0:");
  }

  @Test
  void handlesAreGivenOutOnceAndMayBeNamed() {
    host.run("tc qdisc add dev eth0 root netem");
    assertThat(show()).startsWith("qdisc netem 8001: root");
    host.run("tc qdisc del dev eth0 root");
    lan.host("a2", "172.17.0.3").run("tc qdisc add dev eth0 root netem");
    host.run("tc qdisc replace dev eth0 root netem");
    assertThat(show()).startsWith("qdisc netem 8003: root");
    host.run("tc qdisc replace dev eth0 root handle 5: netem delay 1ms");
    assertThat(show()).isEqualTo("qdisc netem 5: root refcnt 2 limit 1000 delay 1ms\n");
    host.run("tc qdisc change dev eth0 handle 5: netem delay 2ms");
    assertThat(show()).isEqualTo("qdisc netem 5: root refcnt 2 limit 1000 delay 2ms\n");
    assertThat(host.run("tc qdisc show dev eth0 handle 6:").out()).isEmpty();
  }

  @Test
  void theKernelRefusesWhatLinuxRefuses() {
    refuses("tc qdisc add root netem", 2, "RTNETLINK answers: No such device");
    refuses("tc qdisc add dev nope root netem", 1, "Cannot find device \"nope\"");
    refuses("tc qdisc add dev eth0 netem", 2, "Error: Handle cannot be zero.");
    refuses("tc qdisc add dev eth0 root", 2, "Error: Specified qdisc kind is unknown.");
    refuses("tc qdisc add dev eth0 root foo", 2, "Error: Specified qdisc kind is unknown.");
    refuses(
        "tc qdisc add dev eth0 root foo bar",
        1,
        "Unknown qdisc \"foo\", hence option \"bar\" is unparsable");
    refuses("tc qdisc add dev eth0 parent 1:1 netem", 2, "Error: Failed to find specified qdisc.");
    refuses("tc qdisc add dev eth0 handle 8001: netem", 2, "Error: Specified qdisc not found.");
    refuses(
        "tc qdisc change dev eth0 root netem",
        2,
        "Error: Qdisc not found. To create specify NLM_F_CREATE flag.");
    refuses("tc qdisc del dev eth0 root", 2, "Error: Cannot delete qdisc with handle of zero.");
    refuses(
        "tc qdisc del dev eth0 root netem",
        2,
        "Error: Invalid qdisc name: must match existing qdisc.");
    refuses("tc qdisc del dev eth0", 2, "Error: Failed to find qdisc with specified handle.");

    host.run("tc qdisc add dev eth0 root handle 1: netem");
    refuses("tc qdisc add dev eth0 root netem", 2, "Error: Exclusivity flag on, cannot modify.");
    refuses(
        "tc qdisc change dev eth0 root handle 2: netem",
        2,
        "Error: NLM_F_REPLACE needed to override.");
    refuses("tc qdisc del dev eth0 root handle 2:", 2, "Error: Invalid handle.");
    refuses("tc qdisc del dev eth0 handle 1:", 2, "Error: Classid cannot be zero.");
  }

  @Test
  void theCommandLineIsRefusedAsByIproute2() {
    String incomplete = "Command line is not complete. Try option \"help\"";
    refuses("tc qdisc add dev", 255, incomplete);
    refuses("tc qdisc add dev eth0 handle 1: root netem delay", 255, incomplete);
    refuses("tc qdisc add dev eth0 root root netem", 255, "Error: \"root\" is duplicate parent ID");
    refuses(
        "tc qdisc add dev eth0 dev lo",
        255,
        "Error: duplicate \"dev\": \"lo\" is the second value.");
    refuses(
        "tc qdisc add dev eth0 handle x: root netem",
        255,
        "Error: argument \"x:\" is wrong: invalid qdisc ID");
    refuses("tc -x", 255, "Option \"-x\" is unknown, try \"tc -help\".");
    refuses("tc qdisc show foo", 255, "What is \"foo\"? Try \"tc qdisc help\".");
  }

  @Test
  void aChangeLeavesAloneWhatItDoesNotNameAsTheKernelDoes() {
    host.run("tc qdisc add dev eth0 root handle 1: netem delay 5ms 1ms 25% corrupt 3% rate 1mbit");
    host.run("tc qdisc change dev eth0 root netem delay 9ms 2ms");
    assertThat(show())
        .isEqualTo(
            "qdisc netem 1: root refcnt 2"
                + " limit 1000 delay 9ms  2ms 25% corrupt 3% rate 1Mbit\n");
    host.run("tc qdisc change dev eth0 root netem");
    assertThat(show()).isEqualTo("qdisc netem 1: root refcnt 2 limit 1000 corrupt 3% rate 1Mbit\n");
  }

  @Test
  void statisticsCountWhatIsSentDroppedAndHeld() {
    lan.host("a2", "172.17.0.3");
    host.run("ping -c 1 172.17.0.3");
    host.run("tc qdisc add dev eth0 root handle 1: netem limit 3 delay 10s");
    IntStream.range(0, 4).forEach(_ -> host.run("ping -c 1 -W 1 172.17.0.3"));
    assertThat(host.run("tc -s qdisc show dev eth0").out())
        .isEqualTo(
            """
            qdisc netem 1: root refcnt 2 limit 3 delay 10s
             Sent 0 bytes 0 pkt (dropped 1, overlimits 0 requeues 0)\s
             backlog 294b 3p requeues 0
            """);
  }

  @Test
  void aFullQueueIsNoNewsToPing() {
    lan.host("a2", "172.17.0.3");
    host.run("tc qdisc add dev eth0 root netem limit 0");
    TestHost.Result ping = host.run("ping -c 1 -W 1 172.17.0.3");
    assertThat(ping.out()).contains("1 packets transmitted, 0 packets received");
    assertThat(ping.err()).isEmpty();
  }

  @Test
  void oneKindReplacesTheOther() {
    host.run("tc qdisc add dev eth0 root handle 1: netem");
    refuses(
        "tc qdisc change dev eth0 root tbf rate 1mbit burst 10k latency 1ms",
        2,
        "Error: Invalid qdisc name: must match existing qdisc.");
    host.run("tc qdisc replace dev eth0 root tbf rate 1mbit burst 10k latency 1ms");
    assertThat(show()).startsWith("qdisc tbf 8001: root refcnt 2 rate 1Mbit burst 10Kb lat 1ms");
    host.run("tc qdisc change dev eth0 root tbf rate 2mbit burst 10k latency 1ms");
    assertThat(show()).startsWith("qdisc tbf 8001: root refcnt 2 rate 2Mbit");
  }
}
