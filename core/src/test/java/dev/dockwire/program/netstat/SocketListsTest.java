package dev.dockwire.program.netstat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.socket.DatagramSocket;
import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestLan;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code netstat} and {@code ss} on a host with the same sockets as a Linux network namespace on
 * which BusyBox's and iproute2's have printed the texts that are expected here.
 */
class SocketListsTest {

  private static final int OWN = Ipv4Address.parse("172.17.0.2").value();
  private static final int LOOPBACK = Ipv4Address.parse("127.0.0.1").value();

  private static final TcpSocket.Handler NOBODY = new TcpSocket.Handler() {};

  private final TestLan lan = new TestLan();
  private final TestHost a1 = lan.host("a1", "172.17.0.2");
  private final HostStack stack = a1.host().stack();

  private TcpListener web;

  @BeforeEach
  void openSockets() throws Exception {
    a1.host().files().install("/usr/bin/ss", new Ss());
    web = TcpListener.listen(stack, 0, 80, 5, _ -> {});
    TcpListener.listen(stack, LOOPBACK, 3_306, 100, _ -> {});
    TcpSocket first = connect(40_001);
    web.accept(NOBODY);
    byte[] data = "x".repeat(100).getBytes(StandardCharsets.US_ASCII);
    first.write(data, 0, data.length, now());
    connect(40_002);
    TcpSocket closing = connect(40_003);
    closing.close(now());
    run("datagrams", this::openDatagramSockets);
    settle();
  }

  private TcpSocket connect(int localPort) throws Exception {
    TcpSocket socket = TcpSocket.connect(stack, OWN, localPort, OWN, 80, NOBODY, now());
    settle();
    return socket;
  }

