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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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
  private final CompletableFuture<Void> end = new CompletableFuture<>();

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

  /**
   * Asks something on the world's thread, from another, which waits for the answer.
   *
   * @throws CancellationException if there is none: this is closed, or the question has a bug, with
   *     which the loop stops
   */
  public <T> T ask(Supplier<T> question) throws InterruptedException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    world
        .loop()
        .execute(
            () -> {
              try {
                answer.complete(question.get());
              } finally {
                answer.cancel(false);
              }
            });
    try {
      CompletableFuture.anyOf(answer, end).get();
      return answer.resultNow();
    } catch (ExecutionException _) {
      throw new CancellationException();
    }
  }

  /**
   * Ends all that runs, then the captures and the real sockets; on the world's thread, which turns
   * no more.
   */
  @Override
  public void close() {
    engine.close();
    captures.close();
    edge.close();
    end.cancel(false);
  }
}
