package dev.dockwire.engine;

import dev.dockwire.engine.image.Image;
import dev.dockwire.engine.image.Images;
import dev.dockwire.host.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What outlives an engine: taken from one, and given to the next, where nothing of it runs at
 * first. A container that ran has ended then, as Docker has it after a crash, with exit code 255.
 */
final class Persistence {

  private static final int LOST = 255;

  private final World world;
  private final Images images;
  private final Ids ids;
  private final Ids execIds;
  private final Networks networks;
  private final ContainerStore containers;
  private final Links links;
  private int generation;

  Persistence(
      World world,
      Images images,
      Ids ids,
      Ids execIds,
      Networks networks,
      ContainerStore containers,
      Links links) {
    this.world = world;
    this.images = images;
    this.ids = ids;
    this.execIds = execIds;
    this.networks = networks;
    this.containers = containers;
    this.links = links;
  }

  /** The wall-clock time of the monotonic time 0. */
  private long epoch() {
    return world.loop().clock().epochNanos();
  }

  EngineState state() {
    return new EngineState(
        generation,
        networks.list().stream().filter(Network::isUserDefined).map(this::state).toList(),
        containers.newestFirst().reversed().stream().map(this::state).toList());
  }

  Optional<NetworkState> network(String id) {
    return networks.withId(id).filter(Network::isUserDefined).map(this::state);
  }

  Optional<ContainerState> container(String id) {
    return containers.withId(id).map(this::state);
  }

  private NetworkState state(Network network) {
    return network.state(epoch());
  }

  private ContainerState state(Container container) {
    return container.state(epoch(), links.byTargetId(container));
  }

  /**
   * Gives a state to an engine that has nothing yet.
   *
   * @param onChange hears, each time, the id of a container that has changed
   * @throws EngineException if it contradicts itself, or this engine's settings
   */
  void restore(EngineState state, Consumer<String> onChange) {
    generation = state.generation() + 1;
    ids.reseed(world.seed().generator("ids-" + generation));
    execIds.reseed(world.seed().generator("exec-ids-" + generation));
    state.networks().forEach(network -> networks.restore(network, network.createdAt() - epoch()));
    state.containers().forEach(container -> restore(container, onChange));
    state.containers().forEach(this::restoreLinks);
  }

  private void restore(ContainerState kept, Consumer<String> onChange) {
    if (containers.find(kept.id()).isPresent()) {
      throw new EngineException(
          EngineException.CONFLICT, "two containers have the id " + kept.id());
    }
    containers.checkName(kept.name());
    Image image = images.find(kept.spec().image());
    Container container = new Container(kept, image, epoch(), world::epochNanos);
    boolean lost =
        kept.state() == Container.State.RUNNING || kept.state() == Container.State.PAUSED;
    if (lost) {
      container.ended(LOST, Container.State.EXITED, world.now());
    } else if (kept.state() == Container.State.RESTARTING) {
      container.staysEnded();
    }
    container.onChange(() -> onChange.accept(container.id()));
    containers.add(container);
  }

  /** A link to what is removed is lost, as in Docker. */
  private void restoreLinks(ContainerState kept) {
    Container source = containers.find(kept.id()).orElseThrow();
    links.add(
        source,
        kept.links().stream()
            .flatMap(
                link ->
                    containers.find(link.target()).stream()
                        .map(target -> new Links.Resolved(target, link.alias())))
            .collect(Collectors.toCollection(ArrayList::new)));
  }

  /**
   * Starts what runs whenever an engine does, targets before those that need them, and removes what
   * was to be removed at its end. Whatever cannot be started has the reason in its state.
   */
  void startAgain(Lifecycle lifecycle) {
    List<Container> all = containers.newestFirst().reversed();
    Set<Container> waiting = new LinkedHashSet<>(all);
    waiting.removeIf(container -> !container.startsWithEngine());
    for (Container container : all) {
      if (waiting.contains(container)) {
        start(container, waiting, lifecycle);
      } else if (container.spec().autoRemove()) {
        lifecycle.remove(container, false);
      }
    }
  }

  private void start(Container container, Set<Container> waiting, Lifecycle lifecycle) {
    if (!waiting.remove(container)) {
      return;
    }
    links.targets(container).forEach(target -> start(target, waiting, lifecycle));
    Optional<Container> shared = container.spec().networkContainer().flatMap(containers::find);
    shared.ifPresent(other -> start(other, waiting, lifecycle));
    try {
      lifecycle.start(container);
    } catch (EngineException _) {
      // The reason is in the container's state, for whoever inspects it.
    }
  }
}
