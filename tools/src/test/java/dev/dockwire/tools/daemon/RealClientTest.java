package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.tools.daemon.RealClient.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The real docker client, of version 28, drives the daemon in real time; skipped without one. */
class RealClientTest {

  @TempDir Path folder;

  private RealClient client;

  @BeforeEach
  void startDaemon() {
    client = new RealClient(folder);
  }

  @AfterEach
  void endDaemon() throws InterruptedException {
    if (client != null) {
      client.end();
    }
  }

  @Test
  void containersOfOneNetworkPingEachOther() throws Exception {
    assertThat(docker("network", "create", "n1").status()).isZero();
    assertThat(docker("run", "-d", "--name", "a1", "--net", "n1", "alpine", "sleep", "100").out())
        .matches("[0-9a-f]{64}\n");
    docker("run", "-d", "--name", "a2", "--net", "n1", "alpine", "sleep", "100");

    assertThat(docker("exec", "a2", "ping", "-c1", "a1").out())
        .contains("1 packets transmitted, 1 packets received, 0% packet loss");
    assertThat(docker("ps", "--format", "{{.Names}} {{.Image}} {{.State}}").out())
        .isEqualTo("a2 alpine running\na1 alpine running\n");
    assertThat(docker("network", "rm", "n1").err()).contains("has active endpoints");

    assertThat(docker("rm", "-f", "a1", "a2").out()).isEqualTo("a1\na2\n");
    assertThat(docker("network", "rm", "n1").out()).isEqualTo("n1\n");
  }

  @Test
  void aForegroundRunHasItsOutputsItsInputAndItsStatus() throws Exception {
    Result result = docker("run", "--rm", "alpine", "sh", "-c", "echo a; echo b >&2; exit 3");
    assertThat(result).isEqualTo(new Result("a\n", "b\n", 3));
    assertThat(dockerFed("typed\n", "run", "-i", "--rm", "alpine", "cat").out())
        .isEqualTo("typed\n");
    assertThat(docker("ps", "-aq").out()).isEmpty();
  }

  @Test
  void logsKeepTheStreamsApart() throws Exception {
    docker("run", "--name", "l1", "alpine", "sh", "-c", "echo one; echo two >&2");
    assertThat(docker("logs", "l1")).isEqualTo(new Result("one\n", "two\n", 0));
  }

  @Test
  void anUnknownImageCannotBePulledAndTheClientIsToldWhichThereAre() throws Exception {
    Result result = docker("run", "-d", "nosuch");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("pull access denied for nosuch").contains("alpine, busybox");
  }

  @Test
  void aProgramThatIsNotThereEndsAnExecWith127() throws Exception {
    docker("run", "-d", "--name", "a1", "alpine", "sleep", "100");
    assertThat(docker("exec", "a1", "nosuch").status()).isEqualTo(127);
    assertThat(docker("inspect", "nosuch").err()).isEqualTo("Error: No such object: nosuch\n");
    assertThat(docker("stop", "-t", "0", "a1").out()).isEqualTo("a1\n");
    assertThat(docker("wait", "a1").out()).isEqualTo("137\n");
  }

  @Test
  void aSecondDaemonIsRefusedAndTheSocketIsItsOwnersAlone() throws Exception {
    StringWriter said = new StringWriter();
    int status =
        new CommandLine(new DaemonCommand())
            .setErr(new PrintWriter(said))
            .execute("--socket", client.socket().toString());
    assertThat(status).isEqualTo(2);
    assertThat(said.toString()).contains("another daemon listens there");
    assertThat(Files.getPosixFilePermissions(client.socket()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(docker("version", "--format", "{{.Server.APIVersion}}").out()).isEqualTo("1.50\n");
  }

  @Test
  void filesAreCopiedBothWaysAndTooLargeOnesAreRefused() throws Exception {
    docker("run", "-d", "--name", "a1", "alpine", "sleep", "100");
    Files.createDirectories(folder.resolve("d/e"));
    Files.writeString(folder.resolve("d/e/f"), "hello\n");
    assertThat(docker("cp", folder.resolve("d").toString(), "a1:/root").status()).isZero();
    assertThat(docker("exec", "a1", "cat", "/root/d/e/f").out()).isEqualTo("hello\n");
    assertThat(docker("diff", "a1").out())
        .isEqualTo("C /root\nA /root/d\nA /root/d/e\nA /root/d/e/f\n");

    docker("cp", "a1:/root/d/e", folder.resolve("back").toString());
    assertThat(folder.resolve("back/f")).hasContent("hello\n");
    assertThat(docker("cp", "a1:/nosuch", folder.toString()).err()).contains("/nosuch");

    Path large = Files.write(folder.resolve("large"), new byte[17 * 1024 * 1024]);
    assertThat(docker("cp", large.toString(), "a1:/tmp").err())
        .contains("Error response from daemon: http: request body too large");
  }

  @Test
  void statsCountProcessesAndOctetsAndDoNotInventTheRest() throws Exception {
    docker("run", "-d", "--name", "a1", "alpine", "sleep", "100");
    docker("exec", "a1", "ping", "-c1", "-s1000", "172.17.0.1");
    String format = "{{.Name}} {{.CPUPerc}} {{.NetIO}} {{.PIDs}}";
    assertThat(docker("stats", "--no-stream", "--format", format).out())
        .matches("a1 0.00% 1.\\d+kB / 1.\\d+kB 1\n");
  }

  @Test
  void theRestartPolicyIsAllThatCanBeUpdated() throws Exception {
    docker("run", "-d", "--name", "a1", "alpine", "sleep", "100");
    docker("update", "--restart", "on-failure:3", "a1");
    assertThat(docker("inspect", "-f", "{{.HostConfig.RestartPolicy}}", "a1").out())
        .isEqualTo("{on-failure 3}\n");
    assertThat(docker("update", "--memory", "100m", "a1").out()).contains("nothing is changed");
    assertThat(docker("rmi", "alpine").err()).contains("image alpine is built in");
  }

  private Result docker(String... arguments) throws IOException, InterruptedException {
    return client.docker(arguments);
  }

  private Result dockerFed(String input, String... arguments)
      throws IOException, InterruptedException {
    return client.dockerFed(input, arguments);
  }
}
