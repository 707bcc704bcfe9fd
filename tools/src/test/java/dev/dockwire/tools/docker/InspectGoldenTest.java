package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The whole JSON of one object of each kind; ids, sandboxes, pids and dates are masked. */
class InspectGoldenTest {

  @Test
  void defaultBridge() throws IOException {
    try (DockerHostFixture host = new DockerHostFixture()) {
      compare(host, "bridge.json", "network", "inspect", "bridge");
    }
  }

  @Test
  void customNetworkWithContainer() throws IOException {
    try (DockerHostFixture host = tutorial()) {
      compare(host, "customnet.json", "network", "inspect", "customnet");
    }
  }

  @Test
  void containerOnTwoNetworksWithLink() throws IOException {
    try (DockerHostFixture host = tutorial()) {
      compare(host, "a2.json", "inspect", "a2");
    }
  }

  @Test
  void mysqlImage() throws IOException {
    try (DockerHostFixture host = new DockerHostFixture()) {
      compare(host, "mysql.json", "image", "inspect", "mysql");
    }
  }

  private static DockerHostFixture tutorial() {
    DockerHostFixture host = new DockerHostFixture();
    host.docker(
        "network",
        "create",
        "--subnet",
        "192.168.0.0/24",
        "--gateway",
        "192.168.0.254",
        "customnet");
    host.docker("run", "-itd", "--name", "a1", "alpine");
    host.docker("run", "-itd", "--name", "a2", "--link", "a1:alpine1", "alpine");
    host.docker("network", "connect", "customnet", "a2");
    return host;
  }

  private static void compare(DockerHostFixture host, String file, String... line)
      throws IOException {
    DockerHostFixture.Result result = host.docker(line);
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(masked(result.out())).isEqualTo(golden(file));
  }

  private static String masked(String json) {
    return json.replaceAll("[0-9a-f]{64}", "{id}")
        .replaceAll("\"[0-9a-f]{12}\"", "\"{id12}\"")
        .replaceAll("netns/[0-9a-f]{12}", "netns/{id12}")
        .replaceAll("\"Pid\": [1-9][0-9]*", "\"Pid\": {pid}")
        .replaceAll("\"20[0-9]{2}-[0-9T:.-]+Z\"", "\"{date}\"");
  }

  private static String golden(String file) throws IOException {
    try (InputStream in = InspectGoldenTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
