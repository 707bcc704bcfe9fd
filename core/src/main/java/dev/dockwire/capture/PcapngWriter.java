package dev.dockwire.capture;

import static dev.dockwire.capture.Pcapng.padded;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.MacAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes pcapng: one section, little endian, of interface descriptions, enhanced packets with
 * nanosecond times, name resolution and, at the end, interface statistics.
 *
 * <pre>
 * +------+--------------+------+---------------------------+--------------+
 * | type | total length | body | options ... opt_endofopt  | total length |
 * +------+--------------+------+---------------------------+--------------+
 * </pre>
 *
 * A frame is copied once, into the file's batch; nothing is allocated for one without a comment.
 */
public final class PcapngWriter extends BlockWriter {

  /** Names and comments are cut to this many bytes, so that every block fits a batch. */
  private static final int MAX_TEXT = 1_024;

  /** All names of one address together. */
  private static final int MAX_NAMES = 16 * MAX_TEXT;

  private static final int FLAGS_OPTION = 8;
  private static final int FLAGS_HEADER = Pcapng.EPB_FLAGS | 4 << 16;
  private static final int DROPCOUNT_OPTION = 12;
  private static final int END_OF_OPT = 4;
  private static final int NANOSECONDS = 9;

  private final int snapLength;
  private int interfaces;

  PcapngWriter(BlockOutput file, int snapLength) throws IOException {
    super(file);
    this.snapLength = CaptureWriter.snapLength(snapLength);
    writeSectionHeader();
    file.begin();
  }

  PcapngWriter(SeekableByteChannel channel, String name, int snapLength) throws IOException {
    this(new WriteThrough(new CaptureFile(channel, name, PcapngWriter::blockLength)), snapLength);
  }

  /** See {@link CaptureFormat#create}. */
  public static PcapngWriter create(Path path, int snapLength) throws IOException {
    return new PcapngWriter(
        new WriteThrough(CaptureFile.create(path, PcapngWriter::blockLength)), snapLength);
  }

  static int blockLength(ByteBuffer batch, int index) {
    return batch.getInt(index + 4);
  }

  private void writeSectionHeader() {
    byte[] application = text("Dockwire");
    int length = Pcapng.BLOCK_OVERHEAD + 16 + optionLength(application.length) + END_OF_OPT;
    ByteBuffer out = begin(Pcapng.SECTION_HEADER, length);
    out.putInt(Pcapng.BYTE_ORDER_MAGIC);
    out.putShort((short) Pcapng.MAJOR_VERSION).putShort((short) Pcapng.MINOR_VERSION);
    out.putLong(-1);
    option(out, Pcapng.SHB_USERAPPL, application);
    end(out, length);
  }

  @Override
  public int addInterface(String name, MacAddress mac, String description) {
    byte[] nameText = text(name);
    byte[] descriptionText = text(description);
    int length =
        Pcapng.BLOCK_OVERHEAD
            + 8
            + optionLength(nameText.length)
            + (descriptionText.length == 0 ? 0 : optionLength(descriptionText.length))
            + optionLength(6)
            + optionLength(1)
            + END_OF_OPT;
    ByteBuffer out = begin(Pcapng.INTERFACE_DESCRIPTION, length);
    out.putShort((short) Pcapng.ETHERNET).putShort((short) 0).putInt(snapLength);
    option(out, Pcapng.IF_NAME, nameText);
    if (descriptionText.length > 0) {
      option(out, Pcapng.IF_DESCRIPTION, descriptionText);
    }
    optionHeader(out, Pcapng.IF_MACADDR, 6);
    for (int shift = 40; shift >= 0; shift -= 8) {
      out.put((byte) (mac.value() >>> shift));
    }
    pad(out, 6);
    optionHeader(out, Pcapng.IF_TSRESOL, 1);
    out.put((byte) NANOSECONDS);
    pad(out, 1);
    end(out, length);
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
    byte[] commentText = comment.isEmpty() ? null : text(comment);
    int blockLength =
        Pcapng.BLOCK_OVERHEAD
            + Pcapng.ENHANCED_PACKET_HEADER
            + padded(captured)
            + FLAGS_OPTION
            + (lost > 0 ? DROPCOUNT_OPTION : 0)
            + (commentText == null ? 0 : optionLength(commentText.length))
            + END_OF_OPT;
    ByteBuffer out = file.room(blockLength);
    int start = out.position();
    int data = start + 8 + Pcapng.ENHANCED_PACKET_HEADER;
    int options = data + padded(captured);
    out.putLong(start, twoWords(Pcapng.ENHANCED_PACKET, blockLength));
    out.putLong(start + 8, twoWords(interfaceNumber, (int) (epochNanos >>> 32)));
    out.putLong(start + 16, twoWords((int) epochNanos, captured));
    out.putInt(start + 24, length);
    // The padding first: the data's last octets go over it.
    out.putInt(options - 4, 0);
    out.put(data, bytes, offset, captured);
    out.putLong(options, twoWords(FLAGS_HEADER, direction.flags()));
    out.position(options + FLAGS_OPTION);
    if (lost > 0) {
      optionHeader(out, Pcapng.EPB_DROPCOUNT, 8);
      out.putLong(lost);
    }
    if (commentText != null) {
      option(out, Pcapng.OPT_COMMENT, commentText);
    }
    end(out, blockLength);
  }

