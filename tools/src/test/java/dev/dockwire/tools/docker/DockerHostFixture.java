package dev.dockwire.tools.docker;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import dev.dockwire.tools.DockerHostPrograms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Docker host in virtual time on which docker commands are run one by one, without a shell. */
final class DockerHostFixture implements AutoCloseable {

  /** What a command printed and ended with. */
  record Result(String out, String err, int status) {}

  private final World world = World.inVirtualTime(new Seed(1));
  private final Engine engine;
  private final DockerProgram docker;

  DockerHostFixture() {
    this(EngineSettings.DEFAULT);
  }

  DockerHostFixture(EngineSettings settings) {
    engine = new Engine(world, settings);
    docker = new DockerProgram(engine);
    DockerHostPrograms.install(engine);
  }

  Engine engine() {
    return engine;
  }

  /** Starts {@code docker} with arguments and does not wait for it; what it prints is lost. */
  Process start(String... arguments) {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(arguments));
    return start(line, Stdio.NULL);
  }

  private Process start(List<String> line, Stdio streams) {
    return engine
        .dockerHost()
        .host()
        .processes()
        .start(docker, null, new ProcessSpec(line, Map.of(), "/", streams));
  }

  /** Runs {@code docker} with arguments until it ends; its standard input is empty. */
  Result docker(String... arguments) {
    return docker(new byte[0], arguments);
  }

  /** Runs {@code docker} with arguments and something to read at its standard input. */
  Result docker(byte[] input, String... arguments) {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(arguments));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(input);
    Stdio streams =
        new Stdio(
            (reader, buffer, offset, length) -> in.read(buffer, offset, length),
            into(out),
            into(err));
    Process process = start(line, streams);
    if (!world.loop().runUntil(process::hasEnded)) {
      throw new AssertionError("docker " + String.join(" ", arguments) + " never ends");
    }
    return new Result(
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        process.exitStatus());
  }

  long now() {
    return world.now();
  }

  void pass(long seconds) {
    world.loop().runUntil(world.now() + TimeUnit.SECONDS.toNanos(seconds));
  }

  private static Output into(ByteArrayOutputStream bytes) {
    return (writer, written, offset, length) -> bytes.write(written, offset, length);
  }

  @Override
  public void close() {
    engine.close();
  }
}
