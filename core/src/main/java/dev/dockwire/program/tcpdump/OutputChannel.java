package dev.dockwire.program.tcpdump;

import dev.dockwire.host.Output;
import dev.dockwire.host.Process;
import dev.dockwire.host.SystemCallException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** An output of a process as a channel that can only be appended to. */
final class OutputChannel implements SeekableByteChannel {

  private final Process self;
  private final Output output;
  private long written;
  private boolean open = true;

  OutputChannel(Process self, Output output) {
    this.self = self;
    this.output = output;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    try {
      output.write(self, bytes, 0, bytes.length);
    } catch (SystemCallException refused) {
      throw new IOException(refused.errno().text(), refused);
    }
    written += bytes.length;
    return bytes.length;
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException("an output is not read");
  }

  @Override
  public long position() {
    return written;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    throw new UnsupportedOperationException("an output has no positions");
  }

  @Override
  public long size() {
    return written;
  }

  /** What is written cannot be taken back; a reader can bear a torn frame at the end. */
  @Override
  public SeekableByteChannel truncate(long size) {
    return this;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
