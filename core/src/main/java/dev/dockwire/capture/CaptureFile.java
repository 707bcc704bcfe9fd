package dev.dockwire.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * An append-only file of blocks. Whole blocks are gathered in one batch, and each batch is handed
 * to the file in one write, so a file that is cut anywhere has at most one torn block, at its end.
 * Nothing is preallocated: readers take trailing zeros for damage.
 *
 * <p>When a write fails, for want of room or otherwise, the file is cut back to its last whole
 * block and writing stops for good; blocks after that go nowhere.
 */
final class CaptureFile implements Closeable {

  /** Larger than any block, and enough that a write's own cost is lost among its frames. */
  private static final int BATCH_LENGTH = 256 * 1024;

  /** Tells how long the block is that starts at {@code index} of a batch. */
  @FunctionalInterface
  interface BlockLength {
    int at(ByteBuffer batch, int index);
  }

  private final SeekableByteChannel channel;
  private final String name;
  private final BlockLength blockLength;
  private final ByteBuffer batch =
      ByteBuffer.allocateDirect(BATCH_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
  private long length;

  /** Why writing stopped; null while it goes on. */
  private volatile String stopReason;

  /**
   * @param name what messages call the file
   */
  CaptureFile(SeekableByteChannel channel, String name, BlockLength blockLength) {
    this.channel = channel;
    this.name = name;
    this.blockLength = blockLength;
  }

  static CaptureFile create(Path path, BlockLength blockLength) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);
    return new CaptureFile(channel, path.toString(), blockLength);
  }

  /**
   * Writes what was gathered so far, the file's header, at once.
   *
   * @throws IOException if that fails; the file is closed then
   */
  void begin() throws IOException {
    flush();
    if (isStopped()) {
      throw new IOException(stopReason);
    }
  }

  /** The batch, little endian, with room for a block of up to {@code maxLength} bytes. */
  ByteBuffer room(int maxLength) {
    if (batch.remaining() < maxLength) {
      flush();
    }
    return batch;
  }

  void flush() {
    batch.flip();
    if (!isStopped() && batch.hasRemaining()) {
      // An interrupt meant for the thread's own work would close the channel.
      boolean interrupted = Thread.interrupted();
      try {
        writeBatch();
      } catch (IOException e) {
        stop(e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
    batch.clear();
  }

  private void writeBatch() throws IOException {
    while (batch.hasRemaining()) {
      if (channel.write(batch) == 0) {
        throw new IOException("nothing more can be written");
      }
    }
    length += batch.limit();
  }

  private void stop(IOException cause) {
    int written = batch.position();
    try (channel) {
      channel.truncate(length + wholeBlocks(written));
    } catch (IOException _) {
      // What matters was the first failure; a torn block at the end is one a reader can bear.
    }
    stopReason = reason(cause);
  }

  /** How many of the first {@code written} bytes of the batch make up whole blocks. */
  private int wholeBlocks(int written) {
    int end = 0;
    while (end < written) {
      int next = end + blockLength.at(batch, end);
      if (next > written) {
        break;
      }
      end = next;
    }
    return end;
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  Optional<String> problem() {
    return isStopped()
        ? Optional.of("capture stopped: " + stopReason + ": " + name)
        : Optional.empty();
  }

  boolean isStopped() {
    return stopReason != null;
  }

  @Override
  public void close() {
    flush();
    try {
      channel.close();
    } catch (IOException e) {
      if (!isStopped()) {
        stopReason = reason(e);
      }
    }
  }
}
