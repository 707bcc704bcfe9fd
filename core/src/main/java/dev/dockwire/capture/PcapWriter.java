package dev.dockwire.capture;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes classic pcap with nanosecond times, little endian. It has no place for interfaces,
 * directions, losses, comments or names, so it suits one link end; for more, take pcapng.
 *
 * <pre>
 * +---------+-------------+-----------------+-----------------+-----------
 * | seconds | nanoseconds | captured length | original length | frame ...
 * +---------+-------------+-----------------+-----------------+-----------
 * </pre>
 *
 * Seconds are 32 bits, unsigned: until the year 2106.
 */
public final class PcapWriter extends BlockWriter {

  static final int NANOSECOND_MAGIC = 0xa1b2_3c4d;
  static final int MICROSECOND_MAGIC = 0xa1b2_c3d4;
  static final int FILE_HEADER_LENGTH = 24;
  static final int RECORD_HEADER_LENGTH = 16;

  private static final int MAJOR_VERSION = 2;
  private static final int MINOR_VERSION = 4;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final int snapLength;
  private int interfaces;

  PcapWriter(BlockOutput file, int snapLength) throws IOException {
    super(file);
    this.snapLength = CaptureWriter.snapLength(snapLength);
    ByteBuffer out = file.room(FILE_HEADER_LENGTH);
    out.putInt(NANOSECOND_MAGIC);
    out.putShort((short) MAJOR_VERSION).putShort((short) MINOR_VERSION);
    out.putInt(0).putInt(0);
    out.putInt(this.snapLength).putInt(Pcapng.ETHERNET);
    file.begin();
  }

  /**
   * Writes to a channel.
   *
   * @param name what messages call the file
   * @throws IOException if not even the file's header can be written
   */
  public PcapWriter(SeekableByteChannel channel, String name, int snapLength) throws IOException {
    this(new WriteThrough(new CaptureFile(channel, name, PcapWriter::recordLength)), snapLength);
  }

  /** See {@link CaptureFormat#create}. */
  public static PcapWriter create(Path path, int snapLength) throws IOException {
    return new PcapWriter(
        new WriteThrough(CaptureFile.create(path, PcapWriter::recordLength)), snapLength);
  }

  /** The file's header is written before there is any record, so a batch of it alone is whole. */
  static int recordLength(ByteBuffer batch, int index) {
    return RECORD_HEADER_LENGTH + batch.getInt(index + 8);
  }

  @Override
  public int addInterface(String name, MacAddress mac, String description) {
    return interfaces++;
  }

  @Override
  public void frame(
      int interfaceNumber,
      long epochNanos,
      byte[] bytes,
      int offset,
      int length,
      Direction direction,
      long lost,
      String comment) {
    int captured = Math.min(length, snapLength);
    ByteBuffer out = file.room(RECORD_HEADER_LENGTH + captured);
    out.putInt((int) Math.floorDiv(epochNanos, NANOS_PER_SECOND));
    out.putInt((int) Math.floorMod(epochNanos, NANOS_PER_SECOND));
    out.putInt(captured).putInt(length);
    out.put(bytes, offset, captured);
  }

  @Override
  public void names(Ipv4Address address, List<String> names) {
    // Classic pcap has no place for names.
  }

  @Override
  public void statistics(
      int interfaceNumber, long startNanos, long endNanos, long received, long lost) {
    // Nor for statistics.
  }
}
