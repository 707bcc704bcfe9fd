package dev.dockwire.engine;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.engine.image.Executables;
import dev.dockwire.engine.image.Image;
import dev.dockwire.engine.image.Images;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Process;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The Docker engine. Every call is made by whoever runs in turn with the fabric: a program, or a
 * task of the loop.
 */
public final class Engine {

  /** How long {@code docker stop} waits before it kills. */
  public static final long DEFAULT_STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final World world;
  private final EngineSettings settings;
  private final DockerHost dockerHost;
  private final Images images = new Images();
  private final Events events;
  private final Networks networks;
  private final Links links;
  private final Containers containers;
  private final AddressNames addressNames;
  private final ContainerNetworking networking;
  private final Lifecycle lifecycle;
  private final Execs execs;
  private final Persistence persistence;
  private Consumer<String> changeListener = _ -> {};

  /** Hears which name an address belongs to, when it is given out. */
  @FunctionalInterface
  public interface NameListener {
    void named(Ipv4Address address, String name);
  }

  /** An engine as dockerd is when nothing is said. */
  public Engine(World world) {
    this(world, EngineSettings.DEFAULT);
  }

  public Engine(World world, EngineSettings settings) {
    this.world = world;
    this.settings = settings;
    Ids ids = new Ids(world.seed().generator("ids"));
    this.events = new Events(world::epochNanos);
    this.dockerHost = new DockerHost(world, new FileTree(images.hostFiles()));
    this.networks = new Networks(world, dockerHost, ids, settings, events);
    this.links = new Links(networks);
    if (!settings.icc()) {
      isolateDefaultBridge();
    }
    ContainerStore store = new ContainerStore();
    this.containers =
        new Containers(world, images, networks, links, store, ids, events, this::changed);
    this.addressNames = new AddressNames(dockerHost);
    this.networking =
        new ContainerNetworking(
            world,
            settings.compat(),
            dockerHost,
            networks,
            links,
            addressNames,
            ids,
            containers::find);
    ContainerPrograms programs = new ContainerPrograms(links);
    this.lifecycle = new Lifecycle(world, links, networking, programs, events, containers::forget);
    Ids execIds = new Ids(world.seed().generator("exec-ids"));
    this.execs = new Execs(execIds, lifecycle, links, programs, events);
    this.persistence = new Persistence(world, images, ids, execIds, networks, store, links);
    networks.onChange(this::changed);
  }

  private void changed(String id) {
    changeListener.accept(id);
  }

  private void isolateDefaultBridge() {
    InterContainerFilter filter = new InterContainerFilter();
    Bridge bridge = networks.bridge().segment().orElseThrow().bridge();
    bridge.filter(filter);
    links.onChange(
        () -> {
          filter.open(links.openPorts());
          networks.rules().linked(links.openPorts(), bridge.name());
        });
  }

  /**
   * Makes a container without starting it.
   *
   * @throws EngineException 400 for a bad name, 404 for an unknown image, 409 for a name in use
   */
  public Container create(ContainerSpec spec) {
    return containers.create(spec);
  }

  /**
   * Finds a signal by name, with or without {@code SIG}, or by number.
   *
   * @throws EngineException 400
   */
  public static Signal signal(String name) {
    return Signal.find(name)
        .orElseThrow(
            () -> new EngineException(EngineException.BAD_REQUEST, "invalid signal: " + name));
  }

  /**
   * Starts a container; nothing happens if it runs.
   *
   * @return whether it was started
   * @throws EngineException 400 if its program cannot be run, 500 if there is no address left
   */
  public boolean start(Container container) {
    return lifecycle.start(container);
  }

  private static Signal stopSignal(Container container) {
    return container.stopSignal().map(Engine::signal).orElse(Signal.TERM);
  }

  /**
   * Has a running container end: a signal, TERM unless it was created with another, and KILL after
   * a while.
   *
   * <p>Returns at once; {@link Container#changed} tells when it has ended.
   */
  public void stop(Container container, long graceNanos) {
    lifecycle.stop(container, stopSignal(container), OptionalLong.of(graceNanos));
  }

  /**
   * Has a running container end.
   *
   * @param signal what asks it to; its own if nothing is said
   * @param graceNanos after how long it is killed; empty for never
   */
  public void stop(Container container, Optional<Signal> signal, OptionalLong graceNanos) {
    lifecycle.stop(container, signal.orElseGet(() -> stopSignal(container)), graceNanos);
  }

