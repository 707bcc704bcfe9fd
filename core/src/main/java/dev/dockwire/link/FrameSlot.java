package dev.dockwire.link;

import dev.dockwire.frame.DropReason;

/**
 * One reusable place for a frame: its bytes, who sent it, when, and what became of it.
 *
 * <p>Borrow rule: whoever is handed a slot may read it until the call returns; to keep the frame,
 * copy the bytes. Only its {@link Medium} and {@link Nic} fill it.
 */
public final class FrameSlot {

  /** What the far end of the wire did with the frame. */
  public enum Fate {
    IN_FLIGHT,
    DELIVERED,
    FORWARDED,
    FLOODED,
    DROPPED
  }

  private static final int UNFILLED = -1;

  private static final Fate[] FATES = Fate.values();
  private static final byte IN_FLIGHT = (byte) Fate.IN_FLIGHT.ordinal();
  private static final byte FLOODED = (byte) Fate.FLOODED.ordinal();

  private final byte[] bytes;
  private final int offset;
  private final int capacity;

  private int length;
  private Nic sender;
  private long stamp;
  private int hops;
  private boolean verified;

  /** The ordinal of a {@link Fate}: a reference would cost the collector's mark each time. */
  private byte fate = IN_FLIGHT;

  private DropReason dropReason;

  /** What an earlier frame left here until this one's fate is settled. */
  private FramePort egress;

  /** A slot of {@code capacity} bytes that starts at {@code offset} of a larger array. */
  public FrameSlot(byte[] bytes, int offset, int capacity) {
    this.bytes = bytes;
    this.offset = offset;
    this.capacity = capacity;
  }

  /** The array the frame lies in; it begins at {@link #offset}. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return offset;
  }

  /** The frame's length in bytes, from its destination address on, without frame check sequence. */
  public int length() {
    return length;
  }

  /** How many bytes fit. */
  public int capacity() {
    return capacity;
  }

  /** The NIC that transmitted the frame. */
  public Nic sender() {
    return sender;
  }

  /** When the frame was transmitted, in monotonic nanoseconds. */
  public long stamp() {
    return stamp;
  }

  /** How many wires between bridges the frame has crossed. */
  public int hops() {
    return hops;
  }

  /** For who has held the frame: how many bridges it has crossed so far. */
  public void hops(int hopsSoFar) {
    hops = hopsSoFar;
  }

  /**
   * Whether the checksum of the TCP segment in it has been found right on the way, by a host that
   * forwarded it, and nothing has damaged it since: who receives it need not compute it again.
   * Linux calls it CHECKSUM_UNNECESSARY.
   */
  public boolean isVerified() {
    return verified;
  }

  /** Says of a claimed slot, or of one that was damaged, whether it {@link #isVerified}. */
  public void verified(boolean wasFoundRight) {
    verified = wasFoundRight;
  }

  /** Whether nothing has become of it yet. */
  public boolean isInFlight() {
    return fate == IN_FLIGHT;
  }

  public Fate fate() {
    return FATES[fate];
  }

  /** Why the frame was dropped; meaningful after {@link Fate#DROPPED}. */
  public DropReason dropReason() {
    return dropReason;
  }

  /**
   * The one port the frame went to, or the one it came in by if it was flooded; null if it went
   * nowhere, or not yet. A frame that a stack dropped still says where.
   */
  public FramePort egress() {
    return fate == IN_FLIGHT ? null : egress;
  }

  /** The far end took the frame, or passed it on to the one port {@code to}. */
  public void settle(Fate outcome, FramePort to) {
    fate = (byte) outcome.ordinal();
    egress = to;
  }

  /**
   * The far end, or the stack behind it, dropped the frame. A flooded frame stays flooded: that one
   * of its receivers dropped it is not what became of it.
   */
  public void settleDropped(DropReason reason) {
    if (fate == IN_FLIGHT) {
      egress = null;
    }
    if (fate != FLOODED) {
      fate = (byte) Fate.DROPPED.ordinal();
    }
    dropReason = reason;
  }

  /** Copies the frame of another slot, with the number of bridges it has crossed, into this one. */
  public void copyFrom(FrameSlot other, int hopsSoFar) {
    System.arraycopy(other.bytes, other.offset, bytes, offset, other.length);
    hops = hopsSoFar;
    verified = other.verified;
  }

  /** For the medium: the slot is being filled, and not yet a frame. */
  public void claimed() {
    length = UNFILLED;
    hops = 0;
    verified = false;
  }

  /** For the medium and the NIC: makes the filled slot a frame that is in flight. */
  public void fill(Nic from, int frameLength, long now) {
    sender = from;
    length = frameLength;
    stamp = now;
    fate = IN_FLIGHT;
  }

  /** For the medium: the slot was claimed but carries nothing. */
  public void fillVoid() {
    length = 0;
  }

  /** Whether the slot was given back unsent. */
  public boolean isVoid() {
    return length == 0;
  }
}
