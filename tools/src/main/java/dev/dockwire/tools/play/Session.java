package dev.dockwire.tools.play;

import dev.dockwire.engine.Engine;
import dev.dockwire.host.FileNode;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import dev.dockwire.time.Clock;
import dev.dockwire.time.RealClock;
import dev.dockwire.time.Timer;
import dev.dockwire.tools.DockerHostPrograms;
import dev.dockwire.tools.play.Scenario.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The console of a fresh Docker host with a shell on it: types a step and turns the world until the
 * shell waits for the next line.
 */
final class Session implements AutoCloseable {

  /** A step that takes longer than this in virtual time will not end. */
  private static final long MAX_VIRTUAL_NANOS = TimeUnit.DAYS.toNanos(1);

  private static final String INTERRUPT_KEY = "\u0003";
  private static final String DETACH_KEYS = "\u0010\u0011";

  private final World world;
  private final Engine engine;
  private final Tty console = new Tty();
  private final Transcript transcript = new Transcript();
  private final Clock machineClock = new RealClock();
  private final long limitNanos;
  private final Progress progress;
  private long deadline;
  private boolean overtime;

  /**
   * @param limitNanos how long the whole session may take on the machine
   */
  Session(World world, long limitNanos, Progress progress) {
    this.world = world;
    this.engine = new Engine(world);
    this.limitNanos = limitNanos;
    this.progress = progress;
    DockerHostPrograms.install(engine);
    console.attach(transcript);
  }

  /** Starts the shell; returns false if that took too long. */
  boolean start() {
    Host host = engine.dockerHost().host();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("HOME", "/root");
    environment.put("TERM", "xterm");
    environment.put("PS1", "$ ");
    FileNode shell = host.files().find("/bin/sh").orElseThrow();
    Process process =
        host.processes()
            .start(
                ((FileNode.RegularFile) shell).program().orElseThrow(),
                null,
                new ProcessSpec(List.of("sh"), environment, "/root", Stdio.of(console)));
    console.foreground(List.of(process));
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
    transcript.clear();
    String echo = type(step);
    Expectation expected = new Expectation(step.expected());
    boolean mayEndAtKey = thenKey && !step.expected().isEmpty();
    BooleanSupplier enough = () -> isAtPrompt() || mayEndAtKey && isIdleAndHasMet(expected, echo);
    boolean ended = turnUntil(enough);
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
      case DETACH -> {
        console.type(DETACH_KEYS);
        yield "";
      }
    };
  }

  /** Asks the shell for the status of its last command, and leaves it as it was. */
  int lastStatus() {
    transcript.clear();
    console.type("echo $?\r");
    turnUntil(this::isAtPrompt);
    String status = transcript.lines("echo $?", true).getFirst();
    console.type("(exit " + status + ")\r");
    turnUntil(this::isAtPrompt);
    return Integer.parseInt(status);
  }

  private boolean isAtPrompt() {
    return console.awaitsInput() && isIdle();
  }

  /** Whether all programs wait, and have printed all that is expected of them. */
  private boolean isIdleAndHasMet(Expectation expected, String echo) {
    return isIdle() && expected.isMetBy(transcript.lines(echo, false));
  }

  private boolean isIdle() {
    return world.scheduler().nextDeadline() == Clock.NEVER;
  }

  /** Turns the world until {@code done}; false if that never comes, or not in time. */
  private boolean turnUntil(BooleanSupplier done) {
    overtime = false;
    deadline = world.now() + MAX_VIRTUAL_NANOS;
    Timer limit = world.timers().timer(_ -> {});
    if (world.loop().clock() instanceof RealClock) {
      limit.arm(world.now() + Math.max(0, limitNanos - machineClock.now()));
    }
    boolean arrived = world.loop().runUntil(() -> done.getAsBoolean() || isOvertime());
    limit.cancel();
    progress.clear();
    return arrived && !overtime;
  }

  private boolean isOvertime() {
    progress.tick();
    overtime = transcript.isTooLong() || world.now() > deadline || machineClock.now() > limitNanos;
    return overtime;
  }

  @Override
  public void close() {
    engine.close();
  }
}
