package dev.dockwire.bench;

import dev.dockwire.capture.Capture;
import dev.dockwire.capture.CaptureFilter;
import dev.dockwire.capture.CaptureFormat;
import dev.dockwire.capture.WriteBehind;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A capture of every frame of a fabric for one iteration, as a live one is: a thread of its own
 * writes the file, in the folder for temporary ones, and what it does not keep up with is left out.
 * Tells how many frames are in it, and how many not.
 */
final class FreshCapture {

  private static final int MAX_WAITING = 64 << 20;
  private static final long PATIENCE_MILLIS = 60_000;

  private Path file;
  private WriteBehind output;
  private Capture running;

  /**
   * @param form pcapng or pcap, behind a hyphen how many octets are kept of each frame; "off" for
   *     no capture
   */
  void start(String form, Fabric fabric, Clock clock) throws IOException {
    if (form.equals("off")) {
      return;
    }
    String[] parts = form.split("-", 2);
    CaptureFormat format = CaptureFormat.valueOf(parts[0].toUpperCase(Locale.ROOT));
    int snapLength = parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
    file = Files.createTempFile("capture", "." + parts[0]);
    output =
        new WriteBehind(
            () -> FileChannel.open(file, StandardOpenOption.WRITE),
            file.toString(),
            format,
            MAX_WAITING,
            () -> {});
    running =
        Capture.start(
            fabric, format.create(output, snapLength), CaptureFilter.all(), clock.epochNanos());
  }

  void stop() throws IOException {
    if (running == null) {
      return;
    }
    running.close();
    output.join(PATIENCE_MILLIS);
    Files.delete(file);
    System.out.printf("%ncaptured %d frames, lost %d%n", running.recorded(), running.missed());
    if (running.problem().isPresent()) {
      throw new IOException(running.problem().get());
    }
    running = null;
  }
}
