package dev.dockwire.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * An append-only file of blocks. Whole blocks are handed to it, many in one write, so a file that
 * is cut anywhere has at most one torn block, at its end. Nothing is preallocated: readers take
 * trailing zeros for damage.
 *
 * <p>When a write fails, for want of room or otherwise, the file is cut back to its last whole
 * block and writing stops for good; blocks after that go nowhere.
 */
final class CaptureFile implements Closeable {

  /** No block is shorter, and its length is known from its first so many bytes. */
  private static final int MIN_BLOCK = 16;

  /** Tells how long the block is that starts at {@code index}. */
  @FunctionalInterface
  interface BlockLength {
    int at(ByteBuffer blocks, int index);
  }

  private final SeekableByteChannel channel;
  private final String name;
  private final BlockLength blockLength;
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
   * Fails if writing has stopped.
   *
   * @throws IOException that says why
   */
  void check() throws IOException {
    if (isStopped()) {
      throw new IOException(stopReason);
    }
  }

  /** Writes whole blocks: all that remains in the buffer. */
  void append(ByteBuffer blocks) {
    if (isStopped() || !blocks.hasRemaining()) {
      return;
    }
    // An interrupt meant for the thread's own work would close the channel.
    boolean interrupted = Thread.interrupted();
    int start = blocks.position();
    try {
      while (blocks.hasRemaining()) {
        if (channel.write(blocks) == 0) {
          throw new IOException("nothing more can be written");
        }
      }
      length += blocks.limit() - start;
    } catch (IOException e) {
      stop(e, length + wholeBlocks(blocks, start));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stop(IOException cause, long wholeLength) {
    try (channel) {
      channel.truncate(wholeLength);
    } catch (IOException _) {
      // What matters was the first failure; a torn block at the end is one a reader can bear.
    }
    stopReason = reason(cause);
  }

  /** How many of the bytes that were written, those before the position, make up whole blocks. */
  private int wholeBlocks(ByteBuffer blocks, int start) {
    int written = blocks.position();
    int end = start;
    while (end + MIN_BLOCK <= written) {
      int next = end + blockLength.at(blocks, end);
      if (next > written) {
        break;
      }
      end = next;
    }
    return end - start;
  }

  static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  static String problem(String name, String stopReason) {
    return "capture stopped: " + stopReason + ": " + name;
  }

  /** Why writing stopped; null while it goes on. */
  String stopReason() {
    return stopReason;
  }

  Optional<String> problem() {
    return isStopped() ? Optional.of(problem(name, stopReason)) : Optional.empty();
  }

  boolean isStopped() {
    return stopReason != null;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      if (!isStopped()) {
        stopReason = reason(e);
      }
    }
  }
}
