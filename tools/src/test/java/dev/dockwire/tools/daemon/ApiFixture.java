package dev.dockwire.tools.daemon;

import dev.dockwire.edge.EdgeLoop;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.host.World;
import dev.dockwire.time.Seed;
import dev.dockwire.tools.DockerHostPrograms;
import dev.dockwire.tools.daemon.socket.ControlSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;

/** An engine in real time on a thread of its own, with its API on a unix socket. */
final class ApiFixture implements AutoCloseable {

  final EdgeLoop edge = new EdgeLoop();
  final World world = World.inRealTime(new Seed(1), edge);
  final Engine engine;
  final ApiServer server;

  private final Path folder;
  private final ControlSocket socket;
  private final Thread thread;
  private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
  private volatile Throwable failure;
  private volatile boolean stopped;

  ApiFixture() throws IOException {
    this(ApiLimits.DEFAULT);
  }

  ApiFixture(ApiLimits limits) throws IOException {
    world.loop().add(edge);
    engine = new Engine(world, EngineSettings.DEFAULT);
    DockerHostPrograms.install(engine);
    server = new ApiServer(edge, engine, Durability.NONE, limits, (_, bug) -> bugs.add(bug));
    folder = Files.createTempDirectory("api");
    socket = ControlSocket.open(path());
    server.listen(socket.acceptor(System.err::println));
    thread =
        Thread.ofPlatform()
            .name("world")
            .uncaughtExceptionHandler((_, bug) -> failure = bug)
            .start(this::run);
  }

  private void run() {
    world.loop().runUntil(() -> stopped);
    engine.close();
    edge.close();
  }

  private Path path() {
    return folder.resolve("d.sock");
  }

  RawClient connect() throws IOException {
    return new RawClient(path());
  }

  /** Runs something on the world's thread. */
  <T> T call(Callable<T> action) throws Exception {
    FutureTask<T> task = new FutureTask<>(action);
    world.loop().execute(task);
    return task.get();
  }

  /** Waits, turn by turn of the loop, until something holds there. */
  void awaitTrue(Callable<Boolean> condition) throws Exception {
    while (!call(condition)) {
      if (!thread.isAlive()) {
        throw new IllegalStateException("the loop has ended", failure);
      }
      Thread.onSpinWait();
    }
  }

  /** The handlers' bugs that were reported; whoever asks has expected them. */
  List<Throwable> takeBugs() {
    List<Throwable> taken = List.copyOf(bugs);
    bugs.clear();
    return taken;
  }

  /** What the loop has stopped with, when it has. */
  Throwable takeFailure() throws InterruptedException {
    thread.join();
    Throwable taken = failure;
    failure = null;
    return taken;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    world.loop().execute(() -> {});
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    socket.close();
    Files.deleteIfExists(folder.resolve("d.sock.lock"));
    Files.deleteIfExists(folder);
    if (failure != null) {
      throw new IllegalStateException("the loop has failed", failure);
    }
    if (!bugs.isEmpty()) {
      throw new IllegalStateException("a handler has a bug", bugs.getFirst());
    }
  }
}
