package dev.dockwire.stack.ip;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.stack.StackInterface;
import java.util.Arrays;

/**
 * The packet in hand: its bytes, its header and how it came here. Reused for packet after packet;
 * good until the call returns that handed it over, and never to be written to, because the frame it
 * lies in has other readers.
 */
public final class InboundPacket {

  private final Ipv4View header = new Ipv4View();
  private byte[] bytes;
  private StackInterface in;
  private boolean groupFrame;
  private boolean toGroup;
  private boolean verified;

  InboundPacket() {}

  /** Takes a packet off the wire, or says why not in {@link #problem}. */
  boolean wrap(StackInterface in, byte[] bytes, int offset, int length, boolean groupFrame) {
    this.in = in;
    this.bytes = bytes;
    this.groupFrame = groupFrame;
    toGroup = false;
    verified = false;
    return header.wrap(bytes, offset, length);
  }

  /** Shows a translated copy instead, which must be a valid packet that came the same way. */
  public void replaceWith(byte[] copy, int offset, int length) {
    bytes = copy;
    if (!header.wrap(copy, offset, length)) {
      throw new IllegalStateException("a translated packet is not valid: " + header.problem());
    }
  }

  /** The same packet on bytes of its own, to be kept. */
  public InboundPacket copy() {
    int start = offset();
    int length = header.headerLength() + header.payloadLength();
    InboundPacket kept = new InboundPacket();
    if (!kept.wrap(in, Arrays.copyOfRange(bytes, start, start + length), 0, length, groupFrame)) {
      throw new IllegalStateException("a checked packet is not valid: " + kept.problem());
    }
    kept.toGroup(toGroup);
    kept.verified(verified);
    return kept;
  }

  DropReason problem() {
    return header.problem();
  }

  void toGroup(boolean broadcastOrMulticast) {
    toGroup = broadcastOrMulticast;
  }

  public Ipv4View header() {
    return header;
  }

  /** The array that the header's offsets are indexes of. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index of the packet in the array. */
  public int offset() {
    return header.payloadOffset() - header.headerLength();
  }

  /** The interface it came in by; for a packet of this host's own, the one it was to leave by. */
  public StackInterface in() {
    return in;
  }

  /** Whether the checksum of the segment in it has been found right. */
  public boolean isVerified() {
    return verified;
  }

  /** Says that somebody has found it right. */
  public void verified(boolean wasFoundRight) {
    verified = wasFoundRight;
  }

  /** Whether the frame was sent to a broadcast or multicast Ethernet address. */
  public boolean isGroupFrame() {
    return groupFrame;
  }

  /** Whether its destination is a broadcast or multicast address. */
  public boolean isToGroup() {
    return toGroup;
  }
}
