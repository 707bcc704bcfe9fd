package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Times of logs, filters of prune, lists of images, versions, streams to attach. */
class MoreCommandsTest {

  private final DockerHostFixture host = new DockerHostFixture();

  @AfterEach
  void close() {
    host.close();
  }

  private String out(String... line) {
    DockerHostFixture.Result result = host.docker(line);
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    return result.out();
  }

  private String words(String line) {
    return out(line.split(" "));
  }

  @Test
  void logsOfATime() {
    out("run", "-d", "--name", "a1", "alpine", "sh", "-c", "echo one; sleep 10; echo two");
    host.pass(15);
    assertThat(words("logs a1")).isEqualTo("one\ntwo\n");
    assertThat(words("logs --since 7s a1")).isEqualTo("two\n");
    assertThat(words("logs --until 7s a1")).isEqualTo("one\n");
    assertThat(words("logs --since 1970-01-01T00:00:00Z --details a1")).contains("one", "two");
  }

  @Test
  void pruneTakesOnlyWhatIsMeant() {
    words("create --name old alpine");
    words("network create -o x=y --label keep=1 n1");
    words("network create n2");
    host.pass(60);
    words("create --name young alpine");
    words("container prune -f --filter until=30s");
    assertThat(words("ps -a --format {{.Names}}")).isEqualTo("young\n");
    assertThat(words("network prune -f --filter label!=keep"))
        .isEqualTo("Deleted Networks:\nn2\n\n");
    assertThat(host.docker("network", "prune", "-f", "--filter", "foo=1").err())
        .isEqualTo("Error response from daemon: invalid filter 'foo'\n");
  }

  @Test
  void listsOfImages() {
    assertThat(words("images --format {{.Repository}}:{{.Tag}} -f reference=al*"))
        .isEqualTo("alpine:latest\n");
    assertThat(words("images -q -f dangling=true")).isEmpty();
    assertThat(words("images --digests alpine")).contains("DIGEST", " sha256:");
    assertThat(words("images -q --no-trunc alpine")).matches("sha256:[0-9a-f]{64}\n");
  }

  @Test
  void versions() {
    assertThat(words("version -f {{.Server.Version}}")).isEqualTo("28.2.2\n");
    assertThat(words("-v")).isEqualTo("Docker version 28.2.2, build dockwire\n");
    words("run -d alpine sleep 9");
    words("create alpine");
    assertThat(words("info")).contains(" Containers: 2\n  Running: 1\n  Paused: 0\n  Stopped: 1\n");
    assertThat(words("info -f {{.Containers}}/{{.Swarm.LocalNodeState}}"))
        .isEqualTo("2/inactive\n");
  }

  @Test
  void onlyTheStreamsAskedForAreAttached() {
    assertThat(out("run", "-a", "stdout", "alpine", "sh", "-c", "echo out; echo err >&2"))
        .isEqualTo("out\n");
    assertThat(host.docker("run", "-d", "-a", "stdout", "alpine").status()).isEqualTo(1);
  }

  @Test
  void inspectShowsWhatWasOverridden() {
    words("run -d --name a1 --add-host zz:1.2.3.4 --entrypoint sleep alpine 100");
    assertThat(words("inspect -f {{.HostConfig.ExtraHosts}}{{.Config.Entrypoint}} a1"))
        .isEqualTo("[zz:1.2.3.4][sleep]\n");
    assertThat(words("inspect -f {{.Config.Cmd}} a1")).isEqualTo("[100]\n");
    words("exec -d a1 sleep 5");
    assertThat(words("inspect -f {{.ExecIDs}} a1")).matches("\\[[0-9a-f]{64}\\]\n");
    host.pass(6);
    assertThat(out("inspect", "-f", "{{json .ExecIDs}}", "a1")).isEqualTo("null\n");
  }

  @Test
  void anEmptyNameIsNone() {
    out("create", "--name", "", "alpine");
    assertThat(words("ps -a --format {{.Names}}")).matches("[a-z]+_[a-z]+\n");
  }
}
