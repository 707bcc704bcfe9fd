package dev.dockwire.stack.arp;

import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.FrameSlot;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.StackInterface;

/**
 * The last step out: gives room for one packet, which the caller fills, and sends it to its next
 * hop. The room is a slot of the NIC's medium if the next hop's address is known, and otherwise a
 * buffer that waits for it.
 *
 * <p>{@code open} and, if that says {@link SendResult#SENT}, exactly one {@code send}.
 */
public final class LinkOutput {

  private static final long MULTICAST = 0x0100_5e00_0000L;
  private static final int MULTICAST_BITS = 0x7f_ffff;

  private final NeighbourCache neighbours;

  private StackInterface via;
  private FrameSlot slot;
  private NeighbourEntry unresolved = NeighbourEntry.NONE;
  private long destination;
  private byte[] bytes;
  private int frameOffset;
  private int frameLength;

  LinkOutput(NeighbourCache neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * Makes room for a packet.
   *
   * @param nextHop a neighbour, or a broadcast or multicast address
   * @param packetLength at most the interface's MTU
   */
  public SendResult open(StackInterface newVia, int nextHop, int packetLength, long now) {
    via = newVia;
    frameLength = EthernetView.HEADER_LENGTH + packetLength;
    if (via.isLoopback()) {
      return openSlot(via.nic().mac().value());
    }
    if (nextHop == Ipv4Address.BROADCAST.value() || via.isBroadcast(nextHop)) {
      return openSlot(MacAddress.BROADCAST.value());
    }
    if (Ipv4Address.isMulticast(nextHop)) {
      return openSlot(MULTICAST | nextHop & MULTICAST_BITS);
    }
    NeighbourEntry neighbour = neighbours.use(via, nextHop, now);
    if (neighbour == NeighbourEntry.NONE) {
      return SendResult.NO_BUFFER;
    }
    if (neighbour.state.isUsable()) {
      return openSlot(neighbour.mac);
    }
    if (neighbour.state == NeighbourState.FAILED) {
      return SendResult.HOST_UNREACHABLE;
    }
    return openBuffer(neighbour);
  }

  private SendResult openSlot(long mac) {
    destination = mac;
    slot = via.nic().claim(frameLength);
    bytes = slot.bytes();
    frameOffset = slot.offset();
    return SendResult.SENT;
  }

  private SendResult openBuffer(NeighbourEntry neighbour) {
    destination = 0;
    unresolved = neighbour;
    bytes = new byte[frameLength];
    frameOffset = 0;
    return SendResult.SENT;
  }

  /** The array to write the packet into. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index where the packet begins. */
  public int offset() {
    return frameOffset + EthernetView.HEADER_LENGTH;
  }

  /**
   * Sends the packet that was written.
   *
   * @param verified as {@link FrameSlot#isVerified}
   */
  public SendResult send(boolean verified, long now) {
    Nic nic = via.nic();
    EthernetView.emitHeader(
        bytes, frameOffset, destination, nic.mac().value(), EthernetView.TYPE_IPV4);
    if (unresolved != NeighbourEntry.NONE) {
      neighbours.hold(unresolved, bytes);
      unresolved = NeighbourEntry.NONE;
      bytes = null;
      return SendResult.SENT;
    }
    slot.verified(verified);
    boolean published = nic.publish(slot, frameLength, now);
    slot = null;
    // Without a carrier packets vanish unnoticed, as they do in Linux.
    return published || !nic.hasCarrier() ? SendResult.SENT : SendResult.NO_BUFFER;
  }
}
