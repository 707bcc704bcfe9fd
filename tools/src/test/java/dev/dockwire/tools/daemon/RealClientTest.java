package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The real docker client, of version 28, drives the daemon in real time; skipped without one. */
class RealClientTest {

  private record Result(String out, String err, int status) {}

  @TempDir Path folder;

  private final DaemonCommand daemon = new DaemonCommand();
  private Thread thread;
  private Path socket;

  @BeforeEach
  void startDaemon() throws Exception {
    boolean present =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "docker")));
    assumeTrue(present, "no docker client on the PATH: the daemon is not tried with it");
    socket = folder.resolve("d.sock");
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(daemon).setOut(new PrintWriter(said));
    thread = Thread.ofPlatform().start(() -> line.execute("--socket", socket.toString()));
    while (!said.toString().contains("listening") && thread.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(thread.isAlive()).isTrue();
  }

  @AfterEach
  void endDaemon() throws Exception {
    if (thread != null) {
      daemon.end();
      thread.join();
      assertThat(socket).doesNotExist();
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
            .execute("--socket", socket.toString());
    assertThat(status).isEqualTo(2);
    assertThat(said.toString()).contains("another daemon listens there");
    assertThat(Files.getPosixFilePermissions(socket))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(docker("version", "--format", "{{.Server.APIVersion}}").out()).isEqualTo("1.50\n");
  }

  private Result docker(String... arguments) throws IOException, InterruptedException {
    return dockerFed("", arguments);
  }

  private Result dockerFed(String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(arguments));
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("DOCKER_HOST", "unix://" + socket);
    builder.environment().put("DOCKER_CONFIG", folder.toString());
    builder.redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
    int status = builder.start().waitFor();
    return new Result(
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8),
        status);
  }
}
