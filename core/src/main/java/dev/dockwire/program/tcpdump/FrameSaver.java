package dev.dockwire.program.tcpdump;

import dev.dockwire.capture.CaptureWriter;
import dev.dockwire.capture.CapturedFrame;
import dev.dockwire.capture.PcapWriter;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import java.io.IOException;

/**
 * Writes frames to a file of the host, or to standard output, as classic pcap with Ethernet
 * headers. What is gathered reaches the file when it is much, at the end, or at once with {@code
 * -U}.
 */
final class FrameSaver implements FrameSink {

  private static final int FLUSH_BYTES = 64 << 10;

  private final Process self;
  private final CaptureWriter writer;
  private final boolean atOnce;
  private int gathered;

  private FrameSaver(Process self, CaptureWriter writer, boolean atOnce) {
    this.self = self;
    this.writer = writer;
    this.atOnce = atOnce;
    writer.addInterface("", MacAddress.ZERO, "");
  }

  /**
   * Begins a file.
   *
   * @throws IOException if not even its header can be written
   */
  static FrameSaver create(Process self, Output file, String name, int snapLength, boolean atOnce)
      throws IOException {
    OutputChannel channel = new OutputChannel(self, file);
    return new FrameSaver(self, new PcapWriter(channel, name, snapLength), atOnce);
  }

  @Override
  public void take(CapturedFrame frame, int interfaceIndex) {
    byte[] bytes = frame.bytes();
    writer.frame(0, frame.epochNanos(), bytes, 0, bytes.length, frame.direction(), 0, "");
    gathered += bytes.length;
    if (gathered > FLUSH_BYTES) {
      flush();
    }
  }

  @Override
  public void pause() {
    if (atOnce) {
      flush();
    }
  }

  private void flush() {
    writer.flush();
    gathered = 0;
    complain();
  }

  private void complain() {
    if (writer.isStopped()) {
      String reason = writer.problem().orElseThrow().replaceFirst("^capture stopped: ", "");
      self.printError(
          "tcpdump: Unable to write output: " + reason.replaceFirst(": [^:]*$", "") + "\n");
      self.exit(1);
    }
  }

  @Override
  public void end() {
    writer.close();
    complain();
  }
}
