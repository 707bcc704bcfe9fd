package dev.dockwire.tools.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The docker client of this machine still prints what the reference says it does. Needs a client of
 * version 28 and no engine; skipped without.
 */
class RealDockerTemplateTest {

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

    Reference.compare(
        Reference.read(), template -> docker("context", "inspect", "t", "-f", template));
  }

  /** What docker prints, or what it complains. */
  private String docker(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("DOCKER_CONFIG", configuration.toString());
    Path err = configuration.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    String complaint = Files.readString(err);
    String text = complaint.isEmpty() ? out : complaint;
    return text.substring(0, Math.max(0, text.length() - 1));
  }
}
