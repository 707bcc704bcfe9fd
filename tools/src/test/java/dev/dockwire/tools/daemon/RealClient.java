package dev.dockwire.tools.daemon;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The real docker client, and a daemon of its own that it talks to in real time. */
public final class RealClient {

  /** What a command has printed, and its exit status. */
  public record Result(String out, String err, int status) {}

  private final Path folder;
  private final RunningDaemon daemon;

  /** Starts a daemon whose socket is in a folder; skips the test if there is no client. */
  public RealClient(Path folder, String... options) {
    assumeTrue(isThere("docker"), "no docker client on the PATH: the daemon is not tried with it");
    this.folder = folder;
    this.daemon = new RunningDaemon(folder, options);
  }

  /** Whether this machine has a command. */
  public static boolean isThere(String command) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
  }

  Path socket() {
    return daemon.socket();
  }

  Result docker(String... arguments) throws IOException, InterruptedException {
    return dockerFed("", arguments);
  }

  Result dockerFed(String input, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(arguments));
    return run(input, line);
  }

  public Result run(String input, List<String> commandLine)
      throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int status =
        process(commandLine)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Result(
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8),
        status);
  }

  /** A process whose docker client talks to the daemon. */
  public ProcessBuilder process(List<String> commandLine) {
    ProcessBuilder builder = new ProcessBuilder(commandLine);
    builder.environment().put("DOCKER_HOST", "unix://" + socket());
    builder.environment().put("DOCKER_CONFIG", folder.toString());
    return builder;
  }

  public void end() throws InterruptedException {
    daemon.end();
  }
}
