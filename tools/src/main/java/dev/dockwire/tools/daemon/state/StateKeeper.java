package dev.dockwire.tools.daemon.state;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineState;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
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
public final class StateKeeper implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 3;

  /** One turn of the writing thread. */
  @FunctionalInterface
  private interface Write {
    void write() throws IOException;
  }

  private final Engine engine;
  private final StateFolder folder;
  private final Consumer<String> problems;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("state").factory());
  private final WaitQueue wrote = new WaitQueue();

  /** As it was given to be written last. */
  private final KeptState kept;

  /** The ids of what may be different since. */
  private final Set<String> changed = new LinkedHashSet<>();

  private boolean due;
  private boolean writing;
  private volatile boolean failed;

  /** How many changes there have been, and how many of them need not be waited for any more. */
  private long changes;

  private long settled;

  /**
   * @param problems hears why a state could not be written
   */
  public StateKeeper(Engine engine, StateFolder folder, Consumer<String> problems) {
    this.engine = engine;
    this.folder = folder;
    this.problems = problems;
    EngineState state = engine.state();
    kept = new KeptState(state);
    engine.onChange(this::changed);
    begin(() -> folder.write(state));
  }

  private void changed(String id) {
    changes++;
    changed.add(id);
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
    StateChange change = takeChange();
    if (change.isEmpty() && !failed) {
      settle(changes);
    } else {
      begin(() -> folder.write(change));
    }
  }

  private StateChange takeChange() {
    StateChange change = kept.difference(changed, engine);
    kept.apply(change);
    changed.clear();
    return change;
  }

  private void begin(Write write) {
    writing = true;
    long upTo = changes;
    writer.execute(
        () -> {
          attempt(write);
          engine.world().loop().execute(() -> ended(upTo));
        });
  }

  private void ended(long upTo) {
    writing = false;
    settle(upTo);
    if (due) {
      keep();
    }
  }

  private void settle(long upTo) {
    settled = upTo;
    wrote.wakeAll();
  }

  private void attempt(Write write) {
    try {
      failed = true;
      write.write();
      failed = false;
    } catch (IOException e) {
      problems.accept("dockwire: " + folder.file() + ": " + e);
    }
  }

  /** Returns when all that has changed so far is written, or has failed to be. */
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
    StateChange last = takeChange();
    if (failed || !last.isEmpty()) {
      attempt(() -> folder.write(last));
    }
  }
}