  /** The sockets stay open as long as the process sleeps. */
  private int openDatagramSockets(Process self) {
    try {
      DatagramSocket.bind(self, 0, 53);
      DatagramSocket client = DatagramSocket.bind(self, LOOPBACK, 5_000);
      client.connect(LOOPBACK, 53);
      client.send(new byte[64], 0, 64);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    self.await(() -> false, Long.MAX_VALUE);
    return 0;
  }

  private void run(String name, Program program) {
    ProcessSpec spec = new ProcessSpec(List.of(name), Map.of(), "/", Stdio.NULL);
    a1.host().processes().start(program, null, spec);
  }

  private long now() {
    return lan.world().now();
  }

  private void settle() {
    lan.world().loop().runUntil(now() + 1_000_000);
  }

  private void expect(String command, String text) {
    TestHost.Result result = a1.run(command);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo(text);
  }

  @Test
  void netstatShowsConnections() {
    expect(
        "netstat -tn",
        """
        Active Internet connections (w/o servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      \s
        tcp      100      0 172.17.0.2:80           172.17.0.2:40001        ESTABLISHED\s
        tcp        0      0 172.17.0.2:80           172.17.0.2:40002        ESTABLISHED\s
        tcp        1      0 172.17.0.2:80           172.17.0.2:40003        CLOSE_WAIT \s
        tcp        0      0 172.17.0.2:40001        172.17.0.2:80           ESTABLISHED\s
        tcp        0      0 172.17.0.2:40002        172.17.0.2:80           ESTABLISHED\s
        tcp        0      0 172.17.0.2:40003        172.17.0.2:80           FIN_WAIT2  \s
        """);
  }

  @Test
  void netstatShowsInItsPlaceWhatIsInTimeWait() throws Exception {
    web.accept(NOBODY);
    web.accept(NOBODY).close(now());
    settle();
    connect(40_004);
    assertThat(a1.run("netstat -tn").out())
        .endsWith(
            """
            tcp        0      0 172.17.0.2:40002        172.17.0.2:80           ESTABLISHED\s
            tcp        0      0 172.17.0.2:40003        172.17.0.2:80           TIME_WAIT  \s
            tcp        0      0 172.17.0.2:40004        172.17.0.2:80           ESTABLISHED\s
            """);
  }

  @Test
  void netstatShowsServers() {
    expect(
        "netstat -tuln",
        """
        Active Internet connections (only servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      \s
        tcp        2      0 0.0.0.0:80              0.0.0.0:*               LISTEN     \s
        tcp        0      0 127.0.0.1:3306          0.0.0.0:*               LISTEN     \s
        udp      832      0 0.0.0.0:53              0.0.0.0:*                          \s
        """);
  }

  @Test
  void netstatNamesHostsAndServices() {
    expect(
        "netstat -ua; netstat -l",
        """
        Active Internet connections (servers and established)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      \s
        udp      832      0 0.0.0.0:domain          0.0.0.0:*                          \s
        udp        0      0 localhost:5000          localhost:domain        ESTABLISHED\s
        Active Internet connections (only servers)
        Proto Recv-Q Send-Q Local Address           Foreign Address         State      \s
        tcp        2      0 0.0.0.0:http            0.0.0.0:*               LISTEN     \s
        tcp        0      0 localhost:mysql         0.0.0.0:*               LISTEN     \s
        udp      832      0 0.0.0.0:domain          0.0.0.0:*                          \s
        Active UNIX domain sockets (only servers)
        Proto RefCnt Flags       Type       State         I-Node Path
        """);
  }

  @Test
  void netstatShowsRoutes() {
    expect(
        "netstat -rn",
        """
        Kernel IP routing table
        Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
        172.17.0.0      0.0.0.0         255.255.0.0     U         0 0          0 eth0
        """);
    assertThat(a1.run("netstat -i").err()).startsWith("netstat: unrecognized option: i\n");
  }

  @Test
  void ssShowsConnections() {
    expect(
        "ss -tn",
        """
        State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
        ESTAB      100    0         172.17.0.2:80      172.17.0.2:40001      \s
        ESTAB      0      0         172.17.0.2:80      172.17.0.2:40002      \s
        CLOSE-WAIT 1      0         172.17.0.2:80      172.17.0.2:40003      \s
        ESTAB      0      0         172.17.0.2:40001   172.17.0.2:80         \s
        ESTAB      0      0         172.17.0.2:40002   172.17.0.2:80         \s
        FIN-WAIT-2 0      0         172.17.0.2:40003   172.17.0.2:80         \s
        """);
  }

  @Test
  void ssShowsHowConnectionsAreDoing() {
    List<String> lines = a1.run("ss -tni").out().lines().toList();
    assertThat(lines.get(7)).startsWith("ESTAB").contains("172.17.0.2:40001");
    assertThat(lines.get(8))
        .matches(
            "\t ts sack cubic wscale:7,7 rto:20\\d rtt:0\\.\\d+/0\\.\\d+ mss:65484 pmtu:65536"
                + " advmss:65484 cwnd:10 *");
    assertThat(a1.run("ss -tnli").out()).contains("\n\t cubic cwnd:10");
  }

  @Test
  void ssShowsHowAConnectionSharesThePath() throws Exception {
    stack.tcp().congestionControl("bbr");
    connect(40_004);
    assertThat(a1.run("ss -tnli").out()).contains("\n\t bbr cwnd:10").doesNotContain("cubic");
    String connections = a1.run("ss -tni").out();
    assertThat(connections.lines().filter(line -> line.startsWith("\t ts sack bbr wscale")))
        .as("both ends of the new one")
        .hasSize(2);
    assertThat(connections).contains("\t ts sack cubic wscale");
  }

  @Test
  void ssShowsServers() {
    expect(
        "ss -tuln",
        """
        Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
        udp   UNCONN 832    0            0.0.0.0:53        0.0.0.0:*         \s
        tcp   LISTEN 2      5            0.0.0.0:80        0.0.0.0:*         \s
        tcp   LISTEN 0      100        127.0.0.1:3306      0.0.0.0:*         \s
        """);
    expect(
        "ss -u",
        """
        Recv-Q Send-Q Local Address:Port Peer Address:Port  Process
        0      0          127.0.0.1:5000    127.0.0.1:domain      \s
        """);
  }

  @Test
  void ssSpreadsOverATerminal() {
    TestHost.Console console = a1.console();
    assertThat(console.type("ss -tunl\n"))
        .contains(
            """
            Netid  State   Recv-Q  Send-Q   Local Address:Port   Peer Address:Port Process \s
            udp    UNCONN  832     0              0.0.0.0:53          0.0.0.0:*            \s
            tcp    LISTEN  2       5              0.0.0.0:80          0.0.0.0:*            \s
            tcp    LISTEN  0       100          127.0.0.1:3306        0.0.0.0:*            \s
            """);
    assertThat(console.type("ss -u\n"))
        .contains(
            """
            Recv-Q    Send-Q       Local Address:Port       Peer Address:Port     Process  \s
            0         0                127.0.0.1:5000          127.0.0.1:domain            \s
            """);
  }

  @Test
  void ssSumsUp() {
    expect(
        "ss -s",
        """
        Total: 10
        TCP:   8 (estab 5, closed 0, orphaned 0, timewait 0)

        Transport Total     IP        IPv6
        RAW\t  0         0         0       \s
        UDP\t  2         2         0       \s
        TCP\t  8         8         0       \s
        INET\t  10        10        0       \s
        FRAG\t  0         0         0       \s

        """);
  }

  @Test
  void ssChoosesByState() {
    assertThat(a1.run("ss -Htn state fin-wait-2").out())
        .isEqualTo("0      0      172.17.0.2:40003 172.17.0.2:80\n");
    assertThat(a1.run("ss -ta state established | wc -l").out()).isEqualTo("5\n");
    assertThat(a1.run("ss bar"))
        .isEqualTo(
            new TestHost.Result(
                1,
                "",
                "Error: an inet prefix is expected rather than \"bar\".\n"
                    + "Cannot parse dst/src address.\n"));
  }
}
