package dev.dockwire.tools.daemon.state;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineState;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
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
 * goes on. Whoever waits is told that all is well if it is the disk's fault, for there is nothing
 * that a client could do about it, but not if it is a bug.
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

  /** What the write that ended last has failed by, unless it was the disk. */
  private Optional<Throwable> bug = Optional.empty();

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
          Optional<Throwable> failure = attempt(write);
          engine.world().loop().execute(() -> ended(upTo, failure));
        });
  }

  private void ended(long upTo, Optional<Throwable> failure) {
    writing = false;
    bug = failure;
    settle(upTo);
    if (due) {
      keep();
    }
  }

  private void settle(long upTo) {
    settled = upTo;
    wrote.wakeAll();
  }

  /** Returns what it has failed by, unless it is the disk. */
  private Optional<Throwable> attempt(Write write) {
    failed = true;
    try {
      write.write();
      failed = false;
    } catch (IOException e) {
      report(e.toString());
    } catch (RuntimeException | Error e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      report("a bug: " + trace);
      return Optional.of(e);
    }
    return Optional.empty();
  }

  private void report(String problem) {
    problems.accept("dockwire: " + folder.file() + ": " + problem);
  }

  /**
   * Returns when all that has changed so far is written, or the disk has not taken it.
   *
   * @throws CompletionException if it is not written because of a bug
   */
  public void await(Process self) {
    long wanted = changes;
    while (settled < wanted) {
      self.await(wrote, () -> settled >= wanted);
    }
    if (bug.isPresent()) {
      throw new CompletionException("the state is not written", bug.get());
    }
  }

  /**
   * Writes the state that the engine ends in, when its loop turns no more. A disk that is still at
   * the state before keeps that one.
   */
  @Override
  public void close() {
    writer.shutdown();
    if (!writerEnds()) {
      report("the disk does not answer; the last changes are lost");
      return;
    }
    StateChange last = takeChange();
    if (failed || !last.isEmpty()) {
      attempt(() -> folder.write(last));
    }
  }

  private boolean writerEnds() {
    try {
      return writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
