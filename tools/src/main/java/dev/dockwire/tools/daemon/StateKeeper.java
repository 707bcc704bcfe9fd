package dev.dockwire.tools.daemon;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineState;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes an engine's state whenever it has changed, on a thread of its own, so that the fabric does
 * not wait for the disk. What changes while one state is written goes into the next: however fast
 * changes come, one is written at a time.
 *
 * <p>A state that cannot be written is reported, and tried again at the next change; the engine
 * goes on.
 */
final class StateKeeper implements AutoCloseable, Durability {

  private static final int PATIENCE_SECONDS = 3;

  private final Engine engine;
  private final StateFolder folder;
  private final Consumer<String> problems;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("state").factory());
  private final WaitQueue wrote = new WaitQueue();
  private EngineState written;
  private boolean due;
  private boolean writing;

  /** How many changes there have been, and how many of them need not be waited for any more. */
  private long changes;

  private long settled;

  /**
   * @param problems hears why a state could not be written
   */
  StateKeeper(Engine engine, StateFolder folder, Consumer<String> problems) {
    this.engine = engine;
    this.folder = folder;
    this.problems = problems;
    engine.onChange(this::changed);
    changed();
  }

  private void changed() {
    changes++;
    if (!due) {
      due = true;
      engine.world().loop().execute(this::keep);
    }
  }

  private void keep() {
    if (writing) {
      return;
    }
    due = false;
    long upTo = changes;
    EngineState state = engine.state();
    if (state.equals(written)) {
      settle(upTo);
      return;
    }
    writing = true;
    writer.execute(
        () -> {
          boolean done = write(state);
          engine.world().loop().execute(() -> ended(state, done, upTo));
        });
  }

  private void ended(EngineState state, boolean done, long upTo) {
    writing = false;
    if (done) {
      written = state;
    }
    settle(upTo);
    if (due) {
      keep();
    }
  }

  private void settle(long upTo) {
    settled = upTo;
    wrote.wakeAll();
  }

  private boolean write(EngineState state) {
    try {
      folder.write(state);
      return true;
    } catch (IOException e) {
      problems.accept("dockwire: " + folder.file() + ": " + e);
      return false;
    }
  }

  @Override
  public void await(Process self) {
    long wanted = changes;
    while (settled < wanted) {
      self.await(wrote, () -> settled >= wanted);
    }
  }

  /** Writes the state that the engine ends in, when its loop turns no more. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    write(engine.state());
  }
}
