package dev.dockwire.engine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a container is made from: the options of {@code docker create}. Immutable. */
public final class ContainerSpec {

  private static final String CONTAINER_MODE = "container:";

  private final String image;
  private Optional<String> name = Optional.empty();
  private List<String> command = List.of();
  private List<String> environment = List.of();
  private boolean tty;
  private boolean openStdin;
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

  /** A container of an image with nothing else asked for. */
  public static ContainerSpec of(String image) {
    return new ContainerSpec(image);
  }

  public ContainerSpec withName(String newName) {
    ContainerSpec copy = copy();
    copy.name = Optional.of(newName);
    return copy;
  }

  public ContainerSpec withCommand(List<String> newCommand) {
    ContainerSpec copy = copy();
    copy.command = List.copyOf(newCommand);
    return copy;
  }

  public ContainerSpec withEnvironment(List<String> newEnvironment) {
    ContainerSpec copy = copy();
    copy.environment = List.copyOf(newEnvironment);
    return copy;
  }

  public ContainerSpec withTerminal(boolean newTty, boolean newOpenStdin) {
    ContainerSpec copy = copy();
    copy.tty = newTty;
    copy.openStdin = newOpenStdin;
    return copy;
  }

  public ContainerSpec withAttached(boolean newAttached) {
    ContainerSpec copy = copy();
    copy.attached = newAttached;
    return copy;
  }

  public ContainerSpec withPrivileged(boolean newPrivileged) {
    ContainerSpec copy = copy();
    copy.privileged = newPrivileged;
    return copy;
  }

  /**
   * @param capabilities Linux's names, as {@code CAP_NET_ADMIN}; or {@code ALL}
   */
  public ContainerSpec withAddedCapabilities(List<String> capabilities) {
    ContainerSpec copy = copy();
    copy.addedCapabilities = List.copyOf(capabilities);
    return copy;
  }

  public ContainerSpec withHostname(String newHostname) {
    ContainerSpec copy = copy();
    copy.hostname = Optional.of(newHostname);
    return copy;
  }

  public ContainerSpec withNetworks(List<Attachment> newNetworks) {
    ContainerSpec copy = copy();
    copy.networks = List.copyOf(newNetworks);
    return copy;
  }

  public ContainerSpec withLinks(List<Link> newLinks) {
    ContainerSpec copy = copy();
    copy.links = List.copyOf(newLinks);
    return copy;
  }

  public ContainerSpec withPortBindings(List<PortBinding> newBindings) {
    ContainerSpec copy = copy();
    copy.portBindings = List.copyOf(newBindings);
    return copy;
  }

  /**
   * @param ports as in {@code 80/tcp}
   */
  public ContainerSpec withExposedPorts(List<String> ports) {
    ContainerSpec copy = copy();
    copy.exposedPorts = List.copyOf(ports);
    return copy;
  }

  public ContainerSpec withPublishAll(boolean newPublishAll) {
    ContainerSpec copy = copy();
    copy.publishAll = newPublishAll;
    return copy;
  }

  public ContainerSpec withEntrypoint(String newEntrypoint) {
    ContainerSpec copy = copy();
    copy.entrypoint = Optional.of(newEntrypoint);
    return copy;
  }

  public ContainerSpec withWorkingDirectory(String newWorkingDirectory) {
    ContainerSpec copy = copy();
    copy.workingDirectory = Optional.of(newWorkingDirectory);
    return copy;
  }

  public ContainerSpec withDomainname(String newDomainname) {
    ContainerSpec copy = copy();
    copy.domainname = Optional.of(newDomainname);
    return copy;
  }

  public ContainerSpec withExtraHosts(List<ExtraHost> newExtraHosts) {
    ContainerSpec copy = copy();
    copy.extraHosts = List.copyOf(newExtraHosts);
    return copy;
  }

  public ContainerSpec withDnsServers(List<String> newDnsServers) {
    ContainerSpec copy = copy();
    copy.dnsServers = List.copyOf(newDnsServers);
    return copy;
  }

  public ContainerSpec withDnsSearch(List<String> newDnsSearch) {
    ContainerSpec copy = copy();
    copy.dnsSearch = List.copyOf(newDnsSearch);
    return copy;
  }

  public ContainerSpec withDnsOptions(List<String> newDnsOptions) {
    ContainerSpec copy = copy();
    copy.dnsOptions = List.copyOf(newDnsOptions);
    return copy;
  }

  public ContainerSpec withLabels(Map<String, String> newLabels) {
    ContainerSpec copy = copy();
    copy.labels = Collections.unmodifiableMap(new TreeMap<>(newLabels));
    return copy;
  }

  public ContainerSpec withRestartPolicy(RestartPolicy newRestartPolicy) {
    ContainerSpec copy = copy();
    copy.restartPolicy = newRestartPolicy;
    return copy;
  }

  public ContainerSpec withAutoRemove(boolean newAutoRemove) {
    ContainerSpec copy = copy();
    copy.autoRemove = newAutoRemove;
    return copy;
  }

  public ContainerSpec withStopSignal(String newStopSignal) {
    ContainerSpec copy = copy();
    copy.stopSignal = Optional.of(newStopSignal);
    return copy;
  }

  public ContainerSpec withStopTimeoutNanos(long newStopTimeoutNanos) {
    ContainerSpec copy = copy();
    copy.stopTimeoutNanos = OptionalLong.of(newStopTimeoutNanos);
    return copy;
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

  /** Domains to search in place of the host's. */
  public List<String> dnsOptions() {
    return dnsOptions;
  }

  DnsConfig dns() {
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
