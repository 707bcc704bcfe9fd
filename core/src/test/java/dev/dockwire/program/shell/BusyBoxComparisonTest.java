package dev.dockwire.program.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dockwire.host.World;
import dev.dockwire.program.TestHost;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same scripts in the real BusyBox, where this machine has one, and here: what they print on
 * both outputs and the status must be the same.
 */
class BusyBoxComparisonTest {

  private static final List<String> APPLETS =
      List.of(
          "sh", "cat", "env", "sleep", "echo", "true", "false", "test", "printf", "kill", "grep",
          "head", "wc", "ls", "mkdir", "rm", "rmdir", "touch", "seq");

  @TempDir static Path directory;

  @BeforeAll
  static void findBusyBox() throws IOException {
    Path busyBox = Path.of("/bin/busybox");
    if (!Files.isExecutable(busyBox)) {
      busyBox = Path.of("/usr/bin/busybox");
    }
    if (!Files.isExecutable(busyBox)) {
      System.err.println("NOT RUN: no busybox on this machine to compare the shell with");
    }
    assumeTrue(Files.isExecutable(busyBox), "no busybox on this machine");
    Files.createDirectories(directory.resolve("bin"));
    Path copy = Files.copy(busyBox, directory.resolve("busybox"));
    for (String applet : APPLETS) {
      Files.createSymbolicLink(directory.resolve("bin").resolve(applet), copy);
    }
  }

  static List<String> scripts() throws IOException {
    List<String> scripts = new ArrayList<>();
    StringBuilder script = new StringBuilder();
    try (var resource = BusyBoxComparisonTest.class.getResourceAsStream("scripts.txt")) {
      for (String line : new String(resource.readAllBytes()).split("\n")) {
        if (line.startsWith("#")) {
          continue;
        }
        if (line.startsWith("  ")) {
          script.append('\n').append(line.substring(2));
          continue;
        }
        if (!script.isEmpty()) {
          scripts.add(script.toString());
        }
        script.setLength(0);
        script.append(line);
      }
    }
    scripts.add(script.toString());
    scripts.removeIf(String::isBlank);
    return scripts;
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void doesWhatBusyBoxDoes(String script) throws Exception {
    TestHost host = new TestHost(World.inVirtualTime(new Seed(1)), "h");
    assertThat(host.run(script, "sh", "one", "two words")).isEqualTo(inBusyBox(script));
  }

  private static TestHost.Result inBusyBox(String script) throws Exception {
    Path work = Files.createTempDirectory(directory, "w");
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
            directory.resolve("bin/sh").toString(), "-c", script, "sh", "one", "two words");
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", directory.resolve("bin").toString());
    environment.put("HOME", "/root");
    builder.directory(work.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    int status = builder.start().waitFor();
    return new TestHost.Result(status, Files.readString(out), Files.readString(err));
  }
}
