package dev.dockwire.engine;

import dev.dockwire.engine.image.Image;
import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.engine.spec.PortBinding;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.engine.stream.ContainerLogs;
import dev.dockwire.engine.stream.ContainerStreams;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.WaitQueue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** A container: its definition, its files, and, while it runs, its host and endpoint. */
public final class Container {

  /** Where a container is in its life. */
  public enum State {
    CREATED,
    RUNNING,
    PAUSED,
    /** It has ended, and its restart policy will start it again in a moment. */
    RESTARTING,
    EXITED,
    REMOVED
  }

  /** What exists only while the container runs. */
  record Run(Host host, Process process) {}

  private final String id;
  private final Image image;
  private final long createdAt;
  private final FileTree files;
  private final WaitQueue changed = new WaitQueue();
  private final ContainerStreams streams;
  private final Restarts restarts;
  private final List<Attachment> attachments;
  private final List<Endpoint> endpoints = new ArrayList<>(1);
  private final List<String> execIds = new ArrayList<>(0);

  private String name;
  private ContainerSpec spec;
  private State state = State.CREATED;
  private Optional<Run> run = Optional.empty();
  private Optional<String> sharedHostname = Optional.empty();
  private long startedAt;
  private long finishedAt;
  private int exitCode;
  private String error = "";
  private long exits;
  private List<PublishedPort> published = List.of();
  private Runnable changeListener = () -> {};

  /**
   * @param epochNanos the wall-clock time, for the log
   */
  Container(
      String id, String name, ContainerSpec spec, Image image, long now, LongSupplier epochNanos) {
    this.id = id;
    this.name = name;
    this.spec = spec;
    this.image = image;
    this.createdAt = now;
    this.files = new FileTree(image.files());
    this.streams = new ContainerStreams(spec.tty(), spec.openStdin(), epochNanos, changed::wakeAll);
    this.restarts = new Restarts(spec.restartPolicy());
    this.attachments = new ArrayList<>(attachments(spec));
  }

  /**
   * A container of an earlier engine, as it was then.
   *
   * @param epoch the wall-clock time of the monotonic time 0
   */
  Container(ContainerState kept, Image image, long epoch, LongSupplier epochNanos) {
    this(kept.id(), kept.name(), kept.spec(), image, kept.createdAt() - epoch, epochNanos);
    attachments.clear();
    attachments.addAll(kept.attachments());
    restarts.restore(kept.restartCount(), kept.stoppedByUser());
    state = kept.state();
    startedAt = kept.startedAt() == 0 ? 0 : kept.startedAt() - epoch;
    finishedAt = kept.finishedAt() == 0 ? 0 : kept.finishedAt() - epoch;
    exitCode = kept.exitCode();
    error = kept.error();
    sharedHostname = kept.sharedHostname();
  }

  /**
   * What of it outlives its engine.
   *
   * @param links its legacy links, each with its target's id
   */
  ContainerState state(long epoch, List<Link> links) {
    return new ContainerState(
        id,
        name,
        spec,
        state,
        createdAt + epoch,
        state == State.CREATED ? 0 : startedAt + epoch,
        finishedAt == 0 ? 0 : finishedAt + epoch,
        exitCode,
        error,
        restarts.count(),
        restarts.isStoppedByUser(),
        attachments,
        links,
        sharedHostname);
  }

  /** Hears of every change of what {@link #state(long, List)} says. */
  void onChange(Runnable listener) {
    changeListener = listener;
  }

  private void stateChanged() {
    changed.wakeAll();
    changeListener.run();
  }

  /** One that shares another's network has none of its own. */
  private static List<Attachment> attachments(ContainerSpec spec) {
    if (spec.networkContainer().isPresent()) {
      return List.of();
    }
    return spec.networks().isEmpty() ? List.of(Attachment.to("bridge")) : spec.networks();
  }

  void started(Run newRun, List<Endpoint> newEndpoints, long now) {
    run = Optional.of(newRun);
    endpoints.addAll(newEndpoints);
    state = State.RUNNING;
    startedAt = now;
    exitCode = 0;
    error = "";
    stateChanged();
  }

