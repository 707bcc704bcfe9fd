package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.Container;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the commands print while containers come and go. */
class LifecycleCommandsTest {

  private final DockerHostFixture host = new DockerHostFixture();

  @AfterEach
  void close() {
    host.close();
  }

  private String out(String line) {
    DockerHostFixture.Result result = host.docker(line.split(" "));
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    return result.out();
  }

  private void refuses(String line, int status, String message) {
    DockerHostFixture.Result result = host.docker(line.split(" "));
    assertThat(result.err()).isEqualTo(message);
    assertThat(result.status()).isEqualTo(status);
  }

  private String idOf(String name) {
    return host.engine().container(name).id();
  }

  private String statusOf(String name) {
    String row =
        out("ps -a").lines().filter(line -> line.endsWith(" " + name)).findFirst().orElse("");
    return row.replaceFirst(".*ago {3,}((Up|Created|Exited|Restarting).*?) {3,}.*", "$1");
  }

  @Test
  void createPrintsTheIdAndStartsNothing() {
    assertThat(out("create --name a1 alpine")).matches("[0-9a-f]{64}\n");
    assertThat(statusOf("a1")).isEqualTo("Created");
    assertThat(out("wait a1")).isEqualTo("0\n");
    refuses(
        "create nosuch",
        1,
        """
        Unable to find image 'nosuch:latest' locally
        Error response from daemon: pull access denied for nosuch, repository does not exist or \
        may require 'docker login': denied: requested access to the resource is denied
        Images are emulated here; there are: alpine, busybox, centos, mysql, httpd, nginx, curl, \
        nicolaka/netshoot
        """);
  }

  @Test
  void killAndWait() {
    out("run -d --name a1 alpine sleep 100");
    assertThat(out("kill a1")).isEqualTo("a1\n");
    assertThat(out("wait a1")).isEqualTo("137\n");
    refuses(
        "kill a1",
        1,
        "Error response from daemon: cannot kill container: a1: container "
            + idOf("a1")
            + " is not running\n");
    refuses("kill -s FOO a1", 1, "Error response from daemon: invalid signal: FOO\n");
    out("run -d --name a3 alpine sleep 3");
    assertThat(out("wait a3")).isEqualTo("0\n");
  }

  @Test
  void pauseShowsInPs() {
    out("run -d --name a1 alpine sleep 100");
    host.pass(3);
    assertThat(out("pause a1")).isEqualTo("a1\n");
    assertThat(statusOf("a1")).isEqualTo("Up 3 seconds (Paused)");
    assertThat(out("ps -q")).isNotEmpty();
    refuses("attach a1", 1, "You cannot attach to a paused container, unpause it first\n");
    assertThat(out("container unpause a1")).isEqualTo("a1\n");
    refuses(
        "unpause a1",
        1,
        "Error response from daemon: Container " + idOf("a1") + " is not paused\n");
  }

  @Test
  void restartingShowsInPs() {
    out("run -d --name a1 --restart always alpine sleep 1");
    host.pass(1);
    for (int i = 0; i < 100 && !statusOf("a1").startsWith("Restarting"); i++) {
      host.docker("wait", "a1");
    }
    assertThat(statusOf("a1")).isEqualTo("Restarting (0) Less than a second ago");
    assertThat(out("ps -q")).isNotEmpty();
    refuses(
        "attach a1", 1, "You cannot attach to a restarting container, wait until it is running\n");
    assertThat(out("stop a1")).isEqualTo("a1\n");
    assertThat(statusOf("a1")).startsWith("Exited (0)");
  }

  /** The connection to a server that stands still keeps the container's wires for a moment. */
  @Test
  void whatHasJustEndedIsStartedAgainAttachedOrNot() {
    out("run -d --name web nginx");
    host.docker(
        "run",
        "-d",
        "--name",
        "a1",
        "alpine",
        "sh",
        "-c",
        "echo begun; sleep 20 | nc 172.17.0.2 80 & sleep 9; exit 0");
    host.pass(1);
    out("pause web");
    out("kill a1");
    Container container = host.engine().container("a1");
    assertThat(container.isRunning()).isTrue();
    assertThat(container.host().orElseThrow().processes().list()).isEmpty();
    assertThat(out("start -a a1")).isEqualTo("begun\n");
    assertThat(container.exits()).isEqualTo(2);
  }

