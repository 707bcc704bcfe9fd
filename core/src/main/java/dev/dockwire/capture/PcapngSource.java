package dev.dockwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Reads pcapng: sections of either byte order, one after the other; of their blocks the interface
 * descriptions and the enhanced and simple packets, Ethernet only. Other blocks, and frames of
 * other link types, are passed over.
 */
final class PcapngSource implements FrameSource {

  private static final int MAX_INTERFACES = 1 << 20;

  private record Interface(int linkType, int snapLength, String name, TimestampResolution times) {}

  private final BlockInput in;
  private final List<Interface> interfaces = new ArrayList<>();

  /** The section header's type has been read. */
  PcapngSource(BlockInput in) throws IOException {
    this.in = in;
    readSection();
  }

  @Override
  public Optional<CapturedFrame> next() throws IOException {
    Optional<CapturedFrame> frame = Optional.empty();
    while (frame.isEmpty() && !in.isCutShort()) {
      ByteBuffer type = in.read(4);
      if (!type.hasRemaining()) {
        break;
      }
      frame = readBlock(type.getInt());
    }
    return frame;
  }

  @Override
  public int snapLength() {
    return interfaces.isEmpty() ? 0 : interfaces.getFirst().snapLength;
  }

  private Optional<CapturedFrame> readBlock(int type) throws IOException {
    if (type == Pcapng.SECTION_HEADER) {
      readSection();
      return Optional.empty();
    }
    ByteBuffer length = in.readRest(4);
    if (!length.hasRemaining()) {
      return Optional.empty();
    }
    ByteBuffer body = readBody(length.getInt(), 8);
    if (in.isCutShort()) {
      return Optional.empty();
    }
    return switch (type) {
      case Pcapng.INTERFACE_DESCRIPTION -> {
        addInterface(body);
        yield Optional.empty();
      }
      case Pcapng.ENHANCED_PACKET -> enhancedPacket(body);
      case Pcapng.SIMPLE_PACKET -> simplePacket(body);
      default -> Optional.empty();
    };
  }

  /** A section's header says in which byte order it is, the header's own length included. */
  private void readSection() throws IOException {
    interfaces.clear();
    ByteBuffer start = in.readRest(8);
    if (!start.hasRemaining()) {
      return;
    }
    start.order(ByteOrder.BIG_ENDIAN);
    int magic = start.getInt(4);
    if (magic == Pcapng.BYTE_ORDER_MAGIC) {
      in.order(ByteOrder.BIG_ENDIAN);
    } else if (magic == Integer.reverseBytes(Pcapng.BYTE_ORDER_MAGIC)) {
      in.order(ByteOrder.LITTLE_ENDIAN);
    } else {
      throw new CaptureFormatException("damaged: a section without byte order");
    }
    ByteBuffer body = readBody(start.order(in.order()).getInt(0), 12);
    if (in.isCutShort()) {
      return;
    }
    require(body.remaining() >= 12, "a section header is too short");
    int major = body.getShort() & 0xffff;
    if (major != Pcapng.MAJOR_VERSION) {
      throw new CaptureFormatException("pcapng version " + major + " is not supported");
    }
  }

  /** The rest of a block of which {@code read} bytes are read, without the length at its end. */
  private ByteBuffer readBody(int totalLength, int read) throws IOException {
    if (totalLength < read + 4 || totalLength > BlockInput.MAX_PIECE || totalLength % 4 != 0) {
      throw new CaptureFormatException(
          "damaged: a block of " + Integer.toUnsignedString(totalLength) + " bytes");
    }
    ByteBuffer body = in.readRest(totalLength - read);
    if (body.hasRemaining()) {
      int bodyLength = body.limit() - 4;
      require(body.getInt(bodyLength) == totalLength, "a block whose two lengths differ");
      body.limit(bodyLength);
    }
    return body;
  }

