package dev.dockwire.stack.tcp.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each file in {@code stack/tcp/scenarios} is a test: packets, calls and times as written. */
class ScenarioTest {

  private static List<Path> files() throws IOException, URISyntaxException {
    Path folder =
        Path.of(ScenarioTest.class.getResource("/dev/dockwire/stack/tcp/scenarios").toURI());
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".tcp")).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException, URISyntaxException {
    List<Path> files = files();
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), file.toUri(), () -> play(file)));
  }

  private static void play(Path file) throws IOException {
    ScenarioRunner.play(Script.parse(file.getFileName().toString(), Files.readAllLines(file)));
  }
}
