package dev.dockwire.engine;

import dev.dockwire.engine.image.Executables;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import dev.dockwire.time.Clock;
import dev.dockwire.time.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A container's way from state to state: starting, pausing, ending by itself or by a user, coming
 * back by its restart policy, and being removed when it has ended.
 *
 * <p>What takes time returns at once; {@link Container#changed} tells when it has happened.
 */
final class Lifecycle {

  private static final int EXIT_CANNOT_START = 128;

  private final World world;
  private final Links links;
  private final ContainerNetworking networking;
  private final ContainerPrograms programs;
  private final Events events;
  private final Consumer<Container> forget;

  /** The containers that wait for their next start. */
  private final Map<Container, Timer> restarting = new LinkedHashMap<>();

  /** Those that end only to be started again by a user, so that they are not removed. */
  private final Set<Container> comingBack = new LinkedHashSet<>();

  /** Those that end because a user wants it: Docker says so before it says that they died. */
  private final Set<Container> stopping = new LinkedHashSet<>();

  /** What is to happen when containers that still run have ended. */
  private final Map<Container, List<Runnable>> afterEnd = new LinkedHashMap<>();

  /** Those whose first process has ended and whose last frames are still on their way. */
  private final Map<Container, Departure> departures = new LinkedHashMap<>();

  private boolean closing;

  /**
   * @param forget takes a container that does not run out of all books
   */
  Lifecycle(
      World world,
      Links links,
      ContainerNetworking networking,
      ContainerPrograms programs,
      Events events,
      Consumer<Container> forget) {
    this.events = events;
    this.world = world;
    this.links = links;
    this.networking = networking;
    this.programs = programs;
    this.forget = forget;
  }

  /** Returns whether it did not run already. */
  boolean start(Container container) {
    Departure departure = departures.get(container);
    if (departure != null) {
      departure.cutShort();
    }
    if (container.state() == Container.State.PAUSED) {
      throw conflict("cannot start a paused container, try unpause instead");
    }
    if (container.state() == Container.State.REMOVED) {
      throw new EngineException(EngineException.NOT_FOUND, "No such container: " + container.id());
    }
    if (container.isRunning()) {
      return false;
    }
    container.restarts().startedByUser();
    try {
      run(container);
      return true;
    } catch (EngineException e) {
      if (container.spec().autoRemove()) {
        forget.accept(container);
      }
      throw e;
    }
  }

  private void run(Container container) {
    ContainerPrograms.First first;
    List<Endpoint> endpoints;
    Host host;
    try {
      links.check(container);
      first = programs.first(container);
      endpoints = networking.connectAll(container);
      host = networking.newHost(container, endpoints);
    } catch (EngineException e) {
      container.failedToStart(Executables.exitCodeOf(e).orElse(EXIT_CANNOT_START), e.getMessage());
      throw e;
    }
    Process process = host.processes().start(first.program(), null, first.spec());
    process.onEnd(() -> leave(container, process));
    container.tty().ifPresent(tty -> tty.foreground(List.of(process)));
    container.started(new Container.Run(host, process), endpoints, world.now());
    links.targetStarted(container);
    events.container(container, "start");
  }

  /** Its first process has ended; it runs until its wires are taken up. */
  private void leave(Container container, Process process) {
    Host host = container.host().orElseThrow();
    long endedAt = world.now();
    if (container.endpoints().stream().anyMatch(endpoint -> endpoint.wire().isPresent())) {
      Departure departure = new Departure(world, host, () -> ended(container, process, endedAt));
      departures.put(container, departure);
      departure.begin(endedAt);
    } else {
      ended(container, process, endedAt);
    }
  }

  private static boolean isLeaving(Container container) {
    return container.run().isPresent() && container.run().get().process().hasEnded();
  }

  private void ended(Container container, Process process, long endedAt) {
    departures.remove(container);
    networking.disconnectAll(container);
    container.tty().ifPresent(Tty::hangUp);
    long ran = endedAt - container.startedAt();
    OptionalLong delay =
        closing ? OptionalLong.empty() : container.restarts().delayAfter(process.exitStatus(), ran);
    container.ended(
        process.exitStatus(),
        delay.isPresent() ? Container.State.RESTARTING : Container.State.EXITED,
        endedAt);
    if (stopping.remove(container)) {
      events.container(container, "stop");
    }
    events.container(
        container,
        "die",
        Map.of(
            "execDuration",
            Long.toString(TimeUnit.NANOSECONDS.toSeconds(ran)),
            "exitCode",
            Integer.toString(process.exitStatus())));
    if (delay.isPresent()) {
      Timer timer = world.timers().timer(_ -> comeBack(container));
      restarting.put(container, timer);
      timer.arm(world.now() + delay.getAsLong());
    } else if (container.spec().autoRemove() && !comingBack.contains(container)) {
      forget.accept(container);
    }
    List<Runnable> waiting = afterEnd.remove(container);
    if (waiting != null) {
      waiting.forEach(Runnable::run);
    }
  }

  private void whenEnded(Container container, Runnable then) {
    afterEnd.computeIfAbsent(container, _ -> new ArrayList<>(1)).add(then);
  }

  private void comeBack(Container container) {
    restarting.remove(container);
    try {
      run(container);
    } catch (EngineException refused) {
      // As in Docker, the reason stays in the container's state, and it is not tried again.
      container.staysEnded();
    }
  }

  /** Whether it waited for its next start; now it does no more. */
  private boolean cancelRestart(Container container) {
    Timer timer = restarting.remove(container);
    if (timer == null) {
      return false;
    }
    timer.cancel();
    container.staysEnded();
    return true;
  }

  void stop(Container container, Signal signal, OptionalLong graceNanos) {
    container.stoppedByUser();
    if (cancelRestart(container) || container.run().isEmpty() || isLeaving(container)) {
      return;
    }
    Process process = container.run().get().process();
    stopping.add(container);
    signal(container, process, signal);
    if (graceNanos.isPresent()) {
      Timer kill = world.timers().timer(_ -> signal(container, process, Signal.KILL));
      kill.arm(world.now() + Math.min(graceNanos.getAsLong(), Clock.NEVER - world.now()));
      process.onEnd(kill::cancel);
    }
  }

  void kill(Container container, Signal signal) {
    if (isLeaving(container)) {
      return;
    }
    if (!container.isRunning()) {
      throw conflict(
          "cannot kill container: "
              + container.name()
              + ": container "
              + container.id()
              + " is not running");
    }
    boolean meansEnd =
        signal == Signal.KILL
            || container
                .stopSignal()
                .map(name -> Signal.find(name).equals(Optional.of(signal)))
                .orElse(true);
    if (meansEnd) {
      container.stoppedByUser();
    }
    if (!cancelRestart(container)) {
      signal(container, container.run().orElseThrow().process(), signal);
    }
  }

  /**
   * Has containers end with their engine: none comes back, and none counts as stopped by a user.
   */
  void close(List<Container> containers) {
    closing = true;
    for (Container container : containers) {
      if (!cancelRestart(container) && container.run().isPresent() && !isLeaving(container)) {
        signal(container, container.run().get().process(), Signal.KILL);
      }
    }
  }

  /** A signal that means the end of a paused container has it go on, as in Docker. */
  private void signal(Container container, Process process, Signal signal) {
    events.container(container, "kill", Map.of("signal", Integer.toString(signal.number())));
    process.signal(signal);
    if (container.state() == Container.State.PAUSED) {
      unpause(container);
    }
  }

  void pause(Container container) {
    switch (container.state()) {
      case RUNNING -> {
        container.host().orElseThrow().processes().freeze();
        container.paused(true);
        events.container(container, "pause");
      }
      case PAUSED -> throw conflict("Container " + container.id() + " is already paused");
      case RESTARTING -> throw isRestarting(container);
      default -> throw isNotRunning(container);
    }
  }

  void unpause(Container container) {
    if (container.state() != Container.State.PAUSED) {
      throw new EngineException(
          EngineException.INTERNAL, "Container " + container.id() + " is not paused");
    }
    container.paused(false);
    container.host().orElseThrow().processes().thaw();
    events.container(container, "unpause");
  }

  /**
   * Stops and starts.
   *
   * @param done hears why it could not be started, or nothing
   */
  void restart(
      Container container,
      Signal signal,
      OptionalLong graceNanos,
      Consumer<Optional<EngineException>> done) {
    Optional<Process> process = container.run().map(Container.Run::process);
    comingBack.add(container);
    stop(container, signal, graceNanos);
    process.ifPresentOrElse(
        running -> whenEnded(container, () -> done.accept(startAfterStop(container))),
        () -> done.accept(startAfterStop(container)));
  }

  private Optional<EngineException> startAfterStop(Container container) {
    comingBack.remove(container);
    try {
      start(container);
      events.container(container, "restart");
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(
          new EngineException(
              e.status(), "Cannot restart container " + container.name() + ": " + e.getMessage()));
    }
  }

  void remove(Container container, boolean force) {
    if (container.isRunning() && !isLeaving(container) && !force) {
      throw conflict("cannot remove container \"" + container.name() + "\": " + whyNot(container));
    }
    container.stoppedByUser();
    cancelRestart(container);
    Optional<Process> process = container.run().map(Container.Run::process);
    if (process.isPresent()) {
      if (!isLeaving(container)) {
        signal(container, process.get(), Signal.KILL);
      }
      // Whoever restarts it at the same time may have been first.
      whenEnded(container, () -> remove(container, true));
    } else {
      forget.accept(container);
    }
  }

  private static String whyNot(Container container) {
    return switch (container.state()) {
      case PAUSED -> "container is paused and must be unpaused first";
      case RESTARTING ->
          "container is restarting: stop the container before removing or force remove";
      default -> "container is running: stop the container before removing or force remove";
    };
  }

  /**
   * The container's present run, for whoever wants to do something in it.
   *
   * @throws EngineException 409 if there is none, or if it is paused
   */
  Container.Run runForExec(Container container) {
    if (isLeaving(container)) {
      throw isNotRunning(container);
    }
    return switch (container.state()) {
      case PAUSED ->
          throw conflict(
              "Container " + container.name() + " is paused, unpause the container before exec");
      case RESTARTING -> throw isRestarting(container);
      default -> container.run().orElseThrow(() -> isNotRunning(container));
    };
  }

  /**
   * The host of a container that runs, paused or not.
   *
   * @throws EngineException 409 if there is none
   */
  Host hostOf(Container container) {
    if (container.state() == Container.State.RESTARTING) {
      throw isRestarting(container);
    }
    return container.host().orElseThrow(() -> isNotRunning(container));
  }

  private static EngineException isRestarting(Container container) {
    return conflict(
        "Container " + container.id() + " is restarting, wait until the container is running");
  }

  private static EngineException isNotRunning(Container container) {
    return conflict("container " + container.id() + " is not running");
  }

  private static EngineException conflict(String message) {
    return new EngineException(EngineException.CONFLICT, message);
  }
}
