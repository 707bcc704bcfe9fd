package dev.dockwire.program.iperf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestHost.Result;
import dev.dockwire.program.TestLan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client and a server of iperf3 on one bridge; texts as version 3.12 has printed them. */
class Iperf3Test {

  private final TestLan lan = new TestLan();
  private final TestHost a1 = lan.host("a1", "172.17.0.2");
  private final TestHost a2 = lan.host("a2", "172.17.0.3");

  @BeforeEach
  void install() {
    for (TestHost host : List.of(a1, a2)) {
      host.host().files().install("/usr/bin/iperf3", new Iperf3());
    }
  }

  private void serve(String options) {
    a1.serve("iperf3 -s " + options + " > server");
  }

  private Result client(String options) {
    Result result = a2.run("iperf3 -c 172.17.0.2 " + options);
    lan.world().loop().runUntil(lan.world().now() + 1_000_000_000L);
    return result;
  }

  private String server() {
    return a1.file("server").replaceAll("port \\d{5}", "port P");
  }

  private static String shown(Result result) {
    return result.out().replaceAll("port \\d{5}", "port P");
  }

  @Test
  void aRateThatIsAskedForIsKept() {
    serve("-1");
    Result result = client("-t 2 -b 8M -l 1K");
    assertThat(result.err()).isEmpty();
    assertThat(shown(result))
        .matches(
            """
            Connecting to host 172\\.17\\.0\\.2, port 5201
            \\[  5\\] local 172\\.17\\.0\\.3 port P connected to 172\\.17\\.0\\.2 port 5201
            \\[ ID\\] Interval           Transfer     Bitrate         Retr  Cwnd
            \\[  5\\]   0\\.00-1\\.00   sec   97[67] KBytes  8\\.00 Mbits/sec    0   .* KBytes {7}
            \\[  5\\]   1\\.00-2\\.00   sec   97[67] KBytes  8\\.00 Mbits/sec    0   .* KBytes {7}
            - - - - - - - - - - - - - - - - - - - - - - - - -
            \\[ ID\\] Interval           Transfer     Bitrate         Retr
            \\[  5\\]   0\\.00-2\\.00   sec  1\\.91 MBytes  8\\.00 Mbits/sec    0 {13}sender
            \\[  5\\]   0\\.00-2\\.00   sec  1\\.91 MBytes  8\\.00 Mbits/sec {18}receiver

            iperf Done\\.
            """);
    assertThat(server())
        .startsWith(
            """
            -----------------------------------------------------------
            Server listening on 5201 (test #1)
            -----------------------------------------------------------
            Accepted connection from 172.17.0.3, port P
            [  5] local 172.17.0.2 port 5201 connected to 172.17.0.3 port P
            [ ID] Interval           Transfer     Bitrate
            [  5]   0.00-1.00   sec   97\
            """)
        .endsWith("                  receiver\n");
  }

  @Test
  void anAmountThatIsAskedForEndsIt() {
    serve("");
    Result result = client("-n 3M");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("sec  3.00 MBytes");
    assertThat(client("-n 1M").out()).contains("iperf Done.");
    assertThat(server()).contains("Server listening on 5201 (test #3)");
  }

  @Test
  void withoutALimitTheWindowAndTheDelayOfTheWireAreOne() {
    serve("-1");
    assertThat(shown(client("-n 30M")))
        .containsPattern("\\[  5\\]   0\\.00-0\\.01   sec  30\\.0 MBytes  .* Gbits/sec    0");
  }

  @Test
  void aSmallWindowIsWhatLimitsAFastPath() {
    serve("");
    String wide = shown(client("-n 4M"));
    assertThat(wide).contains("Gbits/sec");
    assertThat(shown(client("-n 256K -w 8K"))).containsPattern("\\d Mbits/sec    0 {13}sender");
    assertThat(shown(client("-R -n 256K -w 8K"))).containsPattern("\\d Mbits/sec    0 {13}sender");
  }

  @Test
  void parallelStreamsAreAddedUp() {
    serve("-1");
    String shown = shown(client("-P 2 -t 1 -b 1M"));
    assertThat(shown)
        .contains("\n[  5]   0.00-1.00   sec ")
        .contains("\n[  7]   0.00-1.00   sec ")
        .contains("\n[SUM]   0.00-1.00   sec ");
    assertThat(server()).contains("[  8] local").contains("[SUM]   0.00-1.00   sec ");
  }

  @Test
  void theServerMayBeTheSender() {
    serve("-1");
    String shown = shown(client("-R -t 1 -b 4M"));
    assertThat(shown)
        .contains("Reverse mode, remote host 172.17.0.2 is sending\n")
        .contains("Mbits/sec    0             sender\n")
        .contains("Mbits/sec                  receiver\n");
    assertThat(server()).contains(" Retr  Cwnd\n").endsWith("    0             sender\n");
  }

  @Test
  void datagrams() {
    serve("-1");
    String shown = shown(client("-u -t 1"));
    assertThat(shown)
        .contains("Total Datagrams\n")
        .containsPattern("1\\.0\\d Mbits/sec  9\\d  \n")
        .containsPattern("0\\.000 ms  0/9\\d \\(0%\\)  sender\n")
        .containsPattern(" ms  0/9\\d \\(0%\\)  receiver\n");
    assertThat(server()).containsPattern(" ms  0/9\\d \\(0%\\)  receiver\n");
  }

  @Test
  void theSameAsJson() {
    serve("-1");
    Result result = client("-J -t 1 -b 4M");
    Map<String, Object> json = Json.parse(result.out()).orElseThrow();
    assertThat(json.keySet()).containsExactly("start", "intervals", "end");
    assertThat(Json.objects(json, "intervals")).hasSize(1);
    assertThat(result.out())
        .startsWith("{\n\t\"start\":\t{\n\t\t\"connected\":\t[{\n\t\t\t\t\"socket\":\t5,\n")
        .contains("\t\"sum_received\":\t{\n\t\t\t\"start\":\t0,\n");
  }

  @Test
  void thereIsNoServer() {
    assertThat(client(""))
        .isEqualTo(
            new Result(1, "", "iperf3: error - unable to connect to server: Connection refused\n"));
    assertThat(a2.run("iperf3").err())
        .startsWith("iperf3: parameter error - must either be a client (-c) or server (-s)\n");
  }
}
