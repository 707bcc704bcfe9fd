package dev.dockwire.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The containers there are, by id, name and the beginning of an id. */
final class ContainerStore {

  private final Map<String, Container> byId = new LinkedHashMap<>();
  private final TreeMap<String, Container> sortedById = new TreeMap<>();
  private final Map<String, Container> byName = new LinkedHashMap<>();

  /**
   * Checks that a name may be given to a container.
   *
   * @throws EngineException 400 if it is none, 409 if it is in use
   */
  void checkName(String name) {
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw new EngineException(
          EngineException.BAD_REQUEST,
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    Container owner = byName.get(name);
    if (owner != null) {
      throw new EngineException(
          EngineException.CONFLICT,
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + owner.id()
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
  }

  boolean hasName(String name) {
    return byName.containsKey(name);
  }

  void add(Container container) {
    byId.put(container.id(), container);
    sortedById.put(container.id(), container);
    byName.put(container.name(), container);
  }

  void remove(Container container) {
    byId.remove(container.id());
    sortedById.remove(container.id());
    byName.remove(container.name(), container);
  }

  void rename(Container container, String name) {
    byName.remove(container.name(), container);
    container.name(name);
    byName.put(name, container);
  }

  Optional<Container> withId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Finds a container by its id, its name, or the unambiguous beginning of its id. */
  Optional<Container> find(String reference) {
    Container exact = byId.get(reference);
    if (exact == null) {
      exact = byName.get(reference.startsWith("/") ? reference.substring(1) : reference);
    }
    return exact != null ? Optional.of(exact) : findByIdPrefix(reference);
  }

  private Optional<Container> findByIdPrefix(String prefix) {
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    List<Container> matches =
        sortedById.subMap(prefix, prefix + Character.MAX_VALUE).values().stream().limit(2).toList();
    return matches.size() == 1 ? Optional.of(matches.getFirst()) : Optional.empty();
  }

  /** All containers, the newest first. */
  List<Container> newestFirst() {
    return new ArrayList<>(byId.values()).reversed();
  }
}
