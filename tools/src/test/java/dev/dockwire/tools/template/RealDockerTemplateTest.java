package dev.dockwire.tools.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The docker client of this machine still prints what the reference says it does. Needs a client of
 * version 28 and no engine; skipped without.
 */
class RealDockerTemplateTest {

  /** The client takes some 20 ms to start; every template is met by some run of many. */
  private static final int EVERY = 4;

  @TempDir Path configuration;

  @Test
  void referenceIsWhatDockerPrints() throws Exception {
    boolean present =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker")));
    assumeTrue(present, "no docker client on the PATH: its templates are not compared");
    assumeTrue(
        docker("--version").startsWith("Docker version 28."),
        "the docker client on the PATH is not version 28: its templates are not compared");
    String folder =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("t".getBytes()));
    Path context = Files.createDirectories(configuration.resolve("contexts/meta/" + folder));
    Files.writeString(context.resolve("meta.json"), Reference.file());

    Map<String, String> reference = Reference.read();
    Map<String, String> docker = new LinkedHashMap<>();
    for (String template : reference.keySet()) {
      docker.put(template, docker("context", "inspect", "t", "-f", template));
    }
    assertThat(Reference.shown(docker)).isEqualTo(Reference.shown(reference));
  }

  /** What docker prints, or what it complains. */
  private String docker(String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(Arrays.asList(arguments));
    builder.command().addFirst("docker");
    builder.environment().put("DOCKER_CONFIG", configuration.toString());
    Path err = configuration.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    List<String> printed = List.of(Files.readString(err), out);
    String text = printed.getFirst().isEmpty() ? out : printed.getFirst();
    return text.substring(0, Math.max(0, text.length() - 1));
  }
}
