package dev.dockwire.engine;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.ProcessSpec;
import dev.dockwire.host.Program;
import dev.dockwire.host.Signal;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.Route;
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

  private static final Ipv4Prefix DEFAULT_SUBNET = Ipv4Prefix.parse("172.17.0.0/16");
  private static final Ipv4Prefix ANYWHERE = Ipv4Prefix.parse("0.0.0.0/0");
  private static final int EXIT_CANNOT_START = 128;

  private final World world;
  private final DockerHost dockerHost;
  private final Images images = new Images();
  private final Ids ids;
  private final RandomNames names;
  private final Network bridge;
  private final Map<String, Container> byId = new LinkedHashMap<>();
  private final TreeMap<String, Container> sortedById = new TreeMap<>();
  private final Map<String, Container> byName = new LinkedHashMap<>();
  private NameListener nameListener = (address, name) -> {};

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
    this.bridge = new Network(ids.next(), "bridge", "docker0", DEFAULT_SUBNET, world.fabric());
    bridge.attachHost(dockerHost, world.now());
  }

  /**
   * Makes a container without starting it.
   *
   * @throws EngineException 400 for a bad name, 404 for an unknown image, 409 for a name in use
   */
  public Container create(ContainerSpec spec) {
    Image image = images.find(spec.image());
    spec.name().ifPresent(this::checkName);
    String name = spec.name().orElseGet(() -> names.next(byName::containsKey));
    Container container = new Container(ids.next(), name, spec, image, world.now());
    byId.put(container.id(), container);
    sortedById.put(container.id(), container);
    byName.put(name, container);
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
    Map<String, String> environment = environment(container);
    Program program;
    Endpoint endpoint;
    try {
      program =
          Executables.find(
              container.files(), environment.get("PATH"), commandLine.getFirst(), "create");
      endpoint = bridge.connect(container, ids.next(), "eth0");
    } catch (EngineException e) {
      container.failedToStart(Executables.exitCodeOf(e).orElse(EXIT_CANNOT_START));
      throw e;
    }
    Host host = newHost(container, endpoint);
    Process process =
        host.processes()
            .start(
                program, null, new ProcessSpec(commandLine, environment, "/", container.stdio()));
    container.tty().ifPresent(tty -> tty.foreground(List.of(process)));
    container.started(new Container.Run(host, process, container.tty(), endpoint), world.now());
    process.onEnd(() -> ended(container, process));
  }

  private Host newHost(Container container, Endpoint endpoint) {
    HostStack stack = DockerHost.newStack(world, container.name());
    StackInterface eth0 = stack.attach(endpoint.nic());
    eth0.address(endpoint.address(), world.now());
    Network network = endpoint.network();
    stack
        .routes()
        .add(new Route(ANYWHERE, network.gateway(), eth0, endpoint.address().address(), 0));
    HostFiles.writeHosts(
        container.files(), endpoint.address().address(), List.of(container.shortId()));
    HostFiles.writeHostname(container.files(), container.shortId());
    HostFiles.writeResolvConf(
        container.files(), dockerHost.host().files().readText("/etc/resolv.conf"));
    nameListener.named(endpoint.address().address(), container.name());
    eth0.announce(world.now());
    return new Host(world, container.name(), container.shortId(), stack, container.files());
  }

  /** The environment of a container's processes, in Docker's order. */
  private static Map<String, String> environment(Container container) {
    Map<String, String> environment = new LinkedHashMap<>();
    putAll(environment, container.image().environment());
    environment.put("HOSTNAME", container.shortId());
    if (container.spec().tty()) {
      environment.put("TERM", "xterm");
    }
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
    container.run().ifPresent(run -> run.endpoint().network().disconnect(container));
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

  /** The default network. */
  public Network bridge() {
    return bridge;
  }

  /** Tells {@code listener} which names the addresses have, now and from now on. */
  public void onName(NameListener listener) {
    nameListener = listener;
    listener.named(dockerHost.address(), "docker");
    listener.named(bridge.gateway(), "docker");
    for (Container container : byId.values()) {
      container
          .endpoint()
          .ifPresent(endpoint -> listener.named(endpoint.address().address(), container.name()));
    }
  }
}
