package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --format} and {@code --filter} of {@code docker ps} and {@code docker network ls}. */
class ListFormatTest {

  private final DockerHostFixture host = new DockerHostFixture();

  @BeforeEach
  void threeContainersOfWhichTwoRun() {
    host.docker("network", "create", "--label", "team=blue", "n1");
    host.docker("network", "create", "--internal", "n2");
    host.docker("run", "-itd", "--name", "a1", "alpine");
    host.docker("run", "-itd", "--name", "b1", "--net", "n1", "busybox");
    host.docker("run", "-d", "--name", "x1", "alpine", "sh", "-c", "exit 3");
    host.pass(1);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ps | b1 a1",
        "ps -a | x1 b1 a1",
        "ps -l | x1",
        "ps -n 2 | x1 b1",
        "ps -f name=1 | b1 a1",
        "ps -f name=^/a | a1",
        "ps -f name=a -f name=b | b1 a1",
        "ps -f network=n1 | b1",
        "ps -f network=bridge | a1",
        "ps -f ancestor=alpine:latest -a | x1 a1",
        "ps -f status=exited | x1",
        "ps -f status=created | ''",
        "ps -a -f exited=3 | x1",
        "ps -a -f exited=0 | ''",
        "ps -a -f before=b1 | a1",
        "ps -a -f since=b1 | x1",
        "ps -f label=x | ''",
        "network ls | bridge host n1 n2 none",
        "network ls -f driver=bridge | bridge n1 n2",
        "network ls -f driver=host -f driver=null | host none",
        "network ls -f name=n | n1 n2 none",
        "network ls -f type=custom | n1 n2",
        "network ls -f type=builtin | bridge host none",
        "network ls -f label=team | n1",
        "network ls -f label=team=red | ''",
        "network ls -f dangling=true | n2",
        "network ls -f scope=swarm | ''",
      })
  void filters(String line, String names) {
    String field = line.startsWith("ps") ? "{{.Names}}" : "{{.Name}}";
    DockerHostFixture.Result result = host.docker((line + " --format " + field).split(" "));
    assertThat(result.err()).isEmpty();
    assertThat(String.join(" ", result.out().lines().toList())).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ps -f foo=1 | foo",
        "ps -f status=sleeping | status=sleeping",
        "network ls -f foo=1 | foo",
        "network ls -f dangling=maybe | dangling=[maybe]",
      })
  void unknownFilters(String line, String named) {
    assertThat(host.docker(line.split(" ")))
        .isEqualTo(
            new DockerHostFixture.Result(
                "", "Error response from daemon: invalid filter '" + named + "'\n", 1));
  }

  @Test
  void unknownTypeOfNetwork() {
    assertThat(host.docker("network", "ls", "-f", "type=odd").err())
        .isEqualTo("Error response from daemon: invalid filter: 'type'='odd'\n");
  }

  @Test
  void tableOfATemplate() {
    assertThat(host.docker("ps", "--format", "table {{.Names}}\\t{{.Networks}}\\t{{.Image}}").out())
        .isEqualTo(
            """
            NAMES     NETWORKS   IMAGE
            b1        n1         busybox
            a1        bridge     alpine
            """);
  }

  @Test
  void jsonHasEveryFieldSortedByName() {
    assertThat(host.docker("network", "ls", "-f", "name=n2", "--format", "json").out())
        .matches(
            "\\{\"CreatedAt\":\"[^\"]+ \\+0000 UTC\",\"Driver\":\"bridge\",\"ID\":\"[0-9a-f]{12}\","
                + "\"IPv4\":\"true\",\"IPv6\":\"false\",\"Internal\":\"true\",\"Labels\":\"\","
                + "\"Name\":\"n2\",\"Scope\":\"local\"\\}\n");
    assertThat(host.docker("ps", "-l", "--format", "json").out())
        .startsWith("{\"Command\":\"\\\"sh -c 'exit 3'\\\"\",\"CreatedAt\":\"".replace("'", ""))
        .contains("\"Names\":\"x1\",\"Networks\":\"bridge\",\"Ports\":\"\"")
        .endsWith("\"State\":\"exited\",\"Status\":\"Exited (3) 1 second ago\"}\n");
  }

  @Test
  void fieldThatIsNotThere() {
    DockerHostFixture.Result result = host.docker("ps", "--format", "{{.Foo}}");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "failed to execute template: template: :1:2: executing \"\" at <.Foo>: can't evaluate"
                + " field Foo in type *formatter.ContainerContext\n");
  }

  @Test
  void quietGoesBeforeFormat() {
    DockerHostFixture.Result result = host.docker("ps", "-lq", "--format", "{{.Names}}");
    assertThat(result.out()).isEqualTo(host.engine().container("x1").shortId() + "\n");
    assertThat(result.err()).startsWith("WARNING: Ignoring custom format");
  }

  @Test
  void labelOfANetwork() {
    assertThat(
            host.docker("network", "ls", "-f", "name=n1", "--format", "{{.Label \"team\"}}").out())
        .isEqualTo("blue\n");
  }
}
