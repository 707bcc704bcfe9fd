package dev.dockwire.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * One thread's loop: turns its workers until none has anything left to do, then lets time pass
 * until the next deadline. The same code serves real and virtual time; only the clock differs.
 *
 * <p>All state that the workers own belongs to the thread that turns the loop. Other threads reach
 * it through {@link #execute}.
 */
public final class Loop {

  private final Clock clock;
  private final List<Worker> workers = new ArrayList<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  public Loop(Clock clock) {
    this.clock = clock;
  }

  /** Adds a worker; workers are turned in the order they were added. */
  public void add(Worker worker) {
    workers.add(worker);
  }

  public Clock clock() {
    return clock;
  }

  /** The current time; for programs and edges, not for protocol code. */
  public long now() {
    return clock.now();
  }

  /** Has {@code task} run on the loop's thread, in its next turn. May be called by any thread. */
  public void execute(Runnable task) {
    tasks.add(task);
    clock.wake();
  }

  /**
   * Turns the loop until {@code done} says so.
   *
   * @return true if {@code done}; false if nothing more can happen by itself (virtual time only) or
   *     the thread was interrupted
   */
  public boolean runUntil(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      if (turn() == 0 && !idle()) {
        return false;
      }
    }
    return true;
  }

  /** Turns the loop until {@code deadline}, with time standing at the deadline afterwards. */
  public void runUntil(long deadline) {
    while (clock.now() < deadline) {
      if (turn() == 0) {
        clock.idleUntil(Math.min(deadline, nextDeadline()));
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    }
    while (turn() != 0) {
      // What became due exactly at the deadline.
    }
  }

  /** Gives each worker one turn; returns how much was done. */
  public int turn() {
    int done = runTasks();
    for (int i = 0; i < workers.size(); i++) {
      done += workers.get(i).doWork(clock.now());
    }
    return done;
  }

  private int runTasks() {
    int done = 0;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      done++;
    }
    return done;
  }

  private boolean idle() {
    return clock.idleUntil(nextDeadline()) && !Thread.currentThread().isInterrupted();
  }

  private long nextDeadline() {
    long next = Clock.NEVER;
    for (int i = 0; i < workers.size(); i++) {
      next = Math.min(next, workers.get(i).nextDeadline());
    }
    return next;
  }
}
