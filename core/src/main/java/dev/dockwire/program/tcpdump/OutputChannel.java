package dev.dockwire.program.tcpdump;

import dev.dockwire.capture.AppendOnlyChannel;
import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import java.io.IOException;

/** An output of a process, for a capture. */
final class OutputChannel extends AppendOnlyChannel {

  private final Process self;
  private final Output output;

  OutputChannel(Process self, Output output) {
    this.self = self;
    this.output = output;
  }

  @Override
  protected void append(byte[] bytes) throws IOException {
    try {
      output.write(self, bytes, 0, bytes.length);
    } catch (SystemCallException refused) {
      throw new IOException(refused.errno().text(), refused);
    }
  }
}
