package dev.dockwire.tools.live;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.capture.CaptureFilter;
import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.EngineException;
import dev.dockwire.engine.Network;

/**
 * Which link ends a capture listens at.
 *
 * @param text what it is called in lists
 */
public record CaptureScope(String text, CaptureFilter filter) {

  public static final CaptureScope EVERYTHING = new CaptureScope("everything", CaptureFilter.all());

  /** Interfaces with this name, as in {@code docker0} or {@code a1/eth0}; they may come later. */
  static CaptureScope ofInterface(String name) {
    return new CaptureScope("interface " + name, CaptureFilter.labels(name));
  }

  /**
   * All interfaces of a container, those of later networks included.
   *
   * @throws EngineException if there is none
   */
  static CaptureScope ofContainer(Engine engine, String reference) {
    Container container = engine.container(reference);
    return new CaptureScope(
        "container " + container.name(),
        nic -> {
          String name = container.name();
          String label = nic.label();
          return label.length() > name.length()
              && label.charAt(name.length()) == '/'
              && label.startsWith(name);
        });
  }

  /**
   * All wires of a network's bridge.
   *
   * @throws EngineException if there is none
   */
  static CaptureScope ofNetwork(Engine engine, String reference) {
    Network network = engine.networks().find(reference);
    Bridge bridge =
        network
            .segment()
            .orElseThrow(
                () ->
                    new EngineException(
                        EngineException.BAD_REQUEST, "network " + reference + " has no bridge"))
            .bridge();
    return new CaptureScope("network " + network.name(), CaptureFilter.bridge(bridge));
  }
}
