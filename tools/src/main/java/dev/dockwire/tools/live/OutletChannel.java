package dev.dockwire.tools.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** An outlet as a channel that can only be appended to; each write is one piece. */
final class OutletChannel implements SeekableByteChannel {

  private final Outlet outlet;
  private final Outlet.Sink sink;
  private long written;
  private boolean open = true;

  OutletChannel(Outlet outlet, Outlet.Sink sink) {
    this.outlet = outlet;
    this.sink = sink;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (outlet.problem() != null) {
      throw new IOException(outlet.problem());
    }
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    outlet.put(sink, bytes);
    written += bytes.length;
    return bytes.length;
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException("an outlet is not read");
  }

  @Override
  public long position() {
    return written;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    throw new UnsupportedOperationException("an outlet has no positions");
  }

  @Override
  public long size() {
    return written;
  }

  /** What the thread has written in part it cuts off itself. */
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
    outlet.end();
  }
}
