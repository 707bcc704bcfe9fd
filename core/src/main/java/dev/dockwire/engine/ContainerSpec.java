package dev.dockwire.engine;

import java.util.List;
import java.util.Optional;

/** What a container is made from: the options of {@code docker create}. Immutable. */
public final class ContainerSpec {

  private final String image;
  private Optional<String> name = Optional.empty();
  private List<String> command = List.of();
  private List<String> environment = List.of();
  private boolean tty;
  private boolean openStdin;
  private boolean attached;
  private Optional<String> hostname = Optional.empty();
  private List<Attachment> networks = List.of();
  private List<Link> links = List.of();

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
    copy.attached = attached;
    copy.hostname = hostname;
    copy.networks = networks;
    copy.links = links;
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

  /** The name of the network that decides how the container is networked at all. */
  public String networkMode() {
    return networks.isEmpty() ? "bridge" : networks.getFirst().network();
  }
}
