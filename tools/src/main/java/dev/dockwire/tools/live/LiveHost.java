package dev.dockwire.tools.live;

import dev.dockwire.edge.EdgeLoop;
import dev.dockwire.edge.PublishedPorts;
import dev.dockwire.edge.Uplink;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import dev.dockwire.tools.DockerHostPrograms;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A Docker host in real time: world, engine, programs, and the captures of what goes on there. The
 * thread that turns the world's loop owns all of it; others use {@link #ask}.
 */
public final class LiveHost implements AutoCloseable {

  private final EdgeLoop edge = new EdgeLoop();
  private final World world;
  private final Engine engine;
  private final Captures captures;

  /**
   * @param notices hears, in a sentence each, what a user should know of the real machine's part
   */
  public LiveHost(
      Seed seed,
      EngineSettings settings,
      PublishedPorts.Settings publishing,
      Uplink.Policy policy,
      Consumer<String> notices) {
    world = World.inRealTime(seed, edge);
    world.loop().add(edge);
    engine = new Engine(world, settings);
    engine
        .dockerHost()
        .realPorts(new PublishedPorts(edge, world, engine.dockerHost(), publishing, notices));
    Uplink.open(edge, world, engine.dockerHost(), policy);
    captures = new Captures(engine);
    DockerHostPrograms.install(engine);
    FileTree files = engine.dockerHost().host().files();
    files.install("/usr/bin/capture", new CaptureProgram(engine, captures));
  }

  /** What turns the real sockets of this host. */
  public EdgeLoop edge() {
    return edge;
  }

  public World world() {
    return world;
  }

  public Engine engine() {
    return engine;
  }

  public Captures captures() {
    return captures;
  }

  /** Asks something on the world's thread, from another, which waits for the answer. */
  public <T> T ask(Supplier<T> question) throws InterruptedException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    world.loop().execute(() -> answer.complete(question.get()));
    try {
      return answer.get();
    } catch (ExecutionException impossible) {
      throw new CompletionException(impossible);
    }
  }

  /** Ends all that runs, then the captures; on the world's thread, which turns no more. */
  @Override
  public void close() {
    engine.close();
    captures.close();
  }
}
