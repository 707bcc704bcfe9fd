package dev.dockwire.tools.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    Map<String, String> reference = Reference.read();
    Map<String, String> printed = new ConcurrentHashMap<>();
    // The client takes some 20 ms to start, hundreds of times.
    reference.keySet().parallelStream()
        .forEach(t -> printed.put(t, docker("context", "inspect", "t", "-f", t)));
    Reference.compare(reference, printed::get);
  }

  /** What docker prints, or what it complains without the line feed that it then prints. */
  private String docker(String... arguments) {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("DOCKER_CONFIG", configuration.toString());
    try (InputStream out = builder.start().getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      int from = text.startsWith("\n" + Reference.COMPLAINT) ? 1 : 0;
      return text.substring(from, Math.max(from, text.length() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
