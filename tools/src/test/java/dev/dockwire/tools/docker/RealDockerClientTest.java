package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Command lines that the docker client refuses by itself, without an engine: ours must say the
 * same, byte for byte, with the same status. Needs a docker client of version 28; skipped without.
 */
class RealDockerClientTest {

  @TempDir Path scratch;

  @BeforeEach
  void needsDockerClient28() throws Exception {
    boolean present =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker")));
    assumeTrue(present, "no docker client on the PATH: its grammar is not compared");
    assumeTrue(
        real("--version").out().startsWith("Docker version 28."),
        "the docker client on the PATH is not version 28: its grammar is not compared");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch",
        "container nosuch",
        "run",
        "run --foo",
        "run --name",
        "run -z alpine",
        "run -iz alpine",
        "run -e",
        "ps -z",
        "ps --nosuch=3",
        "ps a b",
        "ps --all=maybe",
        "container ls a",
        "exec a1",
        "exec",
        "exec -x a1 sh",
        "attach",
        "attach a b",
        "rm",
        "rm --what",
        "stop",
        "stop -t x a1",
        "stop -t",
        "stop --timeout=1.5 a1",
        "start",
        "start --nope a1",
        "container run",
        "container stop -q x",
        "create",
        "create -z alpine",
        "create --env-file nofile alpine",
        "create --restart on-failure:x alpine",
        "create --restart :3 alpine",
        "create --restart always --rm alpine",
        "create Alpine",
        "container create --env-file nofile alpine",
        "run --env-file nofile alpine",
        "run --add-host x alpine",
        "run --add-host x:y alpine",
        "run --dns abc alpine",
        "run --dns-search a_b alpine",
        "run -l =x alpine",
        "run -e =x alpine",
        "run -w",
        "run --entrypoint alpine",
        "run --stop-timeout x alpine",
        "run --sig-proxy=maybe alpine",
        "run --restart always --rm alpine",
        "run Alpine",
        "run al:p:ine",
        "exec -w",
        "exec --env-file nofile a b",
        "kill",
        "kill -s",
        "container kill",
        "restart",
        "restart -t x a1",
        "rename",
        "rename a1",
        "rename a b c",
        "pause",
        "unpause -x a",
        "wait",
        "wait --x a",
        "logs",
        "logs a b",
        "logs -n",
        "logs --follow=often a",
        "top",
        "port",
        "port a b c",
        "container prune a",
        "container prune -z",
        "images a b",
        "image ls a b",
        "image nosuch",
        "pull",
        "pull a b",
        "pull Alpine",
        "pull a@b",
        "rm --link /",
        "inspect",
        "inspect --nope x",
        "inspect --type",
        "inspect --type foo x",
        "inspect -f {{ x",
        "network inspect",
        "network inspect -z n1",
        "container inspect",
        "image inspect",
        "ps -f foo",
        "ps --filter",
        "ps -n x",
        "ps --format {{",
        "network ls --filter a",
        "network ls x",
        "network prune x",
        "events x",
        "version x",
        "info x",
        "run -a foo alpine",
        "run -d -a stdout alpine",
        "images -f foo",
        "events -f foo",
        "events --since",
        "cp",
        "cp a",
        "cp a b",
        "cp a:x b:y",
        "cp - /x",
        "logs --since",
        "help nosuch",
        "system nosuch",
      })
  void saysTheSame(String line) throws Exception {
    DockerHostFixture.Result real = real(line.split(" "));
    try (DockerHostFixture host = new DockerHostFixture()) {
      assertThat(host.docker(line.split(" "))).isEqualTo(real);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attach",
        "exec",
        "rm",
        "start",
        "stop",
        "run",
        "ps",
        "container ls",
        "create",
        "container create",
        "kill",
        "restart",
        "rename",
        "pause",
        "unpause",
        "wait",
        "logs",
        "top",
        "port",
        "container prune",
        "images",
        "image ls",
        "pull",
        "image pull",
        "inspect",
        "container inspect",
        "image inspect",
        "network inspect",
        "network ls",
        "events",
        "system events",
        "cp",
        "version",
        "info",
        "system info",
        "network prune",
      })
  void helpBeginsTheSameAndHasNoOptionThatDockerHasNot(String command) throws Exception {
    String[] line = (command + " --help").split(" ");
    List<String> real = real(line).out().lines().toList();
    try (DockerHostFixture host = new DockerHostFixture()) {
      List<String> ours = host.docker(line).out().lines().toList();
      if (!real.contains("Options:")) {
        assertThat(ours).isEqualTo(real);
        return;
      }
      int options = ours.indexOf("Options:");
      assertThat(ours.subList(0, options)).isEqualTo(real.subList(0, options));
      for (String option : ours.subList(options + 1, ours.size())) {
        String words = option.strip().replaceAll("\\s{2,}.*", "");
        if (words.startsWith("-")) {
          assertThat(real).anyMatch(other -> other.strip().startsWith(words));
        }
      }
    }
  }

  private DockerHostFixture.Result real(String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(arguments));
    Path out = scratch.resolve("out");
    Path err = scratch.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("DOCKER_HOST", "unix://" + scratch.resolve("no.sock"));
    builder.environment().put("DOCKER_CONFIG", scratch.toString());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int status = builder.start().waitFor();
    return new DockerHostFixture.Result(
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8),
        status);
  }
}
