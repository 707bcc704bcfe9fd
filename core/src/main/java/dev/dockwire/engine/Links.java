package dev.dockwire.engine;

import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.ExposedPort;
import dev.dockwire.engine.spec.Link;
import dev.dockwire.frame.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Legacy links on the default bridge: lines in the source's {@code /etc/hosts}, variables in its
 * environment, and the second names of the target. Nothing is written in the target. On networks
 * that users made, a link is only a private alias, which {@link NetworkNames} knows.
 */
final class Links {

  /** A link with the container that it means. */
  record Resolved(Container target, String alias) {}

  private static final String HOST_MODE =
      "conflicting options: host type networking can't be used with links. This would result in"
          + " undefined behavior";

  private final Map<Container, List<Resolved>> bySource = new LinkedHashMap<>();
  private final Map<Container, Set<Container>> sources = new LinkedHashMap<>();
  private final Networks networks;
  private Runnable changeListener = () -> {};

  Links(Networks networks) {
    this.networks = networks;
  }

  /** Hears that what {@link #openPorts} says may have changed. */
  void onChange(Runnable listener) {
    changeListener = listener;
    networks.bridge().onChange(listener);
  }

  /**
   * Finds what a new container's links mean; {@code finder} throws 404 for an unknown target.
   *
   * @throws EngineException 400 if a target is unknown or on the host's network
   */
  List<Resolved> resolve(ContainerSpec spec, Function<String, Container> finder) {
    if (!spec.links().isEmpty() && spec.networkMode().equals("host")) {
      throw new EngineException(EngineException.BAD_REQUEST, HOST_MODE);
    }
    List<Resolved> resolved = new ArrayList<>();
    if (!isLegacy(spec)) {
      return resolved;
    }
    for (Link link : spec.links()) {
      Container target;
      try {
        target = finder.apply(link.target());
      } catch (EngineException e) {
        throw new EngineException(
            EngineException.BAD_REQUEST,
            "could not get container for " + link.target() + ": " + e.getMessage());
      }
      if (target.spec().networkMode().equals("host")) {
        throw new EngineException(EngineException.BAD_REQUEST, HOST_MODE);
      }
      resolved.add(new Resolved(target, link.alias()));
    }
    return resolved;
  }

  private static boolean isLegacy(ContainerSpec spec) {
    return spec.networkMode().equals("bridge");
  }

  void add(Container source, List<Resolved> links) {
    if (!links.isEmpty()) {
      bySource.put(source, links);
      for (Resolved link : links) {
        sources.computeIfAbsent(link.target(), _ -> new LinkedHashSet<>()).add(source);
      }
    }
  }

  /**
   * Forgets the links of a container that is removed. Those to it stay with their sources, whose
   * next start is refused for them.
   */
  void forget(Container container) {
    of(container).forEach(link -> forgetSource(link.target(), container));
    bySource.remove(container);
    changeListener.run();
  }

  /**
   * Checks that a container that starts, or runs another program, finds its targets running.
   *
   * @throws EngineException 500 if one does not run or is not on the default bridge
   */
  void check(Container source) {
    for (Resolved link : of(source)) {
      if (link.target().host().isEmpty()) {
        throw new EngineException(
            EngineException.INTERNAL,
            "Cannot link to a non running container: /%s AS /%s/%s"
                .formatted(link.target().name(), source.name(), link.alias()));
      }
      if (address(link.target()).isEmpty()) {
        throw new EngineException(
            EngineException.INTERNAL,
            "container " + link.target().id() + " not attached to default bridge network");
      }
    }
  }

  /** A source's targets, running or not, without those that are removed. */
  List<Container> targets(Container source) {
    return of(source).stream()
        .map(Resolved::target)
        .filter(target -> target.state() != Container.State.REMOVED)
        .toList();
  }

  /** A source's links to what is not removed, each with its target's id. */
  List<Link> byTargetId(Container source) {
    return of(source).stream()
        .filter(link -> link.target().state() != Container.State.REMOVED)
        .map(link -> new Link(link.target().id(), link.alias()))
        .toList();
  }

  private void forgetSource(Container target, Container source) {
    sources.computeIfPresent(
        target,
        (_, all) -> {
          all.remove(source);
          return all.isEmpty() ? null : all;
        });
  }

