package dev.dockwire.host;

import dev.dockwire.time.Clock;
import dev.dockwire.time.Worker;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs blocking code in turns with the loop: each {@link Task} is a virtual thread, exactly one
 * runs at a time, first come first served, and the loop goes on only when that one blocks. So tasks
 * and the fabric are one logical thread, and the order of everything is the same in every run.
 */
public final class Scheduler implements Worker {

  private static final int MAX_TASKS_PER_TURN = 64;

  private final ArrayDeque<Task> ready = new ArrayDeque<>();
  private Thread loopThread;
  private volatile Task running;
  private Throwable failure;
  private Task failed;

  /** Makes a task that runs {@code body} from the next turn on. */
  Task start(String name, Runnable body) {
    Task task = new Task(this);
    task.thread = Thread.ofVirtual().name(name).unstarted(() -> run(task, body));
    task.wake();
    return task;
  }

  @Override
  public int doWork(long now) {
    loopThread = Thread.currentThread();
    throwFailure();
    int turns = 0;
    while (turns < MAX_TASKS_PER_TURN && !ready.isEmpty()) {
      resume(ready.remove());
      turns++;
    }
    return turns;
  }

  @Override
  public long nextDeadline() {
    return ready.isEmpty() ? Clock.NEVER : 0;
  }

  private void resume(Task task) {
    task.queued = false;
    running = task;
    if (task.started) {
      LockSupport.unpark(task.thread);
    } else {
      task.started = true;
      task.thread.start();
    }
    awaitTurn(null);
    throwFailure();
  }

  /** A failed task stops the loop, and no turn is given to anybody after that. */
  private void throwFailure() {
    if (failure != null) {
      throw new IllegalStateException(failed.thread.getName() + " failed", failure);
    }
  }

  private void run(Task task, Runnable body) {
    try {
      body.run();
    } catch (Throwable bug) {
      failure = bug;
      failed = task;
    } finally {
      giveBack();
    }
  }

  private void giveBack() {
    running = null;
    LockSupport.unpark(loopThread);
  }

  private void awaitTurn(Task who) {
    while (running != who) {
      LockSupport.park(this);
    }
  }

  /** One thread of a process. All but the fields of the hand-over belongs to whoever runs. */
  static final class Task {

    private final Scheduler scheduler;
    private Thread thread;
    private boolean started;
    private boolean queued;
    private boolean frozen;

    private Task(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    /** Called by the task itself: lets everything else go on until {@link #wake} is called. */
    void block() {
      scheduler.giveBack();
      scheduler.awaitTurn(this);
    }

    /** Whether it will run without anything more happening. */
    boolean isQueued() {
      return queued;
    }

    /** Has the task run again, soon; several calls count once. */
    void wake() {
      if (!queued && scheduler.running != this) {
        queued = true;
        if (!frozen) {
          scheduler.ready.add(this);
        }
      }
    }

    /** Keeps the task, which is not the one that runs, from running until {@link #thaw}. */
    void freeze() {
      if (!frozen) {
        frozen = true;
        scheduler.ready.remove(this);
      }
    }

    boolean isFrozen() {
      return frozen;
    }

    /** Has the task go on; what woke it while it was frozen counts now. */
    void thaw() {
      if (frozen) {
        frozen = false;
        if (queued) {
          scheduler.ready.add(this);
        }
      }
    }

    /** Called by the task itself: lets everything else that is ready go first. */
    void yield() {
      queued = true;
      scheduler.ready.add(this);
      block();
    }
  }
}
