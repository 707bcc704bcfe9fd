package dev.dockwire.stack.ip;

import dev.dockwire.stack.StackInterface;

/** Decides which packets a router passes on, once their way is known. */
@FunctionalInterface
public interface ForwardFilter {

  /** Passes everything on. */
  ForwardFilter ALL = (in, out) -> true;

  /** Whether what came in by one interface may leave by another. */
  boolean allows(StackInterface in, StackInterface out);

  /** Whether a packet may leave by an interface. */
  default boolean allows(InboundPacket packet, StackInterface out) {
    return allows(packet.in(), out);
  }
}
