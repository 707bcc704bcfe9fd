package dev.dockwire.tools.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code --dns}, {@code --dns-search} and {@code --dns-option} in a container's resolv.conf. */
class DnsOptionsTest {

  private final DockerHostFixture docker = new DockerHostFixture();

  private String run(String line) {
    return docker.docker(line.substring("docker ".length()).split(" ")).out();
  }

  @Test
  void onTheDefaultBridgeTheyReplaceTheHostsLines() {
    assertThat(
            run(
                "docker run --rm --dns 10.9.9.9 --dns-search lan --dns-option timeout:1"
                    + " --dns-option ndots:2 alpine grep -v ^# /etc/resolv.conf"))
        .isEqualTo(
            """

            nameserver 10.9.9.9
            search lan
            options timeout:1 ndots:2

            """);
  }

  @Test
  void onAUsersNetworkTheyGoWithTheEmbeddedServer() {
    run("docker network create n1");
    assertThat(run("docker run --rm --net n1 --dns-option timeout:1 alpine cat /etc/resolv.conf"))
        .contains("nameserver 127.0.0.11\noptions timeout:1 ndots:0\n")
        .contains("# Overrides: [options]\n# Option ndots from: internal\n");
    assertThat(run("docker run --rm --net n1 --dns-option ndots:1 alpine cat /etc/resolv.conf"))
        .contains("options ndots:1\n")
        .contains("# Option ndots from: override\n");
  }

  @Test
  void whoSetsNdotsGetsNoAnswerForPlainNamesFromOutside() {
    run("docker network create n1");
    assertThat(run("docker run --rm --net n1 --dns-option ndots:1 alpine nslookup nosuch"))
        .doesNotContain("NXDOMAIN");
    assertThat(run("docker run --rm --net n1 alpine nslookup nosuch")).contains("NXDOMAIN");
  }

  @Test
  void aRemovedTargetIsNoLinkAnyMore() {
    run("docker run -itd --name a1 alpine");
    run("docker run -itd --name a2 --link a1 alpine");
    String links = "docker inspect -f {{.HostConfig.Links|json}} a2";
    assertThat(run(links)).isEqualTo("[\"/a1:/a2/a1\"]\n");
    run("docker rm -f a1");
    assertThat(run(links)).isEqualTo("null\n");
  }
}
