package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates, several objects, and objects that are not there. */
class InspectCommandTest {

  private final DockerHostFixture host = new DockerHostFixture();

  @BeforeEach
  void tutorialContainers() {
    host.docker("network", "create", "--subnet", "192.168.0.0/24", "customnet");
    host.docker("run", "-itd", "--name", "a1", "-e", "a=100", "alpine");
    host.docker("run", "-itd", "--name", "a2", "--link", "a1:alpine1", "alpine");
    host.docker("run", "-itd", "--name", "c1", "--net", "customnet", "alpine");
    host.docker("network", "connect", "--alias", "foo", "customnet", "a2");
  }

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a1 | {{ .NetworkSettings.IPAddress }} | 172.17.0.2",
        "c1 | {{ .NetworkSettings.IPAddress }}/{{ .NetworkSettings.IPPrefixLen }} | /0",
        "a1 | {{ .NetworkSettings.MacAddress }} | 02:42:ac:11:00:02",
        "a2 | {{range $name, $on := .NetworkSettings.Networks}}{{$name}}={{$on.IPAddress}};{{end}}"
            + " | bridge=172.17.0.3;customnet=192.168.0.3;",
        "a2 | {{json .HostConfig.Links}} | [\"/a1:/a2/alpine1\"]",
        "a2 | {{json .NetworkSettings.Networks.customnet.Aliases}} | [\"foo\"]",
        "a2 | {{json .NetworkSettings.Networks.bridge.IPAMConfig}} | null",
        "a2 | {{json .NetworkSettings.Networks.customnet.IPAMConfig}} | {}",
        "a1 | {{join .Config.Env \" \"}} |"
            + " a=100 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "a1 | {{.State.Status}} {{.State.Running}} {{.State.ExitCode}} | running true 0",
        "bridge | {{(index .IPAM.Config 0).Gateway}} | 172.17.0.1",
        "bridge | {{index .Options \"com.docker.network.bridge.name\"}} | docker0",
        "customnet | {{len .Containers}} {{json .IPAM.Config}} |"
            + " 2 [{\"Subnet\":\"192.168.0.0/24\"}]",
        "mysql | {{json .Config.Entrypoint}} | [\"docker-entrypoint.sh\"]",
      })
  void template(String object, String template, String expected) {
    assertThat(host.docker("inspect", "-f", template, object))
        .isEqualTo(new DockerHostFixture.Result(expected + "\n", "", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--privileged | {{json .HostConfig.Privileged}} {{json .HostConfig.SecurityOpt}}"
            + " {{json .HostConfig.MaskedPaths}} {{json .HostConfig.ReadonlyPaths}} |"
            + " true [\"label=disable\"] null null",
        "--cap-add net_admin --cap-add CAP_SYS_TIME --cap-add NET_ADMIN |"
            + " {{json .HostConfig.CapAdd}} | [\"CAP_NET_ADMIN\",\"CAP_SYS_TIME\"]",
        "--stop-signal USR1 --stop-timeout 3 | {{.Config.StopSignal}} {{.Config.StopTimeout}} |"
            + " USR1 3",
        "--network customnet --link a1:x | {{json .HostConfig.Links}}"
            + " {{json .NetworkSettings.Networks.customnet.Links}} | null [\"a1:x\"]",
      })
  void whatWasAskedFor(String options, String template, String expected) {
    host.docker(("create --name n1 " + options + " alpine").split(" "));
    assertThat(host.docker("inspect", "-f", template, "n1"))
        .isEqualTo(new DockerHostFixture.Result(expected + "\n", "", 0));
  }

  @Test
  void aLinkGoesWithItsTarget() {
    host.docker("rm", "-f", "a1");
    assertThat(host.docker("inspect", "-f", "{{json .HostConfig.Links}}", "a2").out())
        .isEqualTo("null\n");
  }

  @Test
  void goesByTheNameInGoAndInJson() {
    String id = host.engine().container("a1").id() + "\n";
    assertThat(state("a1", "{{.ID}}")).isEqualTo(id);
    assertThat(state("a1", "{{.Id}}")).isEqualTo(id);
  }

  @Test
  void fieldThatIsNotThere() {
    DockerHostFixture.Result result = host.docker("inspect", "-f", "{{.Foo}}", "a1");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("\n");
    assertThat(result.err())
        .startsWith("template parsing error: template: :1:2: executing \"\" at <.Foo>: ")
        .endsWith("map has no entry for key \"Foo\"\n");
  }

  @Test
  void formatJsonIsOneLineForEachObject() {
    String out = host.docker("network", "inspect", "-f", "json", "bridge", "host").out();
    assertThat(out.lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"Name\":\"bridge\",\"Id\":\"")
        .endsWith("\"Labels\":{}}");
  }

  @Test
  void whatIsNotThereDoesNotHideTheRest() {
    DockerHostFixture.Result result = host.docker("network", "inspect", "n1", "host", "n2");
    assertThat(result.out()).startsWith("[\n    {\n        \"Name\": \"host\",\n");
    assertThat(result.err())
        .isEqualTo(
            "Error response from daemon: network n1 not found\n"
                + "Error response from daemon: network n2 not found\n");
    assertThat(result.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inspect x | Error: No such object: x",
        "network inspect x | Error response from daemon: network x not found",
        "container inspect bridge | Error response from daemon: No such container: bridge",
        "image inspect a1 | Error response from daemon: No such image: a1:latest",
        "inspect --type network a1 | Error response from daemon: network a1 not found",
        "inspect --type volume a1 | Error response from daemon: get a1: no such volume",
      })
  void nothingFound(String line, String error) {
    assertThat(host.docker(line.split(" ")))
        .isEqualTo(new DockerHostFixture.Result("[]\n", error + "\n", 1));
  }

  @Test
  void stoppedContainerKeepsItsNetworkButNoAddress() {
    host.docker("stop", "-t", "0", "c1");
    assertThat(state("c1", "{{.State.Status}} {{.State.Pid}} {{.State.ExitCode}}"))
        .isEqualTo("exited 0 137\n");
    assertThat(state("c1", "{{with .NetworkSettings.Networks.customnet}}{{.IPAddress}},{{end}}"))
        .isEqualTo(",\n");
    String id = state("customnet", "{{.Id}}");
    assertThat(state("c1", "{{.NetworkSettings.Networks.customnet.NetworkID}}")).isEqualTo(id);
    assertThat(state("customnet", "{{len .Containers}}")).isEqualTo("1\n");
  }

  @Test
  void failedStartIsRemembered() {
    host.docker("run", "-d", "--name", "bad", "alpine", "nosuch");
    assertThat(state("bad", "{{.State.Status}} {{.State.ExitCode}} {{.State.StartedAt}}"))
        .isEqualTo("created 127 0001-01-01T00:00:00Z\n");
    assertThat(state("bad", "{{.State.Error}}")).contains("executable file not found in $PATH");
  }

  private String state(String object, String template) {
    return host.docker("inspect", "-f", template, object).out();
  }
}
