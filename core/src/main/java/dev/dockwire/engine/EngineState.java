package dev.dockwire.engine;

import java.util.List;

/**
 * What of an engine outlives it, as a value: {@link Engine#state} takes it, {@link Engine#restore}
 * gives it to a new engine. Not in it: the predefined networks, which every engine makes for
 * itself, what containers have written into their files and logs, and the events of the past.
 *
 * @param generation how many engines had this state before the one that it was taken from; each has
 *     a sequence of ids of its own
 * @param networks those that users made, in the order they were made
 * @param containers in the order they were made
 */
public record EngineState(
    int generation, List<NetworkState> networks, List<ContainerState> containers) {

  public EngineState {
    networks = List.copyOf(networks);
    containers = List.copyOf(containers);
  }
}