  /**
   * Its first process has ended.
   *
   * @param next {@link State#EXITED}, or {@link State#RESTARTING}
   */
  void ended(int code, State next, long now) {
    run = Optional.empty();
    endpoints.clear();
    state = next;
    exitCode = code;
    finishedAt = now;
    exits++;
    streams.runEnded();
    stateChanged();
  }

  /** It will not start again by itself after all. */
  void staysEnded() {
    state = State.EXITED;
    stateChanged();
  }

  void paused(boolean paused) {
    state = paused ? State.PAUSED : State.RUNNING;
    stateChanged();
  }

  /** It could not be started: it stays as it was, with the exit code that says why. */
  void failedToStart(int code, String reason) {
    exitCode = code;
    error = reason;
    changeListener.run();
  }

  void removed() {
    state = State.REMOVED;
    stateChanged();
  }

  /** The standard streams of the container's first process. */
  Stdio stdio() {
    return streams.stdio();
  }

  /** Connects a client's streams to a container without a terminal. */
  public void attach(Stdio client, boolean withInput) {
    streams.attach(client, withInput);
  }

  public void detach(Stdio client) {
    streams.detach(client);
  }

  public String id() {
    return id;
  }

  public String shortId() {
    return Ids.shorten(id);
  }

  public String name() {
    return name;
  }

  void name(String newName) {
    name = newName;
    changeListener.run();
  }

  public ContainerSpec spec() {
    return spec;
  }

  public Image image() {
    return image;
  }

  /** What the container runs: the image's entry point and command, or what the user gave. */
  public List<String> commandLine() {
    return spec.entrypoint()
        .map(this::commandLineWith)
        .orElseGet(() -> image.commandLine(spec.command()));
  }

  /** Where its programs begin: what the user or the image says; empty if neither does. */
  public String workingDirectory() {
    return spec.workingDirectory().orElse(image.workingDirectory());
  }

  /** The signal that asks it to end, if the user or the image says. */
  public Optional<String> stopSignal() {
    return spec.stopSignal().or(image::stopSignal);
  }

  /** The image's own command goes with its own entry point only. */
  private List<String> commandLineWith(String entrypoint) {
    List<String> line = new ArrayList<>(spec.command());
    if (!entrypoint.isEmpty()) {
      line.addFirst(entrypoint);
    }
    return line;
  }

  /** What the container's files are, running or not. */
  public FileTree files() {
    return files;
  }

  public State state() {
    return state;
  }

  /** Docker's State.Running: true also while it is paused, and while it is about to restart. */
  public boolean isRunning() {
    return state == State.RUNNING || state == State.PAUSED || state == State.RESTARTING;
  }

  /** How many runs have ended; whoever waits for the end of one waits until this changes. */
  public long exits() {
    return exits;
  }

  /** What happens when it has ended. */
  public RestartPolicy restartPolicy() {
    return restarts.policy();
  }

  /** How often it has come back by its restart policy since a user started it. */
  public int restartCount() {
    return restarts.count();
  }

  Restarts restarts() {
    return restarts;
  }

  void restartPolicy(RestartPolicy policy) {
    spec = spec.withRestartPolicy(policy);
    restarts.policy(policy);
    changeListener.run();
  }

  /** A user has it end: it does not come back by itself. */
  void stoppedByUser() {
    restarts.stoppedByUser();
    changeListener.run();
  }

  /** Whether a new engine starts it, if it does not run. */
  boolean startsWithEngine() {
    return state == State.EXITED && restarts.startsWithEngine(exitCode);
  }

  /** What its first processes have written. */
  public ContainerLogs logs() {
    return streams.logs();
  }

  /** The terminal of this run or, when it does not run, of the next one. */
  public Optional<Tty> tty() {
    return streams.tty();
  }

  /** The virtual host; there is one while the container has processes. */
  public Optional<Host> host() {
    return run.map(Run::host);
  }

  /** Where the container is attached, running or not, in the order of attaching. */
  public List<Attachment> attachments() {
    return List.copyOf(attachments);
  }

  /** Attaches it to a network, in place of how it was before, whatever the network was called. */
  void attach(Network network, Attachment attachment) {
    attachments.removeIf(other -> isTo(other, network));
    attachments.add(attachment);
    changeListener.run();
  }

