package dev.dockwire.engine;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.ExtraHost;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import dev.dockwire.host.SystemCallException;
import java.util.List;

/**
 * Writes what a container reads about its network, from its options and places: hosts, hostname and
 * resolv.conf, when it starts and when it comes to a network or leaves one.
 */
final class ContainerFiles {

  private final Compat compat;
  private final DockerHost dockerHost;
  private final Networks networks;
  private final Links links;

  ContainerFiles(Compat compat, DockerHost dockerHost, Networks networks, Links links) {
    this.compat = compat;
    this.dockerHost = dockerHost;
    this.networks = networks;
    this.links = links;
  }

  /** Writes all files of a container with a stack of its own. */
  void write(Container container, List<Endpoint> endpoints) {
    EtcHosts.write(
        container.files(),
        compat.writesIpv6Hosts(),
        usersLines(container.spec()),
        links.hostsLines(container),
        addresses(endpoints),
        container.ownNames());
    writeHostname(container.files(), container.hostname());
    writeResolvConf(container, endpoints);
  }

  /** Writes all files of a container that shares the machine's stack. */
  void writeOnHost(Container container, String hostname) {
    Host machine = dockerHost.host();
    FileTree files = container.files();
    ContainerSpec spec = container.spec();
    if (spec.extraHosts().isEmpty()) {
      files.write("/etc/hosts", machine.files().readText("/etc/hosts"));
    } else {
      EtcHosts.write(files, compat.writesIpv6Hosts(), usersLines(spec), "", List.of(), "");
    }
    writeHostname(files, hostname);
    String resolvConf = machine.files().readText("/etc/resolv.conf");
    if (spec.dns().isEmpty()) {
      files.write("/etc/resolv.conf", resolvConf);
    } else {
      EtcResolvConf.writeLegacy(files, resolvConf, spec.dns());
      withCommentsIfWanted(files);
    }
  }

  private String usersLines(ContainerSpec spec) {
    StringBuilder lines = new StringBuilder();
    for (ExtraHost host : spec.extraHosts()) {
      String address =
          host.address().equals(ExtraHost.HOST_GATEWAY)
              ? networks.bridge().segment().orElseThrow().gateway().toString()
              : host.address();
      lines.append(address).append('\t').append(host.name()).append('\n');
    }
    return lines.toString();
  }

  private static List<Ipv4Address> addresses(List<Endpoint> endpoints) {
    return endpoints.stream()
        .flatMap(endpoint -> endpoint.wire().stream())
        .map(wire -> wire.address().address())
        .toList();
  }

  private static void writeHostname(FileTree files, String hostname) {
    files.write("/etc/hostname", hostname + "\n");
  }

  /** A container that runs has come to one more network. */
  void connected(Container container, Endpoint endpoint) {
    endpoint
        .wire()
        .ifPresent(
            wire ->
                EtcHosts.addOwnLine(
                    container.files(), wire.address().address(), container.ownNames()));
    if (endpoint.network().isUserDefined()) {
      ifPossible(() -> writeResolvConf(container, container.endpoints()));
    }
  }

  /** A container that runs has left a network. */
  void disconnected(Container container, Endpoint endpoint) {
    endpoint
        .wire()
        .ifPresent(
            wire -> {
              if (compat.losesOwnLinesOnDisconnect()) {
                EtcHosts.removeOwnLines(container.files(), container.ownNames());
              } else {
                EtcHosts.removeOwnLine(
                    container.files(), wire.address().address(), container.ownNames());
              }
            });
  }

  /**
   * Changes a file of a container that runs. One that cannot be written, because the container has
   * filled its disk or removed the directory, stays as it is: what the change is for goes on.
   */
  static void ifPossible(Runnable change) {
    try {
      change.run();
    } catch (SystemCallException _) {
      // Only this container's own names suffer from what it has done to its files.
    }
  }

  /** Writes {@code /etc/resolv.conf}; that of the default bridge unless on a user's network. */
  private void writeResolvConf(Container container, List<Endpoint> endpoints) {
    String ofHost = dockerHost.host().files().readText("/etc/resolv.conf");
    FileTree files = container.files();
    ContainerSpec spec = container.spec();
    if (endpoints.stream().anyMatch(endpoint -> endpoint.network().isUserDefined())) {
      EtcResolvConf.writeInternal(files, ofHost, spec.dns());
    } else {
      EtcResolvConf.writeLegacy(files, ofHost, spec.dns());
    }
    withCommentsIfWanted(files);
  }

  private void withCommentsIfWanted(FileTree files) {
    if (!compat.commentsResolvConf()) {
      EtcResolvConf.removeComments(files);
    }
  }
}
