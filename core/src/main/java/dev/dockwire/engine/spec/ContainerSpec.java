package dev.dockwire.engine.spec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a container is made from: the options of {@code docker create}. Immutable. */
public final class ContainerSpec {

  private static final String CONTAINER_MODE = "container:";

  private final String image;
  private Optional<String> name = Optional.empty();
  private List<String> command = List.of();
  private List<String> environment = List.of();
  private boolean tty;
  private boolean openStdin;
  private boolean stdinOnce;
  private boolean privileged;
  private List<String> addedCapabilities = List.of();
  private boolean attached;
  private Optional<String> hostname = Optional.empty();
  private List<Attachment> networks = List.of();
  private List<Link> links = List.of();
  private List<PortBinding> portBindings = List.of();
  private List<String> exposedPorts = List.of();
  private boolean publishAll;

  private Optional<String> entrypoint = Optional.empty();
  private Optional<String> workingDirectory = Optional.empty();
  private Optional<String> domainname = Optional.empty();
  private List<ExtraHost> extraHosts = List.of();
  private List<String> dnsServers = List.of();
  private List<String> dnsSearch = List.of();
  private List<String> dnsOptions = List.of();
  private Map<String, String> labels = Map.of();
  private RestartPolicy restartPolicy = RestartPolicy.NO;
  private boolean autoRemove;
  private Optional<String> stopSignal = Optional.empty();
  private OptionalLong stopTimeoutNanos = OptionalLong.empty();

  private ContainerSpec(String image) {
    this.image = image;
  }

  private ContainerSpec copy() {
    ContainerSpec copy = new ContainerSpec(image);
    copy.name = name;
    copy.command = command;
    copy.environment = environment;
    copy.tty = tty;
    copy.openStdin = openStdin;
    copy.stdinOnce = stdinOnce;
    copy.privileged = privileged;
    copy.addedCapabilities = addedCapabilities;
    copy.attached = attached;
    copy.hostname = hostname;
    copy.networks = networks;
    copy.links = links;
    copy.portBindings = portBindings;
    copy.exposedPorts = exposedPorts;
    copy.publishAll = publishAll;
    copy.entrypoint = entrypoint;
    copy.workingDirectory = workingDirectory;
    copy.domainname = domainname;
    copy.extraHosts = extraHosts;
    copy.dnsServers = dnsServers;
    copy.dnsSearch = dnsSearch;
    copy.dnsOptions = dnsOptions;
    copy.labels = labels;
    copy.restartPolicy = restartPolicy;
    copy.autoRemove = autoRemove;
    copy.stopSignal = stopSignal;
    copy.stopTimeoutNanos = stopTimeoutNanos;
    return copy;
  }

  private ContainerSpec with(Consumer<ContainerSpec> change) {
    ContainerSpec changed = copy();
    change.accept(changed);
    return changed;
  }

  /** A container of an image with nothing else asked for. */
  public static ContainerSpec of(String image) {
    return new ContainerSpec(image);
  }

  public ContainerSpec withName(String newName) {
    return with(it -> it.name = Optional.of(newName));
  }

  public ContainerSpec withCommand(List<String> newCommand) {
    return with(it -> it.command = List.copyOf(newCommand));
  }

  public ContainerSpec withEnvironment(List<String> newEnvironment) {
    return with(it -> it.environment = List.copyOf(newEnvironment));
  }

  public ContainerSpec withTerminal(boolean newTty, boolean newOpenStdin) {
    return with(
        it -> {
          it.tty = newTty;
          it.openStdin = newOpenStdin;
        });
  }

  public ContainerSpec withStdinOnce(boolean newStdinOnce) {
    return with(it -> it.stdinOnce = newStdinOnce);
  }

  public ContainerSpec withAttached(boolean newAttached) {
    return with(it -> it.attached = newAttached);
  }

  public ContainerSpec withPrivileged(boolean newPrivileged) {
    return with(it -> it.privileged = newPrivileged);
  }

  /**
   * @param capabilities Linux's names, as {@code CAP_NET_ADMIN}; or {@code ALL}
   */
  public ContainerSpec withAddedCapabilities(List<String> capabilities) {
    return with(it -> it.addedCapabilities = List.copyOf(capabilities));
  }

  public ContainerSpec withHostname(String newHostname) {
    return with(it -> it.hostname = Optional.of(newHostname));
  }

  public ContainerSpec withNetworks(List<Attachment> newNetworks) {
    return with(it -> it.networks = List.copyOf(newNetworks));
  }

  public ContainerSpec withLinks(List<Link> newLinks) {
    return with(it -> it.links = List.copyOf(newLinks));
  }

  public ContainerSpec withPortBindings(List<PortBinding> newBindings) {
    return with(it -> it.portBindings = List.copyOf(newBindings));
  }

  /**
   * @param ports as in {@code 80/tcp}
   */
  public ContainerSpec withExposedPorts(List<String> ports) {
    return with(it -> it.exposedPorts = List.copyOf(ports));
  }

  public ContainerSpec withPublishAll(boolean newPublishAll) {
    return with(it -> it.publishAll = newPublishAll);
  }

  public ContainerSpec withEntrypoint(String newEntrypoint) {
    return with(it -> it.entrypoint = Optional.of(newEntrypoint));
  }

  public ContainerSpec withWorkingDirectory(String newWorkingDirectory) {
    return with(it -> it.workingDirectory = Optional.of(newWorkingDirectory));
  }

  public ContainerSpec withDomainname(String newDomainname) {
    return with(it -> it.domainname = Optional.of(newDomainname));
  }