  /**
   * Stops a container, if it runs, and starts it; returns at once.
   *
   * @param done hears why it could not be started, or nothing
   */
  public void restart(
      Container container,
      Optional<Signal> signal,
      OptionalLong graceNanos,
      Consumer<Optional<EngineException>> done) {
    lifecycle.restart(container, signal.orElseGet(() -> stopSignal(container)), graceNanos, done);
  }

  /**
   * Sends a signal to a container's first process.
   *
   * @throws EngineException 409 if it does not run
   */
  public void kill(Container container, Signal signal) {
    lifecycle.kill(container, signal);
  }

  /**
   * Keeps a container's processes from running. Its stack goes on: like a frozen container's
   * kernel, it answers ARP and pings.
   *
   * @throws EngineException 409 if it does not run, or is paused
   */
  public void pause(Container container) {
    lifecycle.pause(container);
  }

  /**
   * Has a paused container's processes go on.
   *
   * @throws EngineException 500 if it is not paused
   */
  public void unpause(Container container) {
    lifecycle.unpause(container);
  }

  /**
   * Gives a container another name.
   *
   * @throws EngineException 400 if that is none, or its own; 409 if it is in use
   */
  public void rename(Container container, String newName) {
    containers.rename(container, newName);
    container.endpoints().forEach(addressNames::tellOf);
  }

  /**
   * Removes a container that does not run; with {@code force}, kills it first.
   *
   * @throws EngineException 409 if it runs
   */
  public void remove(Container container, boolean force) {
    lifecycle.remove(container, force);
  }

  /**
   * Changes what happens when a container has ended.
   *
   * @throws EngineException 400 if there is no such policy; 409 if it is to be removed then
   */
  public void update(Container container, RestartPolicy policy) {
    containers.update(container, policy);
  }

  /**
   * Removes a link, and its lines in the container that has it.
   *
   * @param name as in {@code /a2/a1}: what a2 calls a1
   * @throws EngineException 404 if there is no such link; 500 if it is a container's own name
   */
  public void removeLink(String name) {
    containers.removeLink(name);
  }

  /**
   * Removes all containers that do not run; returns their ids.
   *
   * @param meant says which of them may go
   */
  public List<String> prune(Predicate<Container> meant) {
    List<String> removed = new ArrayList<>();
    for (Container container : containers()) {
      if (!container.isRunning() && meant.test(container)) {
        remove(container, false);
        removed.add(container.id());
      }
    }
    events.pruned(Event.Type.CONTAINER);
    return removed;
  }

  /**
   * Starts another program in a running container.
   *
   * @param environment {@code NAME=value}, added to the container's
   * @throws EngineException 409 if the container does not run; 400 if the program cannot be run
   */
  public Process exec(
      Container container,
      List<String> commandLine,
      List<String> environment,
      Optional<Tty> tty,
      Stdio stdio) {
    return exec(container, commandLine, environment, Optional.empty(), tty, stdio);
  }

  /**
   * Starts another program in a running container.
   *
   * @param environment {@code NAME=value}, added to the container's
   * @param workingDirectory where it starts; where the container's own program does if not said
   * @throws EngineException 409 if the container does not run; 400 if the program cannot be run
   */
  public Process exec(
      Container container,
      List<String> commandLine,
      List<String> environment,
      Optional<String> workingDirectory,
      Optional<Tty> tty,
      Stdio stdio) {
    String execId = createExec(container, commandLine);
    return startExec(execId, container, commandLine, environment, workingDirectory, tty, stdio);
  }

  /**
   * Says that a program will be started in a running container.
   *
   * @return what {@link #startExec} starts it by
   * @throws EngineException 409 if the container does not run
   */
  public String createExec(Container container, List<String> commandLine) {
    return execs.create(container, commandLine);
  }

  /**
   * Starts a program that {@link #createExec} announced; the rest is as in {@link #exec}.
   *
   * @throws EngineException 409 if the container does not run; 400 if the program cannot be run
   */
  public Process startExec(
      String execId,
      Container container,
      List<String> commandLine,
      List<String> environment,
      Optional<String> workingDirectory,
      Optional<Tty> tty,
      Stdio stdio) {
    return execs.start(execId, container, commandLine, environment, workingDirectory, tty, stdio);
  }

  /**
   * A container's files, to copy from and to.
   *
   * @throws EngineException 404
   */
  public ContainerArchive archive(String reference) {
    return new ContainerArchive(container(reference), reference, events);
  }