  /** Those that have a link to a container, removed or not, in the order they were made. */
  Set<Container> sources(Container target) {
    return sources.getOrDefault(target, new LinkedHashSet<>(0));
  }

  private List<Resolved> of(Container source) {
    return bySource.getOrDefault(source, new ArrayList<>(0));
  }

  private Optional<Ipv4Address> address(Container target) {
    return target
        .endpointOn(networks.bridge())
        .flatMap(Endpoint::wire)
        .map(wire -> wire.address().address());
  }

  /** The lines for a source's {@code /etc/hosts}. */
  String hostsLines(Container source) {
    StringBuilder lines = new StringBuilder();
    for (Resolved link : of(source)) {
      address(link.target()).ifPresent(address -> lines.append(LinkLines.of(link, address)));
    }
    return lines.toString();
  }

  /** Writes a target's new address into the files of those that are linked to it and run. */
  void targetStarted(Container target) {
    Optional<Ipv4Address> address = address(target);
    if (address.isEmpty()) {
      return;
    }
    for (Container source : sources(target)) {
      if (source.host().isPresent()) {
        of(source).stream()
            .filter(link -> link.target() == target)
            .forEach(link -> LinkLines.readdress(source.files(), link.alias(), address.get()));
      }
    }
  }

  /**
   * Takes a link away, and its line from the source's file.
   *
   * @return false if there is no such link
   */
  boolean remove(Container source, String alias) {
    List<Resolved> links = of(source);
    Optional<Container> target = target(source, alias);
    if (!links.removeIf(link -> link.alias().equals(alias))) {
      return false;
    }
    if (links.stream().noneMatch(link -> link.target() == target.orElseThrow())) {
      forgetSource(target.orElseThrow(), source);
    }
    changeListener.run();
    if (source.host().isPresent()) {
      LinkLines.remove(source.files(), alias);
    }
    return true;
  }

  /** The container that {@code source} calls {@code alias}. */
  Optional<Container> target(Container source, String alias) {
    return of(source).stream()
        .filter(link -> link.alias().equals(alias))
        .map(Resolved::target)
        .findFirst();
  }

  /** The variables that a source's programs get, from the present state of its targets. */
  List<String> environment(Container source) {
    List<String> variables = new ArrayList<>();
    for (Resolved link : of(source)) {
      address(link.target())
          .ifPresent(
              address -> variables.addAll(LinkVariables.of(source, link, address.toString())));
    }
    return variables;
  }

  /** The exposed ports of every running target, for the running container that is linked to it. */
  List<InterContainerFilter.OpenPort> openPorts() {
    List<InterContainerFilter.OpenPort> open = new ArrayList<>();
    bySource.forEach(
        (source, links) ->
            onBridge(source)
                .ifPresent(client -> links.forEach(link -> addOpenPorts(open, client, link))));
    return open;
  }

  /** Where the bridge has a container, which may be about to start or to end. */
  private Optional<Ipv4Address> onBridge(Container container) {
    return Optional.ofNullable(networks.bridge().endpoints().get(container.id()))
        .flatMap(Endpoint::wire)
        .map(wire -> wire.address().address());
  }

  private void addOpenPorts(
      List<InterContainerFilter.OpenPort> open, Ipv4Address client, Resolved link) {
    Optional<Ipv4Address> server = onBridge(link.target());
    if (server.isEmpty()) {
      return;
    }
    for (String exposed : link.target().exposedPorts()) {
      ExposedPort port = ExposedPort.parse(exposed);
      int protocol = ExposedPort.protocolNumber(port.protocol());
      open.add(
          new InterContainerFilter.OpenPort(
              client.value(), server.get().value(), protocol, port.number()));
    }
  }

  /** The links of a source, as {@code /a1:/a2/alpine1}; without those to what is removed. */
  List<String> linksOf(Container source) {
    return of(source).stream()
        .filter(link -> link.target().state() != Container.State.REMOVED)
        .map(link -> "/%s:/%s/%s".formatted(link.target().name(), source.name(), link.alias()))
        .toList();
  }

  /** The further names of a target: {@code a2/a1} for each container that calls it so. */
  List<String> namesOf(Container target) {
    List<String> names = new ArrayList<>();
    for (Container source : sources(target)) {
      of(source).stream()
          .filter(link -> link.target() == target)
          .forEach(link -> names.add(source.name() + "/" + link.alias()));
    }
    return names;
  }
}
