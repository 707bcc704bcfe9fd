package dev.dockwire.engine;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.host.Host;
import dev.dockwire.host.World;
import java.util.List;
import java.util.function.Function;

/**
 * Containers that have no stack of their own. Those of {@code --network container:X} use another's,
 * and its hosts, hostname and resolv.conf files; when the other ends, only {@code lo} is left in
 * the stack, until the sharing one is started again too. Those of {@code --network host} use the
 * Docker host's, with copies of its files.
 */
final class NetworkSharing {

  private static final List<String> SHARED_FILES =
      List.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

  private final World world;
  private final Compat compat;
  private final DockerHost dockerHost;
  private final ContainerFiles containerFiles;
  private final Function<String, Container> finder;

  /**
   * @param finder throws 404 for an unknown container
   */
  NetworkSharing(
      World world,
      Compat compat,
      DockerHost dockerHost,
      ContainerFiles containerFiles,
      Function<String, Container> finder) {
    this.world = world;
    this.compat = compat;
    this.dockerHost = dockerHost;
    this.containerFiles = containerFiles;
    this.finder = finder;
  }

  /**
   * Checks that a new container asks for nothing that is the other's to say.
   *
   * @throws EngineException 400
   */
  static void check(ContainerSpec spec) {
    if (spec.networkContainer().isEmpty()) {
      return;
    }
    if (spec.networkContainer().get().isEmpty()) {
      throw new EngineException(
          EngineException.BAD_REQUEST, "invalid network mode: invalid container format container:");
    }
    if (spec.hostname().isPresent()) {
      throw conflict("hostname and the network mode");
    }
    if (!spec.links().isEmpty()) {
      throw conflict(
          "container type network can't be used with links. This would result in undefined"
              + " behavior");
    }
    if (!spec.dnsServers().isEmpty()) {
      throw conflict("dns and the network mode");
    }
    if (!spec.portBindings().isEmpty() || spec.publishAll()) {
      throw conflict("port publishing and the container type network mode");
    }
    if (!spec.exposedPorts().isEmpty()) {
      throw conflict("port exposing and the container type network mode");
    }
    if (!spec.extraHosts().isEmpty()) {
      throw conflict("custom host-to-IP mapping and the network mode");
    }
  }

  private static EngineException conflict(String options) {
    return new EngineException(EngineException.BAD_REQUEST, "conflicting options: " + options);
  }

  /**
   * The host of a container that starts in the network of {@code reference}.
   *
   * @throws EngineException 500 if there is no such container, 409 if it does not run
   */
  Host join(Container container, String reference) {
    Container other = other(reference);
    Host owner =
        other
            .host()
            .orElseThrow(
                () -> new EngineException(EngineException.CONFLICT, compat.cannotShare(other)));
    SHARED_FILES.forEach(path -> container.files().bind(path, other.files()));
    container.shareHostname(other.hostname());
    return new Host(world, container.name(), other.hostname(), owner.stack(), container.files());
  }

  /** The host of a container that starts in the network of the Docker host. */
  Host joinDockerHost(Container container) {
    Host machine = dockerHost.host();
    String hostname = container.spec().hostname().orElse(machine.hostname());
    containerFiles.writeOnHost(container, hostname);
    return new Host(world, container.name(), hostname, machine.stack(), container.files());
  }

  private Container other(String reference) {
    try {
      return finder.apply(reference);
    } catch (EngineException e) {
      throw new EngineException(
          EngineException.INTERNAL,
          "joining network namespace of container: No such container: " + reference);
    }
  }
}
