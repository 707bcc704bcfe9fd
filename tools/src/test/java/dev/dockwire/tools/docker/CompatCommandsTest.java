package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.engine.Compat;
import dev.dockwire.engine.EngineSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code core/docs/compat.md} says, as far as the docker client shows it. */
class CompatCommandsTest {

  private static String docker(Compat compat, String... arguments) {
    try (DockerHostFixture host =
        new DockerHostFixture(EngineSettings.DEFAULT.withCompat(compat))) {
      host.docker("network", "create", "n");
      host.docker("run", "-itd", "--name", "a1", "--net", "n", "--network-alias", "web", "alpine");
      DockerHostFixture.Result result = host.docker(arguments);
      assertThat(result.err()).isEmpty();
      return result.out().replaceAll("\\b[0-9a-f]{12}\\b", "ID");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEFAULT   | 'NETWORK ID     NAME      DRIVER    SCOPE'",
        "ENGINE_20 | 'NETWORK ID          NAME                DRIVER              SCOPE'",
        "ENGINE_28 | 'NETWORK ID     NAME      DRIVER    SCOPE'"
      })
  void columnsOfOldClientsAreAtLeast20Wide(Compat compat, String title) {
    assertThat(docker(compat, "network", "ls")).startsWith(title + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEFAULT   | {\"Subnet\":\"172.17.0.0/16\",\"Gateway\":\"172.17.0.1\"}",
        "ENGINE_20 | {\"Subnet\":\"172.17.0.0/16\"}"
      })
  void theGatewayOfTheDefaultBridge(Compat compat, String config) {
    String format = "{{json (index .IPAM.Config 0)}}";
    assertThat(docker(compat, "network", "inspect", "-f", format, "bridge"))
        .isEqualTo(config + "\n");
    assertThat(docker(compat, "network", "inspect", "bridge").contains("EnableIPv4"))
        .isEqualTo(compat != Compat.ENGINE_20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"DEFAULT | [\"web\"] | true", "ENGINE_20 | [\"web\",\"ID\"] | false"})
  void theShortIdIsAnAliasOrADnsName(Compat compat, String aliases, boolean newer) {
    String format = "{{json .NetworkSettings.Networks.n.Aliases}}";
    assertThat(docker(compat, "inspect", "-f", format, "a1")).isEqualTo(aliases + "\n");
    String all = docker(compat, "inspect", "a1");
    assertThat(all.contains("DNSNames")).isEqualTo(newer);
    assertThat(all.contains("GwPriority")).isEqualTo(newer);
  }

  @ParameterizedTest
  @CsvSource({"DEFAULT, false", "ENGINE_20, true", "ENGINE_28, false"})
  void imagesOfOldEnginesShowTheLastLineOfTheirDockerfile(Compat compat, boolean shown) {
    String image = docker(compat, "image", "inspect", "mysql");
    assertThat(image.contains("#(nop) \",\n                \"CMD [\\\"mysqld\\\"]\""))
        .isEqualTo(shown);
    assertThat(image.contains("\"ContainerConfig\"")).isEqualTo(shown);
    assertThat(image.contains("\"VirtualSize\"")).isEqualTo(shown);
    assertThat(docker(compat, "image", "inspect", "-f", "{{.Config.Cmd}}", "mysql"))
        .isEqualTo("[mysqld]\n");
  }
}
