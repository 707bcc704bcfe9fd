package dev.dockwire.capture;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads the frames of a capture file: classic pcap or pcapng, in either byte order, Ethernet.
 *
 * <p>A file that was cut anywhere gives every frame before the cut; {@link #isCutShort} says so
 * after the last one. One that is damaged gives every frame before the damage, then {@link
 * #damage}. Memory is bounded by the file's real size and by 16 MiB for one block.
 */
public final class CaptureReader implements Iterator<CapturedFrame>, Closeable {

  private final BlockInput in;
  private final FrameSource source;
  private Optional<CapturedFrame> ahead = Optional.empty();
  private String damage;
  private boolean ended;

  /**
   * Reads from {@code stream}, which it will close.
   *
   * @throws CaptureFormatException if it is not a capture of Ethernet frames
   */
  public CaptureReader(InputStream stream) throws IOException {
    in = new BlockInput(new BufferedInputStream(stream));
    ByteBuffer start = in.readRest(4);
    int magic = start.hasRemaining() ? start.order(ByteOrder.BIG_ENDIAN).getInt() : 0;
    if (magic == Pcapng.SECTION_HEADER) {
      source = new PcapngSource(in);
    } else if (PcapSource.isMagic(magic)) {
      source = new PcapSource(in, magic);
    } else {
      throw new CaptureFormatException("not a capture file (neither pcap nor pcapng)");
    }
  }

  /**
   * Opens a capture file.
   *
   * @throws CaptureFormatException if it is not a capture of Ethernet frames
   */
  public static CaptureReader open(Path file) throws IOException {
    InputStream stream = Files.newInputStream(file);
    try {
      return new CaptureReader(stream);
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  /**
   * Whether there is another frame.
   *
   * @throws UncheckedIOException if the file cannot be read any further
   */
  @Override
  public boolean hasNext() {
    if (ahead.isEmpty() && !ended) {
      try {
        ahead = source.next();
      } catch (CaptureFormatException e) {
        damage = e.getMessage();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ended = ahead.isEmpty();
    }
    return ahead.isPresent();
  }

  /** How many octets of a frame the file holds at most; known after {@link #hasNext}. */
  public int snapLength() {
    return source.snapLength();
  }

  @Override
  public CapturedFrame next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    CapturedFrame frame = ahead.orElseThrow();
    ahead = Optional.empty();
    return frame;
  }

  /** After the last frame: whether the file ends inside a block, as after a kill or a full disk. */
  public boolean isCutShort() {
    return in.isCutShort();
  }

  /** After the last frame: what is wrong with the file behind it, in one line; empty if nothing. */
  public Optional<String> damage() {
    return Optional.ofNullable(damage);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
