package dev.dockwire.program.nc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestHost.Result;
import dev.dockwire.program.TestLan;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hosts with OpenBSD's nc; texts as Debian's 1.219 has printed them. */
class OpenBsdNcTest {

  private final TestLan lan = new TestLan();
  private final TestHost a1 = lan.host("a1", "172.17.0.2");
  private final TestHost a2 = lan.host("a2", "172.17.0.3");

  @BeforeEach
  void install() {
    a1.host().files().install("/usr/bin/nc", new OpenBsdNc());
    a2.host().files().install("/usr/bin/nc", new OpenBsdNc());
    a2.host().files().write("/etc/hosts", "172.17.0.2\ta1\n127.0.0.1\tlocalhost\n");
  }

  @Test
  void endsTheConversationWhenToldTo() {
    Process server = a1.serve("nc -lv 8097 > heard 2> said");
    assertThat(a2.run("echo hi | nc -N -v a1 8097"))
        .isEqualTo(
            new Result(0, "", "Connection to a1 (172.17.0.2) 8097 port [tcp/*] succeeded!\n"));
    assertThat(server.hasEnded()).isTrue();
    assertThat(a1.file("heard")).isEqualTo("hi\n");
    assertThat(a1.file("said"))
        .matches("Listening on 0\\.0\\.0\\.0 8097\nConnection received on 172\\.17\\.0\\.3 \\d+\n");
  }

  @Test
  void twoThatHaveNothingMoreToSayWaitForEachOther() {
    Process server = a1.serve("echo hello | nc -l 8099 > heard");
    Process client = a2.start(List.of("sh", "-c", "echo hi | nc a1 8099"), "/tmp", Stdio.NULL);
    assertThat(lan.world().loop().runUntil(client::hasEnded)).isFalse();
    assertThat(server.hasEnded()).isFalse();
    assertThat(a1.file("heard")).isEqualTo("hi\n");
  }

  @Test
  void aWaitOrAQuitTimerEndsIt() {
    a1.serve("nc -l 8099");
    assertThat(a2.run("echo hi | nc -w 2 a1 8099").status()).isZero();
    a1.serve("nc -l 8099");
    assertThat(a2.run("echo hi | nc -q 1 a1 8099").status()).isZero();
  }

  @Test
  void tellsOfEachPortThatItScans() {
    a1.serve("nc -lk 80");
    assertThat(a2.run("nc -zv 172.17.0.2 79-80"))
        .isEqualTo(
            new Result(
                0,
                "",
                """
                nc: connect to 172.17.0.2 port 79 (tcp) failed: Connection refused
                Connection to 172.17.0.2 80 port [tcp/http] succeeded!
                """));
    assertThat(a2.run("nc -z 172.17.0.2 81")).isEqualTo(new Result(1, "", ""));
    assertThat(a2.run("nc -v 172.17.0.2 81"))
        .isEqualTo(
            new Result(
                1, "", "nc: connect to 172.17.0.2 port 81 (tcp) failed: Connection refused\n"));
    assertThat(a2.run("nc -zuv a1 53")).isEqualTo(new Result(1, "", ""));
  }

  @Test
  void datagrams() {
    a1.serve("nc -luv 8097 > heard 2> said");
    assertThat(a2.run("echo hi | nc -u -w 1 a1 8097").status()).isZero();
    lan.world().loop().runUntil(lan.world().now() + TimeUnit.SECONDS.toNanos(20));
    assertThat(a1.file("heard")).isEqualTo("hi\n");
    assertThat(a1.file("said")).startsWith("Bound on 0.0.0.0 8097\nConnection received on ");
  }

  @Test
  void complainsLikeTheRealOne() {
    assertThat(a2.run("nc 172.17.0.2").err()).isEqualTo("nc: missing port number\n");
    assertThat(a2.run("nc 172.17.0.2 70000").err()).isEqualTo("nc: port number too large: 70000\n");
    assertThat(a2.run("nc 172.17.0.2 abc").err()).isEqualTo("nc: port number invalid: abc\n");
    assertThat(a2.run("nc -w x a1 80").err()).isEqualTo("nc: timeout invalid: x\n");
    assertThat(a2.run("nc -n host 80").err())
        .isEqualTo("nc: getaddrinfo for host \"host\" port 80: Name or service not known\n");
    assertThat(a2.run("nc -Q").err()).startsWith("nc: invalid option -- 'Q'\nusage: nc [-46CDd");
  }
}