  private void addInterface(ByteBuffer body) throws CaptureFormatException {
    require(body.remaining() >= 8, "an interface description is too short");
    require(interfaces.size() < MAX_INTERFACES, "too many interfaces");
    int linkType = body.getShort() & 0xffff;
    body.getShort();
    int snapLength = body.getInt();
    String name = "";
    TimestampResolution times = TimestampResolution.DEFAULT;
    for (Option option = Option.next(body); option != null; option = Option.next(body)) {
      switch (option.code()) {
        case Pcapng.IF_NAME -> name = option.text();
        case Pcapng.IF_TSRESOL -> times = times.withCode(option.octet());
        case Pcapng.IF_TSOFFSET -> times = times.withOffset(option.long64());
        default -> {
          // The others do not change how frames are read.
        }
      }
    }
    interfaces.add(new Interface(linkType, snapLength, name, times));
  }

  private Optional<CapturedFrame> enhancedPacket(ByteBuffer body) throws CaptureFormatException {
    require(body.remaining() >= Pcapng.ENHANCED_PACKET_HEADER, "a packet block is too short");
    Interface at = interfaceAt(body.getInt());
    long ticks = (long) body.getInt() << 32 | body.getInt() & 0xffff_ffffL;
    int captured = body.getInt();
    int original = body.getInt();
    byte[] bytes = take(body, captured);
    Direction direction = Direction.UNKNOWN;
    StringJoiner comments = new StringJoiner("; ");
    for (Option option = Option.next(body); option != null; option = Option.next(body)) {
      if (option.code() == Pcapng.EPB_FLAGS) {
        direction = Direction.ofFlags(option.int32());
      } else if (option.code() == Pcapng.OPT_COMMENT && option.value().hasRemaining()) {
        comments.add(option.text());
      }
    }
    return ethernet(at, at.times.nanos(ticks), bytes, original, direction, comments.toString());
  }

  private Optional<CapturedFrame> simplePacket(ByteBuffer body) throws CaptureFormatException {
    require(body.remaining() >= 4, "a packet block is too short");
    Interface at = interfaceAt(0);
    int original = body.getInt();
    int limit = at.snapLength > 0 ? at.snapLength : Integer.MAX_VALUE;
    byte[] bytes = take(body, Math.min(original, limit));
    return ethernet(at, 0, bytes, original, Direction.UNKNOWN, "");
  }

  private static Optional<CapturedFrame> ethernet(
      Interface at, long nanos, byte[] bytes, int original, Direction direction, String comment) {
    return at.linkType == Pcapng.ETHERNET
        ? Optional.of(new CapturedFrame(at.name, nanos, bytes, original, direction, comment))
        : Optional.empty();
  }

  private Interface interfaceAt(int number) throws CaptureFormatException {
    require(number >= 0 && number < interfaces.size(), "a frame at an unknown interface");
    return interfaces.get(number);
  }

  private static byte[] take(ByteBuffer body, int length) throws CaptureFormatException {
    require(length >= 0 && length <= body.remaining(), "a frame longer than its block");
    byte[] bytes = new byte[length];
    body.get(bytes);
    body.position(Math.min(body.limit(), Pcapng.padded(body.position())));
    return bytes;
  }

  private static void require(boolean condition, String otherwise) throws CaptureFormatException {
    if (!condition) {
      throw new CaptureFormatException("damaged: " + otherwise);
    }
  }

  /** One option of a block; its value is in the section's byte order. */
  private record Option(int code, ByteBuffer value) {

    /** The next option of {@code body}; null at their end, or where they make no sense. */
    static Option next(ByteBuffer body) {
      if (body.remaining() < 4) {
        return null;
      }
      int code = body.getShort() & 0xffff;
      int length = body.getShort() & 0xffff;
      if (code == Pcapng.OPT_END_OF_OPT || length > body.remaining()) {
        return null;
      }
      ByteBuffer value = body.slice(body.position(), length).order(body.order());
      body.position(Math.min(body.limit(), body.position() + Pcapng.padded(length)));
      return new Option(code, value);
    }

    int octet() {
      return value.limit() < 1 ? 0 : value.get(0) & 0xff;
    }

    int int32() {
      return value.limit() < 4 ? 0 : value.getInt(0);
    }

    long long64() {
      return value.limit() < 8 ? 0 : value.getLong(0);
    }

    String text() {
      return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }
  }
}
