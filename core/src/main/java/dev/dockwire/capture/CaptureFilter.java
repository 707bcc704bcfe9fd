package dev.dockwire.capture;

import dev.dockwire.bridge.Bridge;
import dev.dockwire.bridge.BridgePort;
import dev.dockwire.link.Nic;
import java.util.List;
import java.util.Set;

/** Which link ends a capture listens at. Asked for every frame, so it should be quick. */
@FunctionalInterface
public interface CaptureFilter {

  boolean captures(Nic nic);

  /** Every link of the fabric. */
  static CaptureFilter all() {
    return nic -> true;
  }

  /** The link ends with these labels, such as {@code a1/eth0}, whether they exist yet or not. */
  static CaptureFilter labels(String... labels) {
    Set<String> wanted = Set.copyOf(List.of(labels));
    return nic -> wanted.contains(nic.label());
  }

  /** The link ends of one bridge's wires: of its host, and of the hosts on it. */
  static CaptureFilter bridge(Bridge bridge) {
    return nic -> nic.peer() instanceof BridgePort port && port.bridge() == bridge;
  }
}