  /** A client has attached itself to a container's streams, or is about to. */
  public void attached(Container container) {
    events.container(container, "attach");
  }

  /** A client has left a container's terminal by the keys for it. */
  public void detached(Container container) {
    events.container(container, "detach");
  }

  /** A client has left the terminal of a program that {@link #startExec} started. */
  public void detachedFromExec(Container container, String execId) {
    events.container(container, "exec_detach", Map.of("execID", execId));
  }

  /** Changes the size of a container's terminal, if it has one. */
  public void resize(Container container, int rows, int columns) {
    container.tty().ifPresent(tty -> tty.resize(rows, columns));
    events.container(
        container,
        "resize",
        Map.of("height", Integer.toString(rows), "width", Integer.toString(columns)));
  }

  /**
   * Has an image here; there is no registry.
   *
   * @throws EngineException 404
   */
  public Image pull(String reference) {
    Image image = images.find(reference);
    events.pulled(image);
    return image;
  }

  /**
   * What runs in a container.
   *
   * @throws EngineException 409 if it does not run
   */
  public List<Process> processes(Container container) {
    List<Process> processes = lifecycle.hostOf(container).processes().list();
    events.container(container, "top");
    return processes;
  }

  /** The exit code of a container or exec that was refused because its program cannot be run. */
  public static OptionalInt exitCodeOf(EngineException refusal) {
    return Executables.exitCodeOf(refusal);
  }

  /**
   * Attaches a container to one more network.
   *
   * @throws EngineException with Docker's reason
   */
  public void connect(Network network, Container container, Attachment attachment) {
    networking.connect(container, network, attachment);
  }

  /**
   * Detaches a container from a network.
   *
   * @throws EngineException with Docker's reason
   */
  public void disconnect(Network network, Container container) {
    networking.disconnect(container, network);
  }

  /**
   * Finds a container by id, name, the unambiguous beginning of an id, or what another one that is
   * linked to it calls it: {@code a2/a1}.
   *
   * @throws EngineException 404
   */
  public Container container(String reference) {
    return containers.find(reference);
  }

  /** Every name of a container: its own, then those that links have given it. */
  public List<String> namesOf(Container container) {
    return containers.namesOf(container);
  }

  /** The legacy links of a container, as {@code /a1:/a2/alpine1}: target, then its name in this. */
  public List<String> linksOf(Container container) {
    return links.linksOf(container);
  }

  /** All containers, the newest first. */
  public List<Container> containers() {
    return containers.list();
  }

  /** What of this engine outlives it. */
  public EngineState state() {
    return persistence.state();
  }

  /** What {@link #state} has of one network; empty if it has none with this id. */
  public Optional<NetworkState> networkState(String id) {
    return persistence.network(id);
  }

  /** What {@link #state} has of one container; empty if it has none with this id. */
  public Optional<ContainerState> containerState(String id) {
    return persistence.container(id);
  }

  /**
   * Has in this engine, which has nothing yet, what an earlier one had. Nothing of it runs until
   * {@link #startAgain}; what ran has ended with exit code 255.
   *
   * @throws EngineException if the state contradicts itself or this engine's settings; then this
   *     engine is of no use
   */
  public void restore(EngineState state) {
    persistence.restore(state, this::changed);
  }

  /**
   * After {@link #restore}: starts what its restart policy has run whenever an engine does, and
   * removes what was to be removed when it ended.
   */
  public void startAgain() {
    persistence.startAgain(lifecycle);
  }

  /**
   * Hears, each time, the id of the network or container of which {@link #state} has something else
   * now, or no more, or is about to.
   */
  public void onChange(Consumer<String> listener) {
    changeListener = listener;
  }

  /** Ends everything that runs, so that nothing of this engine is left. */
  public void close() {
    lifecycle.close(containers());
    dockerHost.host().processes().killAll();
    world.loop().runUntil(this::isIdle);
  }

  private boolean isIdle() {
    return dockerHost.host().processes().list().isEmpty()
        && containers().stream().noneMatch(Container::isRunning);
  }

  public World world() {
    return world;
  }

  public EngineSettings settings() {
    return settings;
  }

  public DockerHost dockerHost() {
    return dockerHost;
  }

  /** What has happened so far, and happens from now on. */
  public Events events() {
    return events;
  }

  public Images images() {
    return images;
  }

  public Networks networks() {
    return networks;
  }

  /** Tells {@code listener} which names the addresses have, now and from now on. */
  public void onName(NameListener listener) {
    addressNames.tell(listener, networks.list());
  }
}
