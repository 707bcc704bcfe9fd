package dev.dockwire.program.nc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.Process;
import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestHost.Result;
import dev.dockwire.program.TestLan;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two containers with BusyBox's nc. */
class BusyBoxNcTest {

  private final TestLan lan = new TestLan();
  private final TestHost a1 = lan.host("a1", "172.17.0.2");
  private final TestHost a2 = lan.host("a2", "172.17.0.3");

  @Test
  void eachSideHearsTheOtherAndBothEndWhenBothHaveSaidAll() {
    Process server = a1.serve("echo no | nc -v -l -p 1234 > heard 2> said");
    assertThat(a2.run("echo Yes | nc -v 172.17.0.2 1234"))
        .isEqualTo(new Result(0, "no\n", "172.17.0.2 (172.17.0.2:1234) open\n"));
    assertThat(lan.world().loop().runUntil(server::hasEnded)).isTrue();
    assertThat(server.exitStatus()).isZero();
    assertThat(a1.file("heard")).isEqualTo("Yes\n");
    assertThat(a1.file("said"))
        .matches(
            "listening on 0\\.0\\.0\\.0:1234 \\.\\.\\.\n"
                + "connect to 172\\.17\\.0\\.2:1234 from 172\\.17\\.0\\.3:\\d+"
                + " \\(172\\.17\\.0\\.3:\\d+\\)\n");
  }

  @Test
  void theAnswerMayComeAfterTheEndOfTheQuestion() {
    a1.serve("nc -l -p 7 -e sh -c 'sort=$(cat); sleep 3; echo \"got $sort\"'");
    assertThat(a2.run("echo ping | nc 172.17.0.2 7")).isEqualTo(new Result(0, "got ping\n", ""));
    assertThat(lan.world().now()).isGreaterThan(TimeUnit.SECONDS.toNanos(3));
  }

  @Test
  void muchGoesBothWaysAtOnce() {
    String much = "seq 1 60000";
    a1.serve(much + " | nc -l -p 9 | wc > heard");
    assertThat(a2.run(much + " | nc 172.17.0.2 9 | wc").out().strip().split("\\s+"))
        .containsExactly("60000", "60000", "348894");
    lan.world().loop().runUntil(lan.world().now() + TimeUnit.SECONDS.toNanos(5));
    assertThat(a1.file("heard").strip().split("\\s+")).containsExactly("60000", "60000", "348894");
  }

  @Test
  void aPersistentServerTakesOneAfterTheOther() {
    a1.serve("nc -lk -p 13 -e echo hello");
    for (int i = 0; i < 3; i++) {
      assertThat(a2.run("nc 172.17.0.2 13 < /dev/null")).isEqualTo(new Result(0, "hello\n", ""));
    }
  }

  @Test
  void aRefusalIsOnlySpokenOfWhenAskedTwice() {
    assertThat(a2.run("nc 172.17.0.2 81")).isEqualTo(new Result(1, "", ""));
    assertThat(a2.run("nc -v 172.17.0.2 81")).isEqualTo(new Result(1, "", ""));
    assertThat(a2.run("nc -vv 172.17.0.2 81"))
        .isEqualTo(
            new Result(
                1, "", "nc: 172.17.0.2 (172.17.0.2:81): Connection refused\nsent 0, rcvd 0\n"));
    assertThat(a2.run("nc -v -w 2 172.17.0.9 81"))
        .isEqualTo(new Result(1, "", "nc: 172.17.0.9 (172.17.0.9:81): Operation timed out\n"));
    assertThat(a2.run("nc -v 10.9.9.9 81").err()).contains("Network unreachable");
  }

  @Test
  void scansWithoutSayingAnything() {
    a1.serve("nc -lk -p 80 -e cat");
    assertThat(a2.run("nc -vz 172.17.0.2 80; nc -z 172.17.0.2 81; echo $?"))
        .isEqualTo(new Result(0, "1\n", "172.17.0.2 (172.17.0.2:80) open\n"));
  }

  @Test
  void datagramsGoBothWaysAndAWaitEndsIt() {
    a1.serve("echo pong | nc -u -l -p 53 > heard");
    assertThat(a2.run("echo ping | nc -u -w 1 172.17.0.2 53"))
        .isEqualTo(new Result(0, "pong\n", ""));
    assertThat(a1.file("heard")).isEqualTo("ping\n");
    assertThat(a2.run("nc -uzv 172.17.0.2 54").err()).isEmpty();
    assertThat(a2.run("nc -uzvv 172.17.0.2 54").err())
        .startsWith("nc: 172.17.0.2 (172.17.0.2:54): Connection refused\n");
  }

  @Test
  void aTakenPortAndAnUnknownName() {
    a1.serve("nc -l -p 80");
    assertThat(a1.run("nc -l -p 80").err()).isEqualTo("nc: bind: Address already in use\n");
    assertThat(a1.run("nc -n nobody 80").err()).isEqualTo("nc: bad address 'nobody'\n");
    assertThat(a1.run("nc").err()).contains("Usage: nc [OPTIONS] HOST PORT  - connect");
  }
}
