package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import dev.dockwire.time.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The Docker engine. Every call is made by whoever runs in turn with the fabric: a program, or a
 * task of the loop.
 */
public final class Engine {

  /** How long {@code docker stop} waits before it kills. */
  public static final long DEFAULT_STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int EXIT_CANNOT_START = 128;

  private final World world;
  private final DockerHost dockerHost;
  private final Images images = new Images();
  private final Ids ids;
  private final RandomNames names;
  private final Networks networks;
  private final Links links;
  private final ContainerNetworking networking;
  private final Map<String, Container> byId = new LinkedHashMap<>();
  private final TreeMap<String, Container> sortedById = new TreeMap<>();
  private final Map<String, Container> byName = new LinkedHashMap<>();

  /** Hears which name an address belongs to, when it is given out. */
  @FunctionalInterface
  public interface NameListener {
    void named(Ipv4Address address, String name);
  }

  public Engine(World world) {
    this.world = world;
    this.ids = new Ids(world.seed().generator("ids"));
    this.names = new RandomNames(world.seed().generator("names"));
    this.dockerHost = new DockerHost(world, new FileTree(images.hostFiles()));
    this.networks =
        new Networks(world, dockerHost, ids, new AddressPools(AddressPools.DEFAULTS, false));
    this.links = new Links(networks);
    this.networking = new ContainerNetworking(world, dockerHost, networks, links, ids);
  }

  /**
   * Makes a container without starting it.
   *
   * @throws EngineException 400 for a bad name, 404 for an unknown image, 409 for a name in use
   */
  public Container create(ContainerSpec spec) {
    Image image = images.find(spec.image());
    spec.name().ifPresent(this::checkName);
    networking.checkAddresses(spec);
    List<Links.Resolved> resolvedLinks = links.resolve(spec, this::container);
    String name = spec.name().orElseGet(() -> names.next(byName::containsKey));
    Container container = new Container(ids.next(), name, spec, image, world.now());
    byId.put(container.id(), container);
    sortedById.put(container.id(), container);
    byName.put(name, container);
    links.add(container, resolvedLinks);
    return container;
  }

  private void checkName(String name) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    Container owner = byName.get(name);
    if (owner != null) {
      throw new EngineException(
          EngineException.CONFLICT,
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + owner.id()
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
  }

  /**
   * Starts a container; nothing happens if it runs.
   *
   * @throws EngineException 400 if its program cannot be run, 500 if there is no address left
   */
  public void start(Container container) {
    if (container.isRunning()) {
      return;
    }
    List<String> commandLine = container.commandLine();
    Map<String, String> environment;
    Program program;
    List<Endpoint> endpoints;
    try {
      links.check(container);
      environment = environment(container);
      program =
          Executables.find(
              container.files(), environment.get("PATH"), commandLine.getFirst(), "create");
      endpoints = networking.connectAll(container);
    } catch (EngineException e) {
      container.failedToStart(Executables.exitCodeOf(e).orElse(EXIT_CANNOT_START), e.getMessage());
      throw e;
    }
    Host host = networking.newHost(container, endpoints);
    Process process =
        host.processes()
            .start(
                program, null, new ProcessSpec(commandLine, environment, "/", container.stdio()));
    container.tty().ifPresent(tty -> tty.foreground(List.of(process)));
    container.started(new Container.Run(host, process), endpoints, world.now());
    links.targetStarted(container);
    process.onEnd(() -> ended(container, process));
  }

  /** The environment of a container's processes, in Docker's order. */
  private Map<String, String> environment(Container container) {
    Map<String, String> environment = new LinkedHashMap<>();
    putAll(environment, container.image().environment());
    environment.put("HOSTNAME", container.hostname());
    if (container.spec().tty()) {
      environment.put("TERM", "xterm");
    }
    putAll(environment, links.environment(container));
    putAll(environment, container.spec().environment());
    environment.putIfAbsent("HOME", "/root");
    return environment;
  }

  private static void putAll(Map<String, String> environment, List<String> assignments) {
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals > 0) {
        environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
    }
  }

  private void ended(Container container, Process process) {
    container.endpoints().forEach(networking::disconnect);
    container.tty().ifPresent(Tty::hangUp);
    container.ended(process.exitStatus(), world.now());
  }

  /**
   * Has a running container end: TERM, and KILL after a while.
   *
   * <p>Returns at once; {@link Container#changed} tells when it has ended.
   */
  public void stop(Container container, long graceNanos) {
    container
        .run()
        .ifPresent(
            run -> {
              run.process().signal(Signal.TERM);
              Timer kill = world.timers().timer(_ -> run.process().signal(Signal.KILL));
              kill.arm(world.now() + graceNanos);
              run.process().onEnd(kill::cancel);
            });
  }

