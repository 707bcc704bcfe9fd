package dev.dockwire.fabric;

import dev.dockwire.frame.EthernetView;

/**
 * The dimensions of a fabric.
 *
 * @param slots frames that fit on the ring, a power of two; ring and slots should stay in cache
 * @param mtu the largest packet, in bytes, of any NIC on this fabric
 * @param maxBacklog frames that one NIC may have waiting for room on the ring
 * @param wireNanos how long a frame is on a wire; 0 for as fast as the machine goes. In virtual
 *     time nothing else takes time, so this is what a round trip shows
 */
public record FabricShape(int slots, int mtu, int maxBacklog, long wireNanos) {

  /** 512 slots of 1.5 KiB: 768 KiB, which stays in the second-level cache. */
  public static final FabricShape DEFAULT = new FabricShape(512, 1_500, 1_000, 0);

  /** A time on the wire that makes a ping look as it does between two real containers. */
  public static final long LIFELIKE_WIRE_NANOS = 30_000;

  private static final int CACHE_LINE = 64;

  public FabricShape {
    if (slots < 1 || Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException("the number of slots is a power of two, not " + slots);
    }
    if (mtu < 68 || mtu > 9_000) {
      throw new IllegalArgumentException("an MTU is 68 to 9000 bytes, not " + mtu);
    }
    if ((long) slots * stride(mtu) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(slots + " slots do not fit one array");
    }
    if (maxBacklog < 0 || wireNanos < 0) {
      throw new IllegalArgumentException("neither a backlog nor a wire is less than nothing");
    }
  }

  public FabricShape withWireNanos(long nanos) {
    return new FabricShape(slots, mtu, maxBacklog, nanos);
  }

  int maxFrameLength() {
    return maxFrameLength(mtu);
  }

  private static int maxFrameLength(int mtu) {
    return mtu + EthernetView.HEADER_LENGTH + EthernetView.TAG_LENGTH;
  }

  /** The distance between two slots: whole cache lines. Rounding up to 2 KiB was no faster. */
  int stride() {
    return stride(mtu);
  }

  private static int stride(int mtu) {
    return Math.ceilDiv(maxFrameLength(mtu), CACHE_LINE) * CACHE_LINE;
  }
}
