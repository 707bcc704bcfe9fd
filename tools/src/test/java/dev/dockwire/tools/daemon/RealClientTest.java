package dev.dockwire.tools.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.tools.daemon.RealClient.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          save alpine -o FOLDER/x    | none can be saved or loaded
          load -i FOLDER/context/Dockerfile | none can be saved or loaded
          import FOLDER/context/Dockerfile  | none can be imported
          tag alpine x               | none gets another name
          push alpine                | no registry to push to
          build FOLDER/context       | none can be built
          commit a1 x                | none can be made of a container
          export -o FOLDER/x a1      | docker cp copies their files
          volume create v            | Dockwire has no volumes
          volume rm v                | get v: no such volume
          volume inspect v           | get v: no such volume
          image rm alpine            | image alpine is built in
          image rm nosuch            | No such image: nosuch:latest
          history nosuch             | No such image: nosuch:latest
          swarm init                 | Dockwire has no swarm mode
          swarm leave                | This node is not part of a swarm
          node ls                    | This node is not a swarm manager
          service ls                 | This node is not a swarm manager
          secret ls                  | This node is not a swarm manager
          plugin install x           | Dockwire has no plugins
          plugin rm x                | plugin "x" not found
          """)
  void whatIsNotThereIsRefusedInOneLine(String command, String message) throws Exception {
    Path context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("Dockerfile"), "FROM alpine\n");
    docker("create", "--name", "a1", "alpine");
    Result result = docker(command.strip().replace("FOLDER", folder.toString()).split(" "));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().lines().filter(line -> line.startsWith("Error")))
        .singleElement()
        .matches(
            line -> isRefusal(line, message), "the daemon's or, for what is not found, its own");
  }

  /** The client of 20.10 has words of its own for what is not found. */
  private static boolean isRefusal(String line, String message) {
    return line.startsWith("Error response from daemon: ") && line.contains(message)
        || line.matches("Error: No such (volume|image|plugin): [a-z]+")
            && message.matches(".*([Nn]o such|not found).*");
  }

  @Test
  void listsOfWhatIsNotThereAreEmptyAndThereIsNothingToPrune() throws Exception {
    assertThat(docker("volume", "ls")).isEqualTo(new Result("DRIVER    VOLUME NAME\n", "", 0));
    assertThat(docker("plugin", "ls").out()).hasLineCount(1);
    for (String kind : List.of("volume", "image", "container", "builder", "system")) {
      assertThat(docker(kind, "prune", "-f").out())
          .isEqualToIgnoringNewLines("Total reclaimed space: 0B");
    }
  }

  @Test
  void whatIsThereIsToldOfImagesAndTheirUse() throws Exception {
    docker("run", "-d", "--name", "a1", "alpine", "sleep", "100");
    assertThat(docker("system", "df").out()).containsPattern("Images +8 +1 ");
    assertThat(docker("history", "--format", "{{.CreatedBy}}", "alpine").out())
        .isEqualTo("CMD [\"/bin/sh\"]\n");
    assertThat(docker("search", "--format", "{{.Name}} {{.IsOfficial}}", "alp").out())
        .isEqualTo("alpine [OK]\n");
    assertThat(
            docker("search", "--filter", "is-official=false", "--format", "{{.Name}}", "s").out())
        .isEqualTo("nicolaka/netshoot\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v=vol:/x", "-v=/x", "-v=/tmp:/x", "--mount=type=volume,src=v,dst=/x"})
  void whatIsMountedIsMissingAndThatIsSaid(String mount) throws Exception {
    assertThat(docker("run", "--rm", mount, "alpine", "true"))
        .isEqualTo(new Result("", "WARNING: Dockwire has no volumes: nothing is mounted\n", 0));
  }

  private Result docker(String... arguments) throws IOException, InterruptedException {
    return client.docker(arguments);
  }

  private Result dockerFed(String input, String... arguments)
      throws IOException, InterruptedException {
    return client.dockerFed(input, arguments);
  }
}
