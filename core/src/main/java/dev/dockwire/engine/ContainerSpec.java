package dev.dockwire.engine;

import java.util.List;
import java.util.Optional;

/**
 * What a container is made from: the options of {@code docker create}.
 *
 * @param image the image as the user wrote it
 * @param command replaces the image's command; empty for the image's own
 * @param environment {@code NAME=value} in the order given
 * @param tty whether the container has a terminal
 * @param openStdin whether its standard input stays open without a client
 * @param networks where it is attached, the first one giving its network mode; empty for the
 *     default bridge
 */
public record ContainerSpec(
    String image,
    Optional<String> name,
    List<String> command,
    List<String> environment,
    boolean tty,
    boolean openStdin,
    Optional<String> hostname,
    List<Attachment> networks) {

  /** A container of an image with nothing asked for. */
  public static ContainerSpec of(String image) {
    return new ContainerSpec(
        image, Optional.empty(), List.of(), List.of(), false, false, Optional.empty(), List.of());
  }

  public ContainerSpec withName(String newName) {
    return new ContainerSpec(
        image, Optional.of(newName), command, environment, tty, openStdin, hostname, networks);
  }

  public ContainerSpec withCommand(List<String> newCommand) {
    return new ContainerSpec(
        image, name, newCommand, environment, tty, openStdin, hostname, networks);
  }

  public ContainerSpec withEnvironment(List<String> newEnvironment) {
    return new ContainerSpec(
        image, name, command, newEnvironment, tty, openStdin, hostname, networks);
  }

  public ContainerSpec withTerminal(boolean newTty, boolean newOpenStdin) {
    return new ContainerSpec(
        image, name, command, environment, newTty, newOpenStdin, hostname, networks);
  }

  public ContainerSpec withHostname(String newHostname) {
    return new ContainerSpec(
        image, name, command, environment, tty, openStdin, Optional.of(newHostname), networks);
  }

  public ContainerSpec withNetworks(List<Attachment> newNetworks) {
    return new ContainerSpec(
        image, name, command, environment, tty, openStdin, hostname, newNetworks);
  }

  /** The name of the network that decides how the container is networked at all. */
  public String networkMode() {
    return networks.isEmpty() ? "bridge" : networks.getFirst().network();
  }
}