  public ContainerSpec withExtraHosts(List<ExtraHost> newExtraHosts) {
    return with(it -> it.extraHosts = List.copyOf(newExtraHosts));
  }

  public ContainerSpec withDnsServers(List<String> newDnsServers) {
    return with(it -> it.dnsServers = List.copyOf(newDnsServers));
  }

  public ContainerSpec withDnsSearch(List<String> newDnsSearch) {
    return with(it -> it.dnsSearch = List.copyOf(newDnsSearch));
  }

  public ContainerSpec withDnsOptions(List<String> newDnsOptions) {
    return with(it -> it.dnsOptions = List.copyOf(newDnsOptions));
  }

  public ContainerSpec withLabels(Map<String, String> newLabels) {
    return with(it -> it.labels = Collections.unmodifiableMap(new TreeMap<>(newLabels)));
  }

  public ContainerSpec withRestartPolicy(RestartPolicy newRestartPolicy) {
    return with(it -> it.restartPolicy = newRestartPolicy);
  }

  public ContainerSpec withAutoRemove(boolean newAutoRemove) {
    return with(it -> it.autoRemove = newAutoRemove);
  }

  public ContainerSpec withStopSignal(String newStopSignal) {
    return with(it -> it.stopSignal = Optional.of(newStopSignal));
  }

  public ContainerSpec withStopTimeoutNanos(long newStopTimeoutNanos) {
    return with(it -> it.stopTimeoutNanos = OptionalLong.of(newStopTimeoutNanos));
  }

  /** The image as the user wrote it. */
  public String image() {
    return image;
  }

  /** The name asked for. */
  public Optional<String> name() {
    return name;
  }

  /** Replaces the image's command; empty for the image's own. */
  public List<String> command() {
    return command;
  }

  /** {@code NAME=value} in the order given. */
  public List<String> environment() {
    return environment;
  }

  /** Whether the container has a terminal. */
  public boolean tty() {
    return tty;
  }

  /** Whether its standard input stays open without a client. */
  public boolean openStdin() {
    return openStdin;
  }

  /** Whether its programs may change the network's settings: privileged, or CAP_NET_ADMIN added. */
  public boolean networkAdmin() {
    return privileged
        || addedCapabilities.contains("CAP_NET_ADMIN")
        || addedCapabilities.contains("ALL");
  }

  public boolean privileged() {
    return privileged;
  }

  public List<String> addedCapabilities() {
    return addedCapabilities;
  }

  /** Whether the end of the first client's input is the end of the program's. */
  public boolean stdinOnce() {
    return stdinOnce;
  }

  /** Whether its maker's own streams were to be attached: {@code docker run} without {@code -d}. */
  public boolean attached() {
    return attached;
  }

  /** The hostname asked for. */
  public Optional<String> hostname() {
    return hostname;
  }

  /** Where it is attached, the first one giving its network mode; empty for the default bridge. */
  public List<Attachment> networks() {
    return networks;
  }

  /** Legacy links. */
  public List<Link> links() {
    return links;
  }

  /** The ports to be published, in the order of container ports. */
  public List<PortBinding> portBindings() {
    return portBindings;
  }

  /** Ports that it says it has, beside its image's. */
  public List<String> exposedPorts() {
    return exposedPorts;
  }

  /** Whether all exposed ports are to be published. */
  public boolean publishAll() {
    return publishAll;
  }

  /** Replaces the image's entry point and its command; empty text for none at all. */
  public Optional<String> entrypoint() {
    return entrypoint;
  }

  /** Where its programs start; the root if nothing is said. */
  public Optional<String> workingDirectory() {
    return workingDirectory;
  }

  /** The domain that its hostname is in. */
  public Optional<String> domainname() {
    return domainname;
  }

  /** Further lines of {@code /etc/hosts}. */
  public List<ExtraHost> extraHosts() {
    return extraHosts;
  }

  /** Name servers in place of the host's. */
  public List<String> dnsServers() {
    return dnsServers;
  }

  /** Domains to search in place of the host's. */
  public List<String> dnsSearch() {
    return dnsSearch;
  }

  /** The resolver's options in place of the host's. */
  public List<String> dnsOptions() {
    return dnsOptions;
  }

  /** What is said of its name resolution. */
  public DnsConfig dns() {
    return new DnsConfig(dnsServers, dnsSearch, dnsOptions);
  }

  /** Labels, sorted by name. */
  public Map<String, String> labels() {
    return labels;
  }

  /** What happens when it has ended. */
  public RestartPolicy restartPolicy() {
    return restartPolicy;
  }

  /** Whether it is removed when it has ended. */
  public boolean autoRemove() {
    return autoRemove;
  }

  /** The signal that asks it to end, as the user wrote it; TERM if nothing is said. */
  public Optional<String> stopSignal() {
    return stopSignal;
  }

  /** How long it may take to end before it is killed, in nanoseconds. */
  public OptionalLong stopTimeoutNanos() {
    return stopTimeoutNanos;
  }

  /** The name of the network that decides how the container is networked at all. */
  public String networkMode() {
    return networks.isEmpty() ? "bridge" : networks.getFirst().network();
  }

  /** The container whose network it shares, as {@code --network container:X} names it. */
  public Optional<String> networkContainer() {
    String mode = networkMode();
    return mode.startsWith(CONTAINER_MODE)
        ? Optional.of(mode.substring(CONTAINER_MODE.length()))
        : Optional.empty();
  }
}
