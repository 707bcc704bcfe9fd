package dev.dockwire.program.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.SystemCallException;
import dev.dockwire.program.TestHost;
import dev.dockwire.program.TestLan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What scripts run against that take too much, or take from others. */
class ShellLimitsTest {

  private final TestHost host = new TestLan().host("a1", "172.17.0.2");

  @Test
  void aVariableThatDoublesForEverEndsTheShell() {
    TestHost.Result result = host.run("x=12345678; while :; do x=$x$x; done; echo no");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("sh: out of memory\n");
  }

  @Test
  void soDoArgumentsAndSubstitutions() {
    assertThat(host.run("set 1; while :; do set -- \"$@\" \"$@\"; done").err())
        .isEqualTo("sh: out of memory\n");
    assertThat(host.run("x=$(while :; do echo 12345678901234567890123456789012345; done)").err())
        .isEqualTo("sh: out of memory\n");
  }

  @Test
  void aFullDiskIsTheBuiltinsTroubleOnly() {
    host.run(": > f");
    for (int size = 1 << 24; size > 0; size /= 2) {
      fill(size);
    }
    assertThat(host.run("echo full > f; echo $?"))
        .isEqualTo(new TestHost.Result(0, "1\n", "sh: write error: No space left on device\n"));
  }

  private void fill(int size) {
    try {
      host.host().files().write("/fill", new byte[size], true);
    } catch (SystemCallException full) {
      // Half as much may still fit.
    }
  }

  @Test
  void theFirstProcessCannotBeKilledFromInside() {
    assertThat(host.run("kill -9 1; /bin/kill -9 1; sh -c 'kill -KILL 1'; echo $$ $?").out())
        .isEqualTo("1 0\n");
  }

  @Test
  void whatAKilledShellWasReadingFromEnds() {
    TestHost.Result result =
        host.run(
            "ps | wc -l; sh -c 'x=$(sleep 2; while :; do echo 1234567; done); :' & sleep 1; kill"
                + " $!; sleep 4; ps | wc -l");
    String[] counts = result.out().strip().split("\\s+");
    assertThat(counts).hasSize(2);
    assertThat(counts[1]).isEqualTo(counts[0]);
  }

  @Test
  @Timeout(60)
  void aSeriesWithoutEndLeavesOthersTheirTurn() {
    TestHost.Result result = host.run("seq 1 0 2 > /dev/null & sleep 1; kill $!; wait $!; echo $?");
    assertThat(result.out()).isEqualTo("143\n");
  }

  @Test
  @Timeout(60)
  void soDoesASearchWithoutEnd() {
    String line = "a".repeat(100);
    TestHost.Result result =
        host.run("echo " + line + " | grep -E '(a+)+\\1b' & sleep 0.1; kill $!; wait $!; echo $?");
    assertThat(result.out()).isEqualTo("143\n");
  }
}