  /**
   * Sends a signal to a container's first process.
   *
   * @throws EngineException 409 if it does not run
   */
  public void kill(Container container, Signal signal) {
    runOf(container).process().signal(signal);
  }

  /**
   * Removes a container that does not run; with {@code force}, kills it first.
   *
   * @throws EngineException 409 if it runs
   */
  public void remove(Container container, boolean force) {
    if (container.isRunning()) {
      if (!force) {
        throw new EngineException(
            EngineException.CONFLICT,
            "cannot remove container \""
                + container.name()
                + "\": container is running: stop the container before removing or force remove");
      }
      Process process = runOf(container).process();
      process.signal(Signal.KILL);
      process.onEnd(() -> forget(container));
    } else {
      forget(container);
    }
  }

  private void forget(Container container) {
    byId.remove(container.id());
    sortedById.remove(container.id());
    byName.remove(container.name());
    links.forget(container);
    container.removed();
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
    Container.Run run = runOf(container);
    links.check(container);
    Map<String, String> ofExec = environment(container);
    if (tty.isPresent()) {
      ofExec.put("TERM", "xterm");
    } else {
      ofExec.remove("TERM");
    }
    putAll(ofExec, environment);
    Program program =
        Executables.find(container.files(), ofExec.get("PATH"), commandLine.getFirst(), "exec");
    Process process =
        run.host()
            .processes()
            .start(program, null, new ProcessSpec(commandLine, ofExec, "/", stdio));
    tty.ifPresent(terminal -> terminal.foreground(List.of(process)));
    return process;
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

  private static Container.Run runOf(Container container) {
    return container
        .run()
        .orElseThrow(
            () ->
                new EngineException(
                    EngineException.CONFLICT, "container " + container.id() + " is not running"));
  }

  /**
   * Finds a container by id, name or the unambiguous beginning of an id.
   *
   * @throws EngineException 404
   */
  public Container container(String reference) {
    Container exact = byId.get(reference);
    if (exact == null) {
      exact = byName.get(reference.startsWith("/") ? reference.substring(1) : reference);
    }
    return exact != null ? exact : byIdPrefix(reference);
  }

  private Container byIdPrefix(String prefix) {
    List<Container> matches =
        prefix.isEmpty()
            ? List.of()
            : sortedById.subMap(prefix, prefix + Character.MAX_VALUE).values().stream()
                .limit(2)
                .toList();
    if (matches.size() != 1) {
      throw new EngineException(EngineException.NOT_FOUND, "No such container: " + prefix);
    }
    return matches.getFirst();
  }

  /** Every name of a container: its own, then those that links have given it. */
  public List<String> namesOf(Container container) {
    List<String> names = new ArrayList<>(links.namesOf(container));
    names.addFirst(container.name());
    return names;
  }

  /** The legacy links of a container, as {@code /a1:/a2/alpine1}: target, then its name in this. */
  public List<String> linksOf(Container container) {
    return links.linksOf(container);
  }

  /** All containers, the newest first. */
  public List<Container> containers() {
    return new ArrayList<>(byId.values()).reversed();
  }

  /** Ends everything that runs, so that nothing of this engine is left. */
  public void close() {
    for (Container container : containers()) {
      container.run().ifPresent(run -> run.process().signal(Signal.KILL));
    }
    dockerHost.host().processes().killAll();
    world.loop().runUntil(() -> isIdle());
  }

  private boolean isIdle() {
    return dockerHost.host().processes().list().isEmpty()
        && byId.values().stream().noneMatch(Container::isRunning);
  }

  public World world() {
    return world;
  }

  public DockerHost dockerHost() {
    return dockerHost;
  }

  public Images images() {
    return images;
  }

  public Networks networks() {
    return networks;
  }

  /** Tells {@code listener} which names the addresses have, now and from now on. */
  public void onName(NameListener listener) {
    networking.onName(listener::named);
    listener.named(dockerHost.address(), "docker");
    for (Network network : networks.list()) {
      network.segment().ifPresent(segment -> listener.named(segment.gateway(), "docker"));
      network.endpoints().values().forEach(endpoint -> name(endpoint, listener));
    }
  }

  private static void name(Endpoint endpoint, NameListener listener) {
    endpoint
        .wire()
        .ifPresent(wire -> listener.named(wire.address().address(), endpoint.container().name()));
  }
}