  @Test
  void anAttachedRunEndsWithTheFirstExit() {
    DockerHostFixture.Result result =
        host.docker("run", "--restart", "always", "--name", "a1", "alpine", "sh", "-c", "exit 4");
    assertThat(result.status()).isEqualTo(4);
    out("rm -f a1");
  }

  @Test
  void rmRemovesWhenTheProgramEnds() {
    assertThat(out("run --rm alpine echo hello")).isEqualTo("hello\n");
    assertThat(out("ps -aq")).isEmpty();
  }

  @Test
  void restartTakesTheTimeItIsGiven() {
    out("run -d --name a1 alpine sleep 1000");
    host.pass(100);
    assertThat(out("restart -t 1 a1")).isEqualTo("a1\n");
    assertThat(statusOf("a1")).isEqualTo("Up Less than a second");
    refuses("restart a2", 1, "Error response from daemon: No such container: a2\n");
  }

  @Test
  void renameSaysWhatItCouldNotRename() {
    out("create --name a1 alpine");
    out("create --name a2 alpine");
    assertThat(out("rename a1 a3")).isEmpty();
    refuses(
        "rename a3 a2",
        1,
        "Error response from daemon: Error when allocating new name: Conflict. The container name"
            + " \"/a2\" is already in use by container \""
            + idOf("a2")
            + "\". You have to remove (or rename) that container to be able to reuse that"
            + " name.\nError: failed to rename container named a3\n");
  }

  @Test
  void logsGoToTheStreamTheyCameFrom() {
    host.docker("run", "--name", "a1", "alpine", "sh", "-c", "echo one; echo two >&2; echo three");
    DockerHostFixture.Result logs = host.docker("logs", "a1");
    assertThat(logs.out()).isEqualTo("one\nthree\n");
    assertThat(logs.err()).isEqualTo("two\n");
    assertThat(out("logs -n 1 a1")).isEqualTo("three\n");
    assertThat(out("logs --tail 0 a1")).isEmpty();
    assertThat(out("logs -t --tail 1 a1")).matches("2026-01-01T00:00:\\d\\d\\.\\d{9}Z three\n");
  }

  @Test
  void logsFollowUntilTheEnd() {
    host.docker("run", "-d", "--name", "a1", "alpine", "sh", "-c", "echo 1; sleep 5; echo 2");
    assertThat(out("logs -f a1")).isEqualTo("1\n2\n");
  }

  @Test
  void clientsThatAreKilledWaitForNothingMore() {
    out("run -d --name a1 alpine sleep 1000");
    Container container = host.engine().container("a1");
    List<Process> clients =
        List.of(host.start("logs", "-f", "a1"), host.start("wait", "a1"), host.start("stop", "a1"));
    host.pass(1);
    assertThat(container.changed().isEmpty()).isFalse();
    assertThat(container.logs().changed().isEmpty()).isFalse();
    clients.forEach(client -> client.signal(Signal.KILL));
    host.pass(1);
    assertThat(container.changed().isEmpty()).isTrue();
    assertThat(container.logs().changed().isEmpty()).isTrue();
    host.pass(10);
    assertThat(statusOf("a1")).as("the engine goes on stopping it").startsWith("Exited (137)");
  }

  @Test
  void aTerminalsLogIsWhatItShowed() {
    host.docker("run", "-dt", "--name", "a1", "alpine", "echo", "hello");
    host.pass(1);
    assertThat(out("logs a1")).isEqualTo("hello\r\n");
  }

  @Test
  void topListsProcesses() {
    out("run -d --name a1 alpine sleep 100");
    assertThat(out("top a1"))
        .isEqualTo(
            """
            UID                 PID                 PPID                C                   \
            STIME               TTY                 TIME                CMD
            root                1                   0                   0                   \
            00:00               ?                   00:00:00            sleep 100
            """);
    assertThat(out("top a1 -o pid,args"))
        .isEqualTo("PID                 COMMAND\n1                   sleep 100\n");
    out("kill a1");
    host.pass(1);
    refuses(
        "top a1", 1, "Error response from daemon: container " + idOf("a1") + " is not running\n");
  }

  @Test
  void noPortIsPublished() {
    out("create --name a1 mysql");
    assertThat(out("port a1")).isEmpty();
    refuses("port a1 80", 1, "Error: No public port '80' published for a1\n");
  }

