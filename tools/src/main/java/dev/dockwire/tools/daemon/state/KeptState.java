package dev.dockwire.tools.daemon.state;

import dev.dockwire.engine.ContainerState;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineState;
import dev.dockwire.engine.NetworkState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An engine's state as far as it is kept, by id, so that a change costs what is different and not
 * what there is. One that was there already keeps its place, a new one comes last.
 */
final class KeptState {

  private final int generation;
  private final Map<String, NetworkState> networks = new LinkedHashMap<>();
  private final Map<String, ContainerState> containers = new LinkedHashMap<>();

  KeptState(EngineState state) {
    generation = state.generation();
    state.networks().forEach(network -> networks.put(network.id(), network));
    state.containers().forEach(container -> containers.put(container.id(), container));
  }

  /**
   * What the engine has by now that is different.
   *
   * @param ids of all networks and containers that may be
   */
  StateChange difference(Collection<String> ids, Engine engine) {
    List<String> removed = new ArrayList<>();
    List<NetworkState> changedNetworks = new ArrayList<>();
    List<ContainerState> changedContainers = new ArrayList<>();
    for (String id : ids) {
      Optional<NetworkState> network = engine.networkState(id);
      Optional<ContainerState> container = engine.containerState(id);
      network.filter(now -> !now.equals(networks.get(id))).ifPresent(changedNetworks::add);
      container.filter(now -> !now.equals(containers.get(id))).ifPresent(changedContainers::add);
      if (network.isEmpty() && networks.containsKey(id)
          || container.isEmpty() && containers.containsKey(id)) {
        removed.add(id);
      }
    }
    return new StateChange(removed, changedNetworks, changedContainers);
  }

  void apply(StateChange change) {
    networks.keySet().removeAll(change.removed());
    containers.keySet().removeAll(change.removed());
    change.networks().forEach(network -> networks.put(network.id(), network));
    change.containers().forEach(container -> containers.put(container.id(), container));
  }

  EngineState value() {
    return new EngineState(
        generation, List.copyOf(networks.values()), List.copyOf(containers.values()));
  }
}
