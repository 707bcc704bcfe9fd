package dev.dockwire.stack.arp;

import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;

/** Takes ARP messages from the wire. */
public final class ArpLayer {
  private final NeighbourCache neighbours;

  public ArpLayer(HostStack stack) {
    neighbours = new NeighbourCache(stack);
  }

  public void receive(
      StackInterface in, long frameSource, byte[] bytes, int offset, int length, long now) {}

  public void announce(StackInterface via, long now) {}

  public NeighbourCache neighbours() {
    return neighbours;
  }
}
