package dev.dockwire.engine;

import dev.dockwire.engine.image.Image;
import dev.dockwire.engine.image.Images;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.host.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The containers there are, running or not: made after Docker's checks and in Docker's order, found
 * by whatever they are called, changed, and forgotten when they are removed. What they do is for
 * {@link Lifecycle} to say.
 */
final class Containers {

  private final World world;
  private final Images images;
  private final Networks networks;
  private final Links links;
  private final ContainerStore store;
  private final Ids ids;
  private final RandomNames names;
  private final Events events;
  private final Consumer<String> changed;

  /**
   * @param changed hears, each time, the id of a container of which something else is to be kept
   */
  Containers(
      World world,
      Images images,
      Networks networks,
      Links links,
      ContainerStore store,
      Ids ids,
      Events events,
      Consumer<String> changed) {
    this.world = world;
    this.images = images;
    this.networks = networks;
    this.links = links;
    this.store = store;
    this.ids = ids;
    this.names = new RandomNames(world.seed().generator("names"));
    this.events = events;
    this.changed = changed;
  }

  /** See {@link Engine#create}. */
  Container create(ContainerSpec spec) {
    Image image = images.find(spec.image());
    spec.name().ifPresent(store::checkName);
    spec.restartPolicy().check();
    spec.stopSignal().ifPresent(Engine::signal);
    checkCommand(spec, image);
    NetworkSharing.check(spec);
    AttachmentCheck.check(spec, networks);
    List<Links.Resolved> resolvedLinks = links.resolve(spec, this::find);
    String name = spec.name().orElseGet(() -> names.next(store::hasName));
    Container container =
        new Container(ids.next(), name, spec, image, world.now(), world::epochNanos);
    container.onChange(() -> changed.accept(container.id()));
    store.add(container);
    links.add(container, resolvedLinks);
    changed.accept(container.id());
    events.container(container, "create");
    return container;
  }

  private static void checkCommand(ContainerSpec spec, Image image) {
    boolean nothingToRun =
        spec.command().isEmpty()
            && spec.entrypoint()
                .map(String::isEmpty)
                .orElse(image.commandLine(List.of()).isEmpty());
    if (nothingToRun) {
      throw new EngineException(EngineException.BAD_REQUEST, "no command specified");
    }
    spec.workingDirectory()
        .filter(directory -> !directory.startsWith("/"))
        .ifPresent(
            directory -> {
              throw new EngineException(
                  EngineException.BAD_REQUEST,
                  "the working directory '"
                      + directory
                      + "' is invalid, it needs to be an absolute path");
            });
  }

  /** See {@link Engine#container}. */
  Container find(String reference) {
    return store
        .find(reference)
        .or(() -> findByLink(reference))
        .orElseThrow(
            () ->
                new EngineException(EngineException.NOT_FOUND, "No such container: " + reference));
  }

  private Optional<Container> findByLink(String reference) {
    String path = withoutSlash(reference);
    int slash = path.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : store
            .find(path.substring(0, slash))
            .flatMap(source -> links.target(source, path.substring(slash + 1)))
            .filter(target -> target.state() != Container.State.REMOVED);
  }

  private static String withoutSlash(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  /** Every name of a container: its own, then those that links have given it. */
  List<String> namesOf(Container container) {
    List<String> all = links.namesOf(container);
    all.addFirst(container.name());
    return all;
  }

  /** All of them, the newest first. */
  List<Container> list() {
    return store.newestFirst();
  }

  /** See {@link Engine#rename}. */
  void rename(Container container, String newName) {
    String name = withoutSlash(newName);
    if (name.equals(container.name())) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "Renaming a container with the same name as its current name");
    }
    try {
      store.checkName(name);
    } catch (EngineException e) {
      throw new EngineException(e.status(), "Error when allocating new name: " + e.getMessage());
    }
    String oldName = "/" + container.name();
    store.rename(container, name);
    events.container(container, "rename", Map.of("oldName", oldName));
  }

  /** See {@link Engine#update}. */
  void update(Container container, RestartPolicy policy) {
    policy.check();
    if (container.spec().autoRemove() && !policy.equals(RestartPolicy.NO)) {
      throw new EngineException(
          EngineException.CONFLICT,
          "Cannot update container "
              + container.id()
              + ": Restart policy cannot be updated because AutoRemove is enabled for the"
              + " container");
    }
    container.restartPolicy(policy);
    events.container(container, "update");
  }

  /** See {@link Engine#removeLink}. */
  void removeLink(String name) {
    find(name);
    String path = withoutSlash(name);
    int slash = path.indexOf('/');
    if (slash < 0) {
      throw new EngineException(
          EngineException.INTERNAL,
          "Conflict, cannot remove the default link name of the container");
    }
    Container source = find(path.substring(0, slash));
    links.remove(source, path.substring(slash + 1));
    changed.accept(source.id());
  }

  /** Takes a container that does not run out of all books. */
  void forget(Container container) {
    if (container.state() != Container.State.REMOVED) {
      store.remove(container);
      links.forget(container);
      container.removed();
      links.sources(container).forEach(source -> changed.accept(source.id()));
      events.container(container, "destroy");
    }
  }
}
