package dev.dockwire.tools.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file or named pipe that a capture is written to. A pipe is opened when somebody reads it, so
 * only an outlet's thread should {@link #open} it; all else of it is that thread's, too.
 */
final class CaptureTarget {

  private final Path path;
  private final boolean pipe;
  private final boolean made;
  private FileChannel channel;
  private long length;
  private volatile boolean opened;

  private CaptureTarget(Path path, boolean pipe, boolean made) {
    this.path = path;
    this.pipe = pipe;
    this.made = made;
  }

  /** A file that is created or emptied at once, or a named pipe that is there. */
  static CaptureTarget of(Path path) throws IOException {
    boolean pipe =
        Files.exists(path) && Files.readAttributes(path, BasicFileAttributes.class).isOther();
    CaptureTarget target = new CaptureTarget(path, pipe, false);
    if (!pipe) {
      target.open();
    }
    return target;
  }

  /** A named pipe that is made here, for its owner only, and removed at the end. */
  static CaptureTarget makePipe(Path path) throws IOException {
    Process mkfifo =
        new ProcessBuilder("mkfifo", "-m", "600", path.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String complaint =
          new String(mkfifo.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (mkfifo.waitFor() != 0) {
        throw new IOException(complaint.replaceFirst(".*: ", ""));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new CaptureTarget(path, true, true);
  }

  Path path() {
    return path;
  }

  boolean isPipe() {
    return pipe;
  }

  boolean isOpened() {
    return opened;
  }

  void open() throws IOException {
    if (channel == null) {
      channel =
          pipe
              ? FileChannel.open(path, StandardOpenOption.WRITE)
              : FileChannel.open(
                  path,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING);
      opened = true;
    }
  }

  /** Writes whole blocks; of those that cannot be written whole, a file keeps nothing. */
  void write(byte[] blocks) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(blocks);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      length += blocks.length;
    } catch (IOException e) {
      if (!pipe) {
        channel.truncate(length);
      }
      throw e;
    }
  }

  void close() throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      if (made) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Has a thread that waits for a reader of the pipe wait no longer: reads it for a moment. */
  void stopWaiting() {
    if (pipe && !opened) {
      Thread.ofPlatform().daemon().name("capture-stop").start(this::readOnce);
    }
  }

  private void readOnce() {
    try {
      FileChannel.open(path, StandardOpenOption.READ).close();
    } catch (IOException _) {
      // Somebody has removed the pipe; the thread that waits ends with the process.
    }
  }
}
