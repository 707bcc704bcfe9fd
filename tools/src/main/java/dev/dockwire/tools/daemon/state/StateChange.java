package dev.dockwire.tools.daemon.state;

import dev.dockwire.engine.ContainerState;
import dev.dockwire.engine.NetworkState;
import java.util.List;

/**
 * What makes one state of an engine of another; {@link KeptState} finds and applies it.
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

  boolean isEmpty() {
    return removed.isEmpty() && networks.isEmpty() && containers.isEmpty();
  }
}
