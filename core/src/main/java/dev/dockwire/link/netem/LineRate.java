package dev.dockwire.link.netem;

/**
 * How fast a line is, and what it adds to each frame.
 *
 * @param bytesPerSecond 0 for unlimited
 * @param packetOverhead octets that each frame needs on the line besides its own; may be negative
 * @param cellSize octets that a cell carries; 0 for a line that does not cut frames into cells
 * @param cellOverhead octets that each cell needs besides those; may be negative
 */
public record LineRate(long bytesPerSecond, int packetOverhead, int cellSize, int cellOverhead) {

  public static final LineRate UNLIMITED = new LineRate(0, 0, 0, 0);

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int BITS = 8;

  public static LineRate ofBitsPerSecond(long bitsPerSecond) {
    return new LineRate(bitsPerSecond / BITS, 0, 0, 0);
  }

  public boolean isLimited() {
    return bytesPerSecond != 0;
  }

  /** How long a frame takes to pass. */
  long nanos(int length) {
    long octets = (long) length + packetOverhead;
    if (cellSize > 0) {
      octets = Math.ceilDiv(octets, cellSize) * ((long) cellSize + cellOverhead);
    }
    return Math.max(0, octets) * NANOS_PER_SECOND / bytesPerSecond;
  }
}