  void detach(Network network) {
    attachments.removeIf(attachment -> isTo(attachment, network));
    changeListener.run();
  }

  boolean isAttachedTo(Network network) {
    return attachments.stream().anyMatch(attachment -> isTo(attachment, network));
  }

  private static boolean isTo(Attachment attachment, Network network) {
    String reference = attachment.network();
    return reference.equals(network.name())
        || !reference.isEmpty() && network.id().startsWith(reference);
  }

  /** The ids of the programs that {@code docker exec} started and that still run. */
  public List<String> runningExecs() {
    return List.copyOf(execIds);
  }

  List<String> execIds() {
    return execIds;
  }

  /** The endpoints while it runs, in the order of connecting. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  void add(Endpoint endpoint) {
    endpoints.add(endpoint);
  }

  void remove(Endpoint endpoint) {
    endpoints.remove(endpoint);
  }

  /** Its ports that can be reached at the Docker host, while it runs. */
  public List<PublishedPort> published() {
    return published;
  }

  void published(List<PublishedPort> ports) {
    published = List.copyOf(ports);
  }

  /** The ports it says it has: of its image, of the user's, and those that are to be published. */
  public List<String> exposedPorts() {
    if (spec.exposedPorts().isEmpty() && spec.portBindings().isEmpty()) {
      return image.exposedPorts();
    }
    Set<String> ports = new LinkedHashSet<>(image.exposedPorts());
    ports.addAll(spec.exposedPorts());
    spec.portBindings().forEach(binding -> ports.add(binding.exposed()));
    return List.copyOf(ports);
  }

  /** What is published when it runs, with all that it exposes if the user wants that. */
  List<PortBinding> portBindings() {
    List<PortBinding> bindings = new ArrayList<>(spec.portBindings());
    if (spec.publishAll()) {
      List<String> asked = bindings.stream().map(PortBinding::exposed).toList();
      exposedPorts().stream()
          .filter(exposed -> !asked.contains(exposed))
          .map(PortBinding::anyFor)
          .forEach(bindings::add);
    }
    return bindings;
  }

  /** The endpoint on one network, while the container runs. */
  public Optional<Endpoint> endpointOn(Network network) {
    for (Endpoint endpoint : endpoints) {
      if (endpoint.network() == network) {
        return Optional.of(endpoint);
      }
    }
    return Optional.empty();
  }

  /**
   * The name it knows itself by: what the user gave, that of the container whose network it shares,
   * or the beginning of its id.
   */
  public String hostname() {
    return spec.hostname().or(() -> sharedHostname).orElse(shortId());
  }

  /** It shares the network of a container that is called so. */
  void shareHostname(String hostname) {
    sharedHostname = Optional.of(hostname);
  }

  /** Whom the container, and nobody else, calls so on a network: by {@code --link}. */
  Optional<String> linkTarget(String alias, Attachment attachment) {
    return Stream.concat(attachment.links().stream(), spec.links().stream())
        .filter(link -> link.alias().equalsIgnoreCase(alias))
        .map(Link::target)
        .findFirst();
  }

  /** The names in its own line of {@code /etc/hosts}: {@code a.b.c a} for a name with dots. */
  String ownNames() {
    String whole = hostname() + spec.domainname().map(domain -> "." + domain).orElse("");
    int dot = whole.indexOf('.');
    return dot > 0 ? whole + " " + whole.substring(0, dot) : whole;
  }

  Optional<Run> run() {
    return run;
  }

  /** When it was created, in monotonic nanoseconds; likewise the others. */
  public long createdAt() {
    return createdAt;
  }

  public long startedAt() {
    return startedAt;
  }

  public long finishedAt() {
    return finishedAt;
  }

  /** The exit code of the last run. */
  public int exitCode() {
    return exitCode;
  }

  /** Why the last start failed; empty if it did not. */
  public String error() {
    return error;
  }

  /** Woken whenever the state changes, or a client of its output is gone. */
  public WaitQueue changed() {
    return changed;
  }

  @Override
  public String toString() {
    return name;
  }
}
