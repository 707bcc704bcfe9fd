package dev.dockwire.edge;

import dev.dockwire.host.World;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A thread that turns a world's loop until it is told to stop. */
final class WorldThread {

  private final World world;
  private final Thread thread;
  private volatile boolean stopped;

  WorldThread(World world) {
    this.world = world;
    thread = Thread.ofPlatform().name("world").start(() -> world.loop().runUntil(() -> stopped));
  }

  /** Runs something on the world's thread. */
  <T> T call(Callable<T> action) throws Exception {
    FutureTask<T> task = new FutureTask<>(action);
    world.loop().execute(task);
    return task.get();
  }

  void stop() throws InterruptedException {
    stopped = true;
    world.loop().execute(() -> {});
    thread.join();
  }
}
