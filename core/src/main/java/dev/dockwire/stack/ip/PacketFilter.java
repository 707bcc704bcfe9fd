package dev.dockwire.stack.ip;

import dev.dockwire.stack.StackInterface;

/**
 * Looks at every packet of a host that has one, at the five points of Linux's netfilter, and may
 * translate its addresses or keep it back; {@code dev.dockwire.nat} does.
 *
 * <pre>
 *   wire -> prerouting -+-> input -> protocols -> output -+-> postrouting -> wire
 *                       '-> forward (with postrouting) ---'
 * </pre>
 *
 * <p>Packets are whole: fragments are put together before, and cut again after. What is broadcast
 * or multicast is not shown, nor what comes in by the loopback, which was seen when it was sent.
 *
 * <p>Whoever says no has counted why: {@link dev.dockwire.stack.HostStack#drop} for what came from
 * the wire, {@link dev.dockwire.stack.HostStack#lose} for the host's own. Calls for a packet from
 * the wire follow each other; between them the host may send packets of its own.
 */
public interface PacketFilter {

  /** A packet has come in; nothing of it may be written to. */
  boolean prerouting(InboundPacket packet, long now);

  /** Where the packet that came in is going after all. */
  int destination();

  /** The packet that came in is delivered here; a translated copy may take its place. */
  boolean input(InboundPacket packet, long now);

  /** The packet that came in is about to be passed on; nothing is changed yet. */
  boolean forward(InboundPacket packet, StackInterface out, long now);

  /** Translates the copy of the packet that leaves. */
  void translate(byte[] bytes, int offset);

  /** A packet of the host's own is about to be sent; it begins at index 0. */
  boolean output(byte[] packet, int length, long now);

  /** Where the host's own packet is going after all. */
  int ownDestination();

  /** The host's own packet leaves by an interface; here it is translated in place. */
  boolean postrouting(byte[] packet, StackInterface out, long now);
}
