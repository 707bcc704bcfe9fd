package dev.dockwire.bench;

import dev.dockwire.capture.Capture;
import dev.dockwire.capture.CaptureFilter;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A capture of every frame of a fabric for one iteration, written by the fabric's thread to a file
 * in the temporary folder that goes with it. Tells how many frames are in it, and how many not.
 */
final class FreshCapture {

  private Path file;
  private Capture running;

  /**
   * @param format a capture file's extension, or "off" for none
   */
  void start(String format, Fabric fabric, Clock clock) throws IOException {
    if (!format.equals("off")) {
      file = Files.createTempFile("capture", "." + format);
      running = Capture.start(fabric, file, CaptureFilter.all(), clock.epochNanos());
    }
  }

  void stop() throws IOException {
    if (running == null) {
      return;
    }
    running.close();
    Files.delete(file);
    System.out.printf("%ncaptured %d frames, lost %d%n", running.recorded(), running.missed());
    if (running.problem().isPresent()) {
      throw new IOException(running.problem().get());
    }
    running = null;
  }
}
