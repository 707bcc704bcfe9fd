package dev.dockwire.engine;

import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.Stdio;
import dev.dockwire.host.Tty;
import dev.dockwire.host.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container: its definition, its files, and, while it runs, its host and endpoint. */
public final class Container {

  /** Where a container is in its life. */
  public enum State {
    CREATED,
    RUNNING,
    EXITED,
    REMOVED
  }

  /** What exists only while the container runs. */
  record Run(Host host, Process process) {}

  private final String id;
  private final String name;
  private final ContainerSpec spec;
  private final Image image;
  private final long createdAt;
  private final FileTree files;
  private final WaitQueue changed = new WaitQueue();
  private final ContainerInput input = new ContainerInput();
  private final ContainerOutput output = new ContainerOutput();
  private final ContainerOutput errorOutput = new ContainerOutput();
  private final List<Attachment> attachments;
  private final List<Endpoint> endpoints = new ArrayList<>(1);

  private State state = State.CREATED;
  private Optional<Run> run = Optional.empty();
  private Optional<Tty> tty = Optional.empty();
  private long startedAt;
  private long finishedAt;
  private int exitCode;
  private String error = "";

  Container(String id, String name, ContainerSpec spec, Image image, long now) {
    this.id = id;
    this.name = name;
    this.spec = spec;
    this.image = image;
    this.createdAt = now;
    this.files = new FileTree(image.files());
    this.attachments =
        new ArrayList<>(
            spec.networks().isEmpty() ? List.of(Attachment.to("bridge")) : spec.networks());
    newTty();
  }

  /** The next run's terminal exists before it starts, so that clients can attach first. */
  private void newTty() {
    tty = spec.tty() ? Optional.of(new Tty()) : Optional.empty();
  }

  void started(Run newRun, List<Endpoint> newEndpoints, long now) {
    run = Optional.of(newRun);
    endpoints.addAll(newEndpoints);
    state = State.RUNNING;
    startedAt = now;
    exitCode = 0;
    error = "";
    changed.wakeAll();
  }

  void ended(int code, long now) {
    run = Optional.empty();
    endpoints.clear();
    state = State.EXITED;
    exitCode = code;
    finishedAt = now;
    newTty();
    changed.wakeAll();
  }

  /** It could not be started: it stays as it is, with the exit code and the text that say why. */
  void failedToStart(int code, String reason) {
    exitCode = code;
    error = reason;
  }

  void removed() {
    state = State.REMOVED;
    changed.wakeAll();
  }

  /** The standard streams of the container's first process. */
  Stdio stdio() {
    return tty.map(Stdio::of)
        .orElse(new Stdio(spec.openStdin() ? input : Input.NULL, output, errorOutput));
  }

  /** Connects a client's streams to a container without a terminal. */
  public void attach(Stdio client, boolean withInput) {
    output.attach(client.out());
    errorOutput.attach(client.err());
    if (withInput) {
      input.attach(client.in());
    }
  }

  public void detach(Stdio client) {
    output.detach(client.out());
    errorOutput.detach(client.err());
    input.detach(client.in());
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

  public ContainerSpec spec() {
    return spec;
  }

  public Image image() {
    return image;
  }

  /** What the container runs: the image's entry point and command, or what the user gave. */
  public List<String> commandLine() {
    return image.commandLine(spec.command());
  }

  /** What the container's files are, running or not. */
  public FileTree files() {
    return files;
  }

  public State state() {
    return state;
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** The terminal of this run or, when it does not run, of the next one. */
  public Optional<Tty> tty() {
    return tty;
  }

  /** The virtual host; there is one while the container runs. */
  public Optional<Host> host() {
    return run.map(Run::host);
  }

  /** Where the container is attached, running or not, in the order of attaching. */
  public List<Attachment> attachments() {
    return List.copyOf(attachments);
  }

  void attach(Attachment attachment) {
    attachments.removeIf(other -> other.network().equals(attachment.network()));
    attachments.add(attachment);
  }

  void detach(Network network) {
    attachments.removeIf(attachment -> isTo(attachment, network));
  }

  boolean isAttachedTo(Network network) {
    return attachments.stream().anyMatch(attachment -> isTo(attachment, network));
  }

  private static boolean isTo(Attachment attachment, Network network) {
    String reference = attachment.network();
    return reference.equals(network.name())
        || !reference.isEmpty() && network.id().startsWith(reference);
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

  /** The endpoint on one network, while the container runs. */
  public Optional<Endpoint> endpointOn(Network network) {
    return endpoints.stream().filter(endpoint -> endpoint.network() == network).findFirst();
  }

  /** The name it knows itself by: what the user gave, or the beginning of its id. */
  public String hostname() {
    return spec.hostname().orElse(shortId());
  }

  /** The names in its own line of {@code /etc/hosts}: {@code a.b.c a} for a name with dots. */
  String ownNames() {
    int dot = hostname().indexOf('.');
    return dot > 0 ? hostname() + " " + hostname().substring(0, dot) : hostname();
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

  /** Woken whenever the state changes. */
  public WaitQueue changed() {
    return changed;
  }

  @Override
  public String toString() {
    return name;
  }
}