  /** Two words of the file, in one store. */
  private static long twoWords(int first, int second) {
    return (first & 0xffff_ffffL) | (long) second << 32;
  }

  @Override
  public void names(Ipv4Address address, List<String> names) {
    byte[] value = terminatedNames(names);
    if (value.length == 0) {
      return;
    }
    int recordLength = 4 + value.length;
    int length = Pcapng.BLOCK_OVERHEAD + optionLength(recordLength) + 4 + END_OF_OPT;
    ByteBuffer out = begin(Pcapng.NAME_RESOLUTION, length);
    optionHeader(out, Pcapng.NRB_RECORD_IPV4, recordLength);
    out.putInt(Integer.reverseBytes(address.value()));
    out.put(value);
    pad(out, recordLength);
    optionHeader(out, Pcapng.NRB_RECORD_END, 0);
    end(out, length);
  }

  /**
   * The names one after the other, each ended by a zero; those that do not fit are left out. The
   * first comes last, because Wireshark shows the last one.
   */
  private static byte[] terminatedNames(List<String> names) {
    byte[] value = new byte[MAX_NAMES];
    int length = 0;
    for (String name : names.reversed()) {
      byte[] text = text(name);
      if (text.length > 0 && length + text.length < MAX_NAMES) {
        System.arraycopy(text, 0, value, length, text.length);
        value[length + text.length] = 0;
        length += text.length + 1;
      }
    }
    return Arrays.copyOf(value, length);
  }

  @Override
  public void statistics(
      int interfaceNumber, long startNanos, long endNanos, long received, long lost) {
    int length = Pcapng.BLOCK_OVERHEAD + 12 + 4 * optionLength(8) + END_OF_OPT;
    ByteBuffer out = begin(Pcapng.INTERFACE_STATISTICS, length);
    out.putInt(interfaceNumber);
    time(out, endNanos);
    optionHeader(out, Pcapng.ISB_STARTTIME, 8);
    time(out, startNanos);
    optionHeader(out, Pcapng.ISB_ENDTIME, 8);
    time(out, endNanos);
    optionHeader(out, Pcapng.ISB_IFRECV, 8);
    out.putLong(received);
    optionHeader(out, Pcapng.ISB_IFDROP, 8);
    out.putLong(lost);
    end(out, length);
  }

  private ByteBuffer begin(int type, int length) {
    return file.room(length).putInt(type).putInt(length);
  }

  private static void end(ByteBuffer out, int length) {
    out.putLong(twoWords(Pcapng.OPT_END_OF_OPT, length));
  }

  /** A time is two halves, the high one first, whatever the byte order. */
  private static void time(ByteBuffer out, long nanos) {
    out.putInt((int) (nanos >>> 32)).putInt((int) nanos);
  }

  private static int optionLength(int valueLength) {
    return 4 + padded(valueLength);
  }

  private static void optionHeader(ByteBuffer out, int code, int valueLength) {
    out.putShort((short) code).putShort((short) valueLength);
  }

  private static void option(ByteBuffer out, int code, byte[] value) {
    optionHeader(out, code, value.length);
    out.put(value);
    pad(out, value.length);
  }

  private static void pad(ByteBuffer out, int length) {
    for (int i = length; i < padded(length); i++) {
      out.put((byte) 0);
    }
  }

  /** UTF-8, cut between two characters if it is too long. */
  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, MAX_TEXT);
    while (length < bytes.length && (bytes[length] & 0xc0) == 0x80) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }
}
