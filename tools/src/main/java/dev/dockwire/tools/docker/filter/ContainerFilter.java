package dev.dockwire.tools.docker.filter;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.Network;
import dev.dockwire.engine.image.Image;
import dev.dockwire.tools.docker.inspect.ContainerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The filters of {@code docker ps}. */
public final class ContainerFilter {

  private static final List<String> KNOWN =
      List.of("ancestor", "before", "exited", "id", "label", "name", "network", "since", "status");
  private static final List<String> STATES =
      List.of("created", "running", "paused", "restarting", "removing", "exited", "dead");

  private final Engine engine;
  private final Filters filters;

  /**
   * Checks what is asked for.
   *
   * @throws EngineException 400 or 404
   */
  public ContainerFilter(Engine engine, List<String> asked) {
    this.engine = engine;
    this.filters = new Filters(asked, KNOWN);
    for (String state : filters.values("status")) {
      if (!STATES.contains(state)) {
        throw Filters.invalid("status=" + state);
      }
    }
    for (String code : filters.values("exited")) {
      if (!code.matches("[-+]?[0-9]{1,9}")) {
        throw Filters.invalid("exited=" + code);
      }
    }
  }

  /**
   * Those that match, the newest first.
   *
   * @param all whether those that do not run are meant too, as they are anyway if the filter is by
   *     state, or if the last ones are wanted
   * @param last how many; all of them if it is not positive
   */
  public List<Container> select(boolean all, long last) {
    boolean stopped = all || last > 0 || filters.has("status");
    return apply(engine.containers()).stream()
        .filter(container -> stopped || container.isRunning())
        .limit(last > 0 ? last : Long.MAX_VALUE)
        .toList();
  }

  private List<Container> apply(List<Container> containers) {
    List<Container> left = containers;
    for (String reference : filters.values("before")) {
      left = after(left, engine.container(reference));
    }
    for (String reference : filters.values("since")) {
      left = after(left.reversed(), engine.container(reference)).reversed();
    }
    return left.stream().filter(this::matches).toList();
  }

  private static List<Container> after(List<Container> containers, Container container) {
    int at = containers.indexOf(container);
    return at < 0 ? List.of() : containers.subList(at + 1, containers.size());
  }

  private boolean matches(Container container) {
    return filters.isFound("id", container.id())
        && (filters.isFound("name", container.name())
            || filters.isFound("name", "/" + container.name()))
        && filters.isExactly("status", ContainerView.stateWord(container))
        && (!filters.has("exited") || hasExited(container))
        && filters.haveLabels(container.spec().labels())
        && (!filters.has("network") || isOnNetwork(container))
        && (!filters.has("ancestor") || isOfImage(container));
  }

  private boolean hasExited(Container container) {
    return container.state() == Container.State.EXITED
        && filters.values("exited").stream()
            .anyMatch(code -> Integer.parseInt(code) == container.exitCode());
  }

  private boolean isOnNetwork(Container container) {
    List<String> names = new ArrayList<>();
    container
        .attachments()
        .forEach(
            attachment -> {
              Optional<Network> network = engine.networks().tryFind(attachment.network());
              names.add(network.map(Network::name).orElse(attachment.network()));
              network.ifPresent(found -> names.add(found.id()));
            });
    return filters.values("network").stream().anyMatch(names::contains);
  }

  private boolean isOfImage(Container container) {
    return filters.values("ancestor").stream().anyMatch(name -> isOf(container.image(), name));
  }

  private boolean isOf(Image image, String reference) {
    try {
      return engine.images().find(reference) == image;
    } catch (EngineException _) {
      return false;
    }
  }
}
