package dev.dockwire.tools.daemon;

import dev.dockwire.engine.ContainerState;
import dev.dockwire.engine.EngineState;
import dev.dockwire.engine.NetworkState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What makes one state of an engine of another. Its lists are in the order things were made in: one
 * that was there already keeps its place, a new one comes last.
 *
 * @param removed the ids of networks and containers that are gone
 * @param networks those that are new or different
 * @param containers those that are new or different
 */
record StateChange(
    List<String> removed, List<NetworkState> networks, List<ContainerState> containers) {

  StateChange {
    removed = List.copyOf(removed);
    networks = List.copyOf(networks);
    containers = List.copyOf(containers);
  }

  /** The change from one state of an engine to a later one of the same engine. */
  static StateChange between(EngineState before, EngineState after) {
    List<String> removed = new ArrayList<>();
    return new StateChange(
        removed,
        changed(before.networks(), after.networks(), NetworkState::id, removed),
        changed(before.containers(), after.containers(), ContainerState::id, removed));
  }

  private static <T> List<T> changed(
      List<T> before, List<T> after, Function<T, String> id, List<String> removed) {
    Map<String, T> gone = byId(before, id);
    List<T> changed = new ArrayList<>();
    for (T now : after) {
      if (!now.equals(gone.remove(id.apply(now)))) {
        changed.add(now);
      }
    }
    removed.addAll(gone.keySet());
    return changed;
  }

  private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
    Map<String, T> byId = LinkedHashMap.newLinkedHashMap(all.size());
    all.forEach(one -> byId.put(id.apply(one), one));
    return byId;
  }

  /** The state that a sequence of changes makes of an earlier one. */
  static EngineState applyAll(EngineState before, List<StateChange> changes) {
    Map<String, NetworkState> networks = byId(before.networks(), NetworkState::id);
    Map<String, ContainerState> containers = byId(before.containers(), ContainerState::id);
    for (StateChange change : changes) {
      networks.keySet().removeAll(change.removed);
      containers.keySet().removeAll(change.removed);
      networks.putAll(byId(change.networks, NetworkState::id));
      containers.putAll(byId(change.containers, ContainerState::id));
    }
    return new EngineState(
        before.generation(), List.copyOf(networks.values()), List.copyOf(containers.values()));
  }
}