  @Test
  void pruneRemovesWhatDoesNotRun() {
    String first = out("create alpine").strip();
    out("run -d --name up alpine sleep 100");
    String second = out("create alpine").strip();
    assertThat(out("container prune"))
        .isEqualTo(
            "WARNING! This will remove all stopped containers.\n"
                + "Are you sure you want to continue? [y/N] ");
    assertThat(out("container prune -f"))
        .isEqualTo(
            "Deleted Containers:\n" + second + "\n" + first + "\n\nTotal reclaimed space: 0B\n");
    assertThat(out("container prune -f")).isEqualTo("Total reclaimed space: 0B\n");
    assertThat(out("ps -aq").lines()).hasSize(1);
  }

  @Test
  void imagesAreListedAndPulled() {
    assertThat(out("images"))
        .isEqualTo(
            """
            REPOSITORY          TAG       IMAGE ID       CREATED         SIZE
            httpd               latest    f0d5d1ec2b2b   5 months ago    148MB
            alpine              latest    1d34ffeaf190   5 months ago    8.31MB
            nginx               latest    2cd1d97f893f   6 months ago    192MB
            busybox             latest    6d3e4188a38a   15 months ago   4.43MB
            nicolaka/netshoot   latest    7f08c4aff13f   17 months ago   533MB
            curl                latest    93f2ebb1d5c0   2 years ago     16.6MB
            centos              latest    5d0da3dc9764   4 years ago     231MB
            mysql               latest    94753e67a0a9   7 years ago     484MB
            """);
    assertThat(out("image ls -q alpine")).isEqualTo("1d34ffeaf190\n");
    assertThat(out("pull alpine"))
        .matches(
            """
            Using default tag: latest
            latest: Pulling from library/alpine
            Digest: sha256:[0-9a-f]{64}
            Status: Image is up to date for alpine:latest
            docker.io/library/alpine:latest
            """);
    assertThat(out("image pull -q busybox:latest")).isEqualTo("docker.io/library/busybox:latest\n");
    refuses(
        "pull alpine:9",
        1,
        """
        Error response from daemon: manifest for alpine:9 not found: manifest unknown: manifest \
        unknown
        Images are emulated here; there are: alpine, busybox, centos, mysql, httpd, nginx, curl, \
        nicolaka/netshoot
        """);
  }

  @Test
  void rmLinkRemovesTheLinkOnly() {
    out("run -d --name a1 alpine sleep 100");
    out("run -d --name a2 --link a1:x alpine sleep 100");
    assertThat(out("rm --link /a2/x")).isEqualTo("/a2/x\n");
    assertThat(out("exec a2 cat /etc/hosts")).doesNotContain(" a1");
    assertThat(out("ps -q").lines()).hasSize(2);
    refuses("rm --link a2/x", 1, "Error response from daemon: No such container: a2/x\n");
  }

  @Test
  void optionsOfExecReachTheProgram() {
    out("run -d --name a1 -w /srv alpine sleep 100");
    assertThat(out("exec a1 pwd")).isEqualTo("/srv\n");
    assertThat(out("exec -w /tmp a1 pwd")).isEqualTo("/tmp\n");
    assertThat(host.docker("exec", "-w", "/nosuch", "a1", "pwd"))
        .isEqualTo(
            new DockerHostFixture.Result(
                "OCI runtime exec failed: exec failed: unable to start container process: chdir to"
                    + " cwd (\"/nosuch\") set in config.json failed: no such file or directory\n",
                "",
                127));
    host.engine().dockerHost().host().files().write("/tmp/vars", "# set\nA=1\n\nB=2\n");
    assertThat(out("exec --env-file /tmp/vars -e B=3 a1 env")).contains("A=1\nB=3\n");
    assertThat(out("exec -d a1 sleep 5")).isEmpty();
    assertThat(out("top a1 -o pid").lines()).hasSize(3);
  }

  @Test
  void optionsOfRunReachTheContainer() {
    assertThat(out("run --rm --entrypoint echo alpine a b")).isEqualTo("a b\n");
    assertThat(out("run --rm --add-host zz:1.2.3.4 --network host alpine cat /etc/hosts"))
        .isEqualTo("127.0.0.1\tlocalhost\n1.2.3.4\tzz\n");
    DockerHostFixture.Result nothing = host.docker("run", "--entrypoint", "", "alpine");
    assertThat(nothing.err())
        .startsWith("docker: Error response from daemon: no command specified\n");
    assertThat(nothing.status()).isEqualTo(125);
    out("create --name a1 -l b=2 -l a alpine");
    assertThat(host.engine().container("a1").spec().labels().toString()).isEqualTo("{a=, b=2}");
  }
}
