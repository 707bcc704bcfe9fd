package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Times of logs, filters of prune, lists of images, versions, streams to attach. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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

  @Test
  void timesTooLateOrTooEarlyToBeCountedStillCompare() {
    out("run", "-d", "--name", "a1", "alpine", "echo", "one");
    host.pass(1);
    assertThat(words("logs --until 9999999999 a1")).isEqualTo("one\n");
    assertThat(words("logs --until 9999-12-31T23:59:59.5 a1")).isEqualTo("one\n");
    assertThat(words("logs --until -9999999h a1")).isEqualTo("one\n");
    assertThat(words("logs --since 9999999h a1")).isEqualTo("one\n");
    assertThat(words("logs --since 9999999999 a1")).isEmpty();
    long before = host.now();
    assertThat(words("events --until 1000-01-01")).isEmpty();
    assertThat(host.now()).isEqualTo(before);
  }

  @Test
  void aGraceTooLongToBeCountedIsNotOver() {
    words("run -d --name a1 alpine sleep 5");
    words("stop -t 99999999999 a1");
    assertThat(words("inspect -f {{.State.ExitCode}} a1")).isEqualTo("0\n");
  }

  @Test
  void aReferenceMayHaveWhatAnExpressionWouldTakeForItsOwn() {
    assertThat(words("images -q \\E(*")).isEmpty();
  }

  @Test
  void volumesAreLeftOutWithAWarning() {
    DockerHostFixture.Result result =
        host.docker("create", "-v", "/a:/b", "--mount", "type=tmpfs,target=/c", "alpine");
    assertThat(result.err()).isEqualTo("WARNING: Dockwire has no volumes: nothing is mounted\n");
    assertThat(result.status()).isZero();
  }

  @Test
  void goCallsSomeFieldsOtherwiseThanJson() {
    assertThat(words("version -f {{.Server.APIVersion}}/{{.Client.APIVersion}}"))
        .isEqualTo("1.50/1.50\n");
    assertThat(words("version -f json")).contains("\"ApiVersion\":\"1.50\"");
    assertThat(words("info -f {{.CPUCfsPeriod}}")).isEqualTo("true\n");
    words("create --name a1 -p 81:80 alpine");
    String bindings = "{{range .HostConfig.PortBindings}}{{(index . 0).%s}}{{end}}";
    assertThat(out("inspect", "-f", bindings.formatted("HostPort"), "a1")).isEqualTo("81\n");
    assertThat(out("inspect", "-f", bindings.formatted("HostIP"), "a1")).isEqualTo("\n");
    assertThat(out("inspect", "-f", bindings.formatted("HostIp"), "a1")).isEqualTo("\n");
  }

  @Test
  void aTemplateThatCannotBeParsedIsAnotherFailureThanOneThatAsksForNothing() {
    DockerHostFixture.Result unparsed = host.docker("version", "-f", "{{.Server");
    assertThat(unparsed.status()).isEqualTo(64);
    assertThat(unparsed.err()).startsWith("template parsing error: template: :1: ");
    DockerHostFixture.Result absent = host.docker("version", "-f", "{{.Server.Nothing}}");
    assertThat(absent.status()).isEqualTo(1);
    assertThat(absent.err()).startsWith("template: :1:9: executing \"\" at <.Server.Nothing>: ");
  }
}
