package dev.dockwire.host;

import dev.dockwire.time.Clock;
import dev.dockwire.time.Timer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A running program on a host: what the program sees of the system, and its system calls.
 *
 * <p>Calls that wait ({@link #await}, {@link #sleep}, reads and writes) are made by the process's
 * own thread. Others, {@link #signal} and {@link #wake}, are for whoever runs at the moment:
 * another process or the loop.
 *
 * <p>A signal without a handler ends the process at its next call; see {@link Signals}.
 *
 * <p>Processes form groups: a child belongs to its parent's unless it {@link #lead leads} or {@link
 * #join joins} another. What a terminal has to say goes to the whole group in its foreground.
 */
public final class Process {

  /** The exit status that a shell shows for a program that has exhausted its stack. */
  private static final int SEGMENTATION_FAULT = 139;

  private final Host host;
  private final int pid;
  private final Process parent;
  private final long startedAt;
  private final WaitQueue ended = new WaitQueue();
  private final Signals signals;
  private final Set<Runnable> endListeners = new LinkedHashSet<>(1);

  private List<String> arguments;
  private Map<String, String> environment;
  private Stdio stdio;
  private Process groupLeader;
  private String workingDirectory;
  private Scheduler.Task task;
  private Timer timer;
  private boolean hasEnded;
  private int exitStatus;
  private Optional<Signal> endedBy = Optional.empty();

  Process(Host host, int pid, Process parent, ProcessSpec spec) {
    this.host = host;
    this.pid = pid;
    this.parent = parent;
    this.arguments = List.copyOf(spec.arguments());
    this.environment = spec.environment();
    this.stdio = spec.stdio();
    this.workingDirectory = spec.workingDirectory();
    this.startedAt = host.world().now();
    this.groupLeader = parent == null ? this : parent.groupLeader;
    this.signals = parent == null ? new Signals(pid == 1) : new Signals(pid == 1, parent.signals);
  }

  void start(Program program) {
    stdio.open();
    task = host.world().scheduler().start(host.name() + "/" + pid, () -> run(program));
  }

  private void run(Program program) {
    try {
      checkSignals();
      exitStatus = program.run(this) & 0xff;
    } catch (ProcessEnd end) {
      exitStatus = end.status();
      endedBy = end.signal();
    } catch (SystemCallException unhandled) {
      // What most programs come to when they can no longer write: silence and a bad status.
      exitStatus = 1;
    } catch (StackOverflowError tooDeep) {
      exitStatus = SEGMENTATION_FAULT;
    } catch (OutOfMemoryError tooMuch) {
      exitStatus = Signal.KILL.exitStatus();
    } finally {
      end();
    }
  }

  private void end() {
    hasEnded = true;
    if (timer != null) {
      timer.cancel();
    }
    stdio.close();
    host.processes().remove(this);
    List.copyOf(endListeners).forEach(Runnable::run);
    ended.wakeAll();
    if (parent != null) {
      parent.signal(Signal.CHLD);
    }
  }

  /**
   * Waits until {@code ready} holds.
   *
   * @param changed woken whenever {@code ready} may have come to hold
   * @return false if a signal that this process handles came first
   */
  public boolean await(WaitQueue changed, BooleanSupplier ready) {
    return await(changed, ready, Clock.NEVER);
  }

  /**
   * Waits until {@code ready} holds or the deadline has come.
   *
   * @return whether {@code ready} holds; false at the deadline, or after a signal that this process
   *     handles
   */
  public boolean await(WaitQueue changed, BooleanSupplier ready, long deadline) {
    changed.add(this);
    try {
      return await(ready, deadline);
    } finally {
      changed.remove(this);
    }
  }

  /** Waits like {@link #await(WaitQueue, BooleanSupplier, long)} for one of several changes. */
  public boolean await(List<WaitQueue> changes, BooleanSupplier ready, long deadline) {
    changes.forEach(changed -> changed.add(this));
    try {
      return await(ready, deadline);
    } finally {
      changes.forEach(changed -> changed.remove(this));
    }
  }

  /**
   * Waits like {@link #await(WaitQueue, BooleanSupplier, long)}; {@link #wake} has it look again.
   */
  public boolean await(BooleanSupplier ready, long deadline) {
    boolean disturbed = checkSignals();
    while (!ready.getAsBoolean()) {
      if (disturbed || host.world().now() >= deadline) {
        return false;
      }
      if (deadline != Clock.NEVER) {
        timer().arm(deadline);
      }
      task.block();
      if (timer != null) {
        timer.cancel();
      }
      disturbed = checkSignals();
    }
    return true;
  }

  /** Lets time pass; returns early after a signal that this process handles. */
  public void sleep(long nanos) {
    await(() -> false, host.world().now() + nanos);
  }

  /** Lets everything else that is ready go first; a program that computes for long calls this. */
  public void yield() {
    checkSignals();
    task.yield();
    checkSignals();
  }

  /**
   * Waits for another process to end.
   *
   * @return its exit status
   */
  public int waitFor(Process child) {
    while (!child.hasEnded) {
      await(child.ended, () -> child.hasEnded);
    }
    return child.exitStatus;
  }

  /**
   * Runs another program in this process, in place of the present one; called by its own thread;
   * does not return. Handlers of signals are gone, signals that are ignored stay so.
   */
  public void exec(Program program, ProcessSpec spec) {
    Stdio before = stdio;
    stdio = spec.stdio();
    stdio.open();
    before.close();
    arguments = spec.arguments();
    environment = spec.environment();
    workingDirectory = spec.workingDirectory();
    signals.forgetHandlers();
    exit(program.run(this));
  }

  /** Makes this process the leader of a group of its own. */
  public void lead() {
    groupLeader = this;
  }

  /** The process whose group this one belongs to. */
  public Process groupLeader() {
    return groupLeader;
  }

  /** Puts this process into the group that {@code leader} leads. */
  public void join(Process leader) {
    groupLeader = leader;
  }

  /** Ends this process with a status; called by its own thread; does not return. */
  public void exit(int status) {
    throw new ProcessEnd(status & 0xff, Optional.empty());
  }

  /** Sends this process a signal. */
  public void signal(Signal signal) {
    if (!hasEnded && signals.come(signal)) {
      wake();
    }
  }

  /** Sends a signal to every process of this one's group. */
  public void signalGroup(Signal signal) {
    for (Process process : host.processes().list()) {
      if (process.groupLeader == groupLeader) {
        process.signal(signal);
      }
    }
  }

  /** Has {@code handler} run, on the process's own thread, when the signal comes. */
  public void onSignal(Signal signal, Runnable handler) {
    signals.handle(signal, handler);
  }

  /** Has the signal pass by this process, and by its children and what it may {@link #exec}. */
  public void ignoreSignal(Signal signal) {
    signals.ignore(signal);
  }

  public boolean ignores(Signal signal) {
    return signals.ignores(signal);
  }

  /** Goes back to what the signal does by itself. */
  public void defaultSignal(Signal signal) {
    signals.reset(signal);
  }

  /** Takes the signals that have come; returns whether a handler ran. Called by own thread. */
  boolean checkSignals() {
    return signals.take();
  }

  /** Has the process look again whether what it waits for has come. */
  public void wake() {
    if (!hasEnded) {
      task.wake();
    }
  }

  /** Whether it is kept from running. */
  public boolean isFrozen() {
    return task.isFrozen();
  }

  void freeze() {
    task.freeze();
  }

  void thaw() {
    task.thaw();
  }

  /** Whether it waits and nothing has come yet that may end the waiting. */
  boolean isBlocked() {
    return task != null && !task.isQueued();
  }

  /** Writes text to standard output. */
  public void print(String text) {
    write(stdio.out(), text);
  }

  /** Writes text to standard error. */
  public void printError(String text) {
    write(stdio.err(), text);
  }

  /** Writes text to an output that need not be one of its own. */
  public void write(Output output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    checkSignals();
    output.write(this, bytes, 0, bytes.length);
  }

  public Host host() {
    return host;
  }

  public World world() {
    return host.world();
  }

  public long now() {
    return host.world().now();
  }

  public int pid() {
    return pid;
  }

  /** Who started it; nobody on this host if it was started from outside. */
  public Optional<Process> parent() {
    return Optional.ofNullable(parent);
  }

  /** The arguments, the program's name first. */
  public List<String> arguments() {
    return arguments;
  }

  /** The environment, in the order of its setting; the process's own to change. */
  public Map<String, String> environment() {
    return environment;
  }

  public Stdio stdio() {
    return stdio;
  }

  public String workingDirectory() {
    return workingDirectory;
  }

  public void workingDirectory(String path) {
    workingDirectory = path;
  }

  /** When it was started, in monotonic nanoseconds. */
  public long startedAt() {
    return startedAt;
  }

  public boolean hasEnded() {
    return hasEnded;
  }

  /** Has {@code listener} run when the process has ended. */
  public void onEnd(Runnable listener) {
    endListeners.add(listener);
  }

  /** Has {@code listener} no longer run: what it would have ended is over. */
  public void forgetOnEnd(Runnable listener) {
    endListeners.remove(listener);
  }

  /** Meaningful once it {@link #hasEnded}. */
  public int exitStatus() {
    return exitStatus;
  }

  /** The signal that ended it, if one did. */
  public Optional<Signal> endedBy() {
    return endedBy;
  }

  /** Woken when the process ends. */
  public WaitQueue ended() {
    return ended;
  }

  private Timer timer() {
    if (timer == null) {
      timer = host.world().timers().timer(_ -> wake());
    }
    return timer;
  }

  @Override
  public String toString() {
    return host.name() + "/" + pid + " " + String.join(" ", arguments);
  }
}
