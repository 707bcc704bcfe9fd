package dev.dockwire.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a capture file, read in whole pieces. Takes no more memory than the file has bytes,
 * whatever lengths the file claims, nor more than the largest piece allowed.
 */
final class BlockInput implements Closeable {

  /** No block or frame is larger; Wireshark draws the line at the same place. */
  static final int MAX_PIECE = 16 * 1024 * 1024;

  private final InputStream in;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private boolean cutShort;

  BlockInput(InputStream in) {
    this.in = in;
  }

  void order(ByteOrder newOrder) {
    order = newOrder;
  }

  ByteOrder order() {
    return order;
  }

  /** Whether the file ended inside a piece. */
  boolean isCutShort() {
    return cutShort;
  }

  /**
   * Reads the next {@code length} bytes, in the file's byte order.
   *
   * @return fewer bytes, namely none, at the end of the file, where it may be {@link #isCutShort}
   */
  ByteBuffer read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      cutShort |= bytes.length > 0;
      return ByteBuffer.allocate(0);
    }
    return ByteBuffer.wrap(bytes).order(order);
  }

  /**
   * Like {@link #read}, of what must follow: the file is cut short if even its first byte is
   * missing.
   */
  ByteBuffer readRest(int length) throws IOException {
    ByteBuffer rest = read(length);
    cutShort |= rest.remaining() < length;
    return rest;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
