package dev.dockwire.tools.play;

import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineSettings;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import dev.dockwire.time.Clock;
import dev.dockwire.time.RealClock;
import dev.dockwire.time.Timer;
import dev.dockwire.time.VirtualClock;
import dev.dockwire.tools.DockerHostPrograms;
import dev.dockwire.tools.DockerHostShell;
import dev.dockwire.tools.play.Scenario.Step;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The console of a fresh Docker host with a shell on it: types a step and turns the world until the
 * shell waits for the next line.
 */
final class Session implements AutoCloseable {

  /** A key ends a step of which nothing is expected after this time. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** A key ends a step whose output has not become what is expected after this time. */
  private static final long MISMATCH_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How often a program that never rests is asked whether it has printed what is expected. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** In virtual time typing a line takes this long, so that what was set off before can happen. */
  private static final long TYPING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String INTERRUPT_KEY = "\u0003";
  private static final String END_OF_INPUT_KEY = "\u0004";
  private static final String DETACH_KEYS = "\u0010\u0011";

  private final World world;
  private final Engine engine;
  private final Tty console = new Tty();
  private final Transcript transcript = new Transcript();
  private final Clock machineClock = new RealClock();
  private final long limitNanos;
  private final Progress progress;
  private long nextLook;
  private int lookedAt;
  private boolean overtime;

  /**
   * @param limitNanos how long the whole session may take on the machine
   */
  Session(World world, EngineSettings settings, long limitNanos, Progress progress) {
    this.world = world;
    this.engine = new Engine(world, settings);
    this.limitNanos = limitNanos;
    this.progress = progress;
    DockerHostPrograms.install(engine);
    console.attach(transcript);
  }

  /** Starts the shell; returns false if that took too long. */
  boolean start() {
    DockerHostShell.start(engine, Stdio.of(console));
    return turnUntil(this::isAtPrompt);
  }

  Engine engine() {
    return engine;
  }

  /** Whether the console is passed on to a container. */
  boolean isAttached() {
    return console.target() != console;
  }

  /** What a step printed. */
  record Outcome(List<String> output, boolean ended) {}

  /**
   * Types a step and waits for its end, or, before a key, for all that is expected.
   *
   * @param thenKey whether the next step is a key, which may be what ends this one
   */
  Outcome play(Step step, boolean thenKey) {
    if (step.action() == Scenario.Action.HOST_COMMAND && isAttached()) {
      console.type(DETACH_KEYS);
      if (!turnUntil(this::isAtPrompt)) {
        return new Outcome(List.of(), false);
      }
    }
    if (isVirtual() && !step.isKey()) {
      world.loop().runUntil(world.now() + TYPING_NANOS);
    }
    transcript.clear();
    String echo = type(step);
    Expectation expected = new Expectation(step.expected());
    long patienceEnds = world.now() + (step.expected().isEmpty() ? PATIENCE_NANOS : MISMATCH_NANOS);
    nextLook = world.now() + LOOK_NANOS;
    lookedAt = -1;
    BooleanSupplier readyForKey =
        () ->
            world.now() >= patienceEnds
                || !step.expected().isEmpty()
                    && mayLook()
                    && expected.isMetBy(transcript.lines(echo, false));
    boolean ended =
        turnUntil(
            () -> isAtPrompt() || thenKey && readyForKey.getAsBoolean(),
            thenKey ? patienceEnds : Clock.NEVER);
    return new Outcome(transcript.lines(echo, isAtPrompt()), ended);
  }

  private String type(Step step) {
    return switch (step.action()) {
      case HOST_COMMAND, CONTAINER_COMMAND -> {
        console.type(step.text() + "\r");
        yield step.text();
      }
      case INTERRUPT -> {
        console.type(INTERRUPT_KEY);
        yield "^C";
      }
      case END_OF_INPUT -> {
        console.type(END_OF_INPUT_KEY);
        yield "";
      }
      case DETACH -> {
        console.type(DETACH_KEYS);
        yield "";
      }
    };
  }

  /**
   * Asks the shell for the status of its last command, and leaves it as it was; empty if no shell
   * answers.
   */
  OptionalInt lastStatus() {
    transcript.clear();
    console.type("echo $?\r");
    turnUntil(this::isAtPrompt);
    String status = String.join("\n", transcript.lines("echo $?", true));
    if (!status.matches("[0-9]{1,3}")) {
      return OptionalInt.empty();
    }
    console.type("(exit " + status + ")\r");
    turnUntil(this::isAtPrompt);
    return OptionalInt.of(Integer.parseInt(status));
  }

  private boolean isAtPrompt() {
    return console.awaitsInput() && isIdle();
  }

  /** Whether there is something new to look at, and all programs wait or it has been a while. */
  private boolean mayLook() {
    if (transcript.size() == lookedAt || !isIdle() && world.now() < nextLook) {
      return false;
    }
    lookedAt = transcript.size();
    nextLook = world.now() + LOOK_NANOS;
    return true;
  }

  private boolean isIdle() {
    return world.scheduler().nextDeadline() == Clock.NEVER;
  }

  private boolean turnUntil(BooleanSupplier done) {
    return turnUntil(done, Clock.NEVER);
  }

  /**
   * Turns the world until {@code done}; false if that never comes, or not in time.
   *
   * @param lookAt when {@code done} may come to hold though nothing happens
   */
  private boolean turnUntil(BooleanSupplier done, long lookAt) {
    overtime = false;
    Timer look = world.timers().timer(_ -> {});
    look.arm(lookAt);
    Timer limit = world.timers().timer(_ -> {});
    if (!isVirtual()) {
      limit.arm(world.now() + Math.max(0, limitNanos - machineClock.now()));
    }
    boolean arrived = world.loop().runUntil(() -> done.getAsBoolean() || isOvertime());
    limit.cancel();
    look.cancel();
    progress.clear();
    return arrived && !overtime;
  }

  private boolean isVirtual() {
    return world.loop().clock() instanceof VirtualClock;
  }

  private boolean isOvertime() {
    progress.tick();
    overtime = transcript.isTooLong() || machineClock.now() > limitNanos;
    return overtime;
  }

  @Override
  public void close() {
    engine.close();
  }
}
