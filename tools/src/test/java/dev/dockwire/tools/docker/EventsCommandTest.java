package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code docker events} tells, in Docker's order and words. */
class EventsCommandTest {

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

  /** What has happened so far, as {@code type action}. */
  private List<String> actions(String... options) {
    String[] line = {"events", "--until", "0s", "--format", "{{.Type}} {{.Action}}"};
    List<String> whole = new ArrayList<>(List.of(line));
    whole.addAll(List.of(options));
    DockerHostFixture.Result result = host.docker(whole.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    return result.out().lines().toList();
  }

  @Test
  void aRunThatIsStoppedAndRemoved() {
    out("run -d --name a1 alpine sleep 100");
    out("stop -t 1 a1");
    out("rm a1");
    assertThat(actions())
        .containsExactly(
            "container create",
            "network connect",
            "container start",
            "container kill",
            "container kill",
            "network disconnect",
            "container stop",
            "container die",
            "container destroy");
  }

  @Test
  void aRestartIsAStopAndAStart() {
    out("run -d --name a1 alpine sleep 100");
    int before = actions().size();
    out("restart -t 0 a1");
    assertThat(actions().stream().skip(before).distinct())
        .containsExactly(
            "container kill",
            "network disconnect",
            "container stop",
            "container die",
            "network connect",
            "container start",
            "container restart");
  }

  @Test
  void aForegroundRunAttachesBeforeItStarts() {
    out("run --rm alpine true");
    assertThat(actions())
        .containsExactly(
            "container create",
            "container attach",
            "network connect",
            "container start",
            "network disconnect",
            "container die",
            "container destroy");
  }

  @Test
  void execsSayWhatTheyRunAndHowItEnded() {
    out("run -d --name a1 alpine sleep 100");
    assertThat(host.docker("exec", "a1", "sh", "-c", "exit 3").status()).isEqualTo(3);
    assertThat(actions("--filter", "event=exec_create"))
        .containsExactly("container exec_create: sh -c exit 3");
    assertThat(out("events --until 0s -f event=exec_die"))
        .matches(".* container exec_die [0-9a-f]{64} \\(execID=[0-9a-f]{64}, exitCode=3, .*\n");
  }

  @Test
  void theLineIsDockers() {
    String id = out("create --name a1 -l tier=web alpine").strip();
    assertThat(out("events --until 0s"))
        .matches(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{9}Z container create "
                + id
                + " \\(image=alpine, name=a1, tier=web\\)\n");
  }

  @Test
  void jsonHasTheOldFieldsOfContainersOnly() {
    String id = out("create --name a1 alpine").strip();
    String network = out("network create n1").strip();
    List<String> lines = out("events --until 0s --format json").lines().toList();
    assertThat(lines.getFirst())
        .startsWith(
            """
            {"status":"create","id":"%1$s","from":"alpine","Type":"container","Action":"create",\
            "Actor":{"ID":"%1$s","Attributes":{"image":"alpine","name":"a1"}},"scope":"local",\
            """
                .formatted(id));
    assertThat(lines.getLast())
        .startsWith(
            """
            {"Type":"network","Action":"create","Actor":{"ID":"%s","Attributes":{"name":"n1",\
            "type":"bridge"}},"scope":"local",\
            """
                .formatted(network));
  }

  @Test
  void filtersLeaveOutTheRest() {
    out("create --name a1 alpine");
    out("create --name b1 -l tier=web busybox");
    out("network create n1");
    assertThat(actions("-f", "container=a1")).containsExactly("container create");
    assertThat(actions("-f", "type=network")).containsExactly("network create");
    assertThat(actions("-f", "image=busybox")).containsExactly("container create");
    assertThat(actions("-f", "label=tier=web")).containsExactly("container create");
    assertThat(host.docker("events", "-f", "foo=1").err())
        .isEqualTo("Error response from daemon: invalid filter 'foo'\n");
  }

  @Test
  void withoutATimeOnlyWhatHappensFromNowOnIsShown() {
    out("create --name a1 alpine");
    Process events = host.start("events");
    host.pass(5);
    assertThat(events.hasEnded()).isFalse();
    // As the only process of its machine it is the first one, which does not hear of less.
    events.signal(Signal.KILL);
    host.pass(1);
    assertThat(events.hasEnded()).isTrue();
  }

  @Test
  void sinceLeavesOutTheOlderAndUntilWaits() {
    out("create --name a1 alpine");
    host.pass(10);
    out("create --name b1 alpine");
    long before = host.engine().world().now();
    assertThat(out("events --since 5s --until -2s --format {{.Actor.Attributes.name}}"))
        .isEqualTo("b1\n");
    assertThat(host.engine().world().now() - before).isEqualTo(2_000_000_000L);
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    assertThat(host.docker("events", "--since", "yesterday").err())
        .isEqualTo("failed to parse value as time or duration: \"yesterday\"\n");
  }
}
