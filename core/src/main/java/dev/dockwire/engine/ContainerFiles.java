package dev.dockwire.engine;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.ExtraHost;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.FileTree;
import dev.dockwire.host.Host;
import java.util.List;

/** Writes what a container that starts reads about its network, from its options and places. */
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
    HostFiles.writeHosts(
        container.files(),
        compat.writesIpv6Hosts(),
        usersLines(container.spec()),
        links.hostsLines(container),
        addresses(endpoints),
        container.ownNames());
    HostFiles.writeHostname(container.files(), container.hostname());
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
      HostFiles.writeHosts(files, compat.writesIpv6Hosts(), usersLines(spec), "", List.of(), "");
    }
    HostFiles.writeHostname(files, hostname);
    String resolvConf = machine.files().readText("/etc/resolv.conf");
    if (spec.dns().isEmpty()) {
      files.write("/etc/resolv.conf", resolvConf);
    } else {
      HostFiles.writeLegacyResolvConf(files, resolvConf, spec.dns());
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

  /** Writes {@code /etc/resolv.conf}; that of the default bridge unless on a user's network. */
  void writeResolvConf(Container container, List<Endpoint> endpoints) {
    String ofHost = dockerHost.host().files().readText("/etc/resolv.conf");
    FileTree files = container.files();
    ContainerSpec spec = container.spec();
    if (endpoints.stream().anyMatch(endpoint -> endpoint.network().isUserDefined())) {
      HostFiles.writeInternalResolvConf(files, ofHost, spec.dns());
    } else {
      HostFiles.writeLegacyResolvConf(files, ofHost, spec.dns());
    }
    withCommentsIfWanted(files);
  }

  private void withCommentsIfWanted(FileTree files) {
    if (!compat.commentsResolvConf()) {
      HostFiles.removeComments(files);
    }
  }
}
