package dev.dockwire.tools.live;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file or named pipe that a capture is written to. A pipe is opened when somebody reads it, so
 * only the thread that writes to it should {@link #open} it.
 */
final class CaptureTarget {

  private final Path path;
  private final boolean pipe;
  private final boolean made;
  private FileChannel channel;
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

  /** The open file, or the pipe as soon as it has a reader. */
  FileChannel open() throws IOException {
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
    return channel;
  }

  /** Nothing will be written after all. */
  void abandon() throws IOException {
    if (channel != null) {
      channel.close();
    }
    remove();
  }

  /** Removes the pipe that was made here. */
  void remove() {
    if (made) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException _) {
        // It stays, for whoever has made its folder unwritable.
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
