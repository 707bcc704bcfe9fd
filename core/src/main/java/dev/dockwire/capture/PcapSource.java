package dev.dockwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads classic pcap, with microsecond or nanosecond times, in either byte order. */
final class PcapSource implements FrameSource {

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final BlockInput in;
  private final long fractionNanos;
  private int snapLength;

  /** Whether a file with these first four bytes, read as big endian, is classic pcap. */
  static boolean isMagic(int magic) {
    int other = Integer.reverseBytes(magic);
    return isPcap(magic) || isPcap(other);
  }

  private static boolean isPcap(int magic) {
    return magic == PcapWriter.NANOSECOND_MAGIC || magic == PcapWriter.MICROSECOND_MAGIC;
  }

  /**
   * @param magic the first four bytes of the file, already read, as big endian
   */
  PcapSource(BlockInput in, int magic) throws IOException {
    this.in = in;
    boolean bigEndian = isPcap(magic);
    in.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int value = bigEndian ? magic : Integer.reverseBytes(magic);
    fractionNanos = value == PcapWriter.NANOSECOND_MAGIC ? 1 : NANOS_PER_MICRO;
    ByteBuffer header = in.readRest(PcapWriter.FILE_HEADER_LENGTH - 4);
    if (header.hasRemaining()) {
      snapLength = header.getInt(12);
      // The upper bits of the link type say whether there is a frame check sequence.
      int linkType = header.getInt(16) & 0xffff;
      if (linkType != Pcapng.ETHERNET) {
        throw new CaptureFormatException("link type " + linkType + " is not Ethernet");
      }
    }
  }

  @Override
  public int snapLength() {
    return snapLength;
  }

  @Override
  public Optional<CapturedFrame> next() throws IOException {
    if (in.isCutShort()) {
      return Optional.empty();
    }
    ByteBuffer header = in.read(PcapWriter.RECORD_HEADER_LENGTH);
    if (!header.hasRemaining()) {
      return Optional.empty();
    }
    long seconds = header.getInt() & 0xffff_ffffL;
    long fraction = header.getInt() & 0xffff_ffffL;
    int captured = header.getInt();
    int original = header.getInt();
    if (captured < 0 || captured > BlockInput.MAX_PIECE) {
      throw new CaptureFormatException(
          "damaged: a frame of " + Integer.toUnsignedString(captured) + " bytes");
    }
    ByteBuffer frame = in.readRest(captured);
    if (in.isCutShort()) {
      return Optional.empty();
    }
    long nanos = seconds * NANOS_PER_SECOND + fraction * fractionNanos;
    return Optional.of(
        new CapturedFrame("", nanos, frame.array(), original, Direction.UNKNOWN, ""));
  }
}
