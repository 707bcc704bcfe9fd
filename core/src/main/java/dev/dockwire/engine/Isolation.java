package dev.dockwire.engine;

import dev.dockwire.stack.StackInterface;
import dev.dockwire.stack.ip.ForwardFilter;

/**
 * What the Docker host passes on between its interfaces: from a bridge to the outside unless the
 * network is internal, and nothing from one bridge to another or from outside to a bridge. The rest
 * is dropped in silence, as by Docker's isolation chains.
 */
final class Isolation implements ForwardFilter {

  private final Networks networks;

  Isolation(Networks networks) {
    this.networks = networks;
  }

  @Override
  public boolean allows(StackInterface in, StackInterface out) {
    return networks
        .behind(in)
        .map(from -> in == out || networks.behind(out).isEmpty() && !from.spec().internal())
        .orElseGet(() -> networks.behind(out).isEmpty());
  }
}
