package dev.dockwire.stack.ip;

import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.StackInterface;

/** Takes IPv4 packets from the wire. */
public final class Ipv4Layer {
  private final Ipv4Output output = new Ipv4Output();

  public Ipv4Layer(HostStack stack) {}

  public void receive(
      StackInterface in, byte[] bytes, int offset, int length, boolean groupFrame, long now) {}

  public Ipv4Output output() {
    return output;
  }
}
