package dev.dockwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A capture's way to what is no file of its own: it can only be appended to, and what is written
 * cannot be taken back. A reader can bear a torn frame at the end.
 */
public abstract class AppendOnlyChannel implements SeekableByteChannel {

  private long written;
  private boolean open = true;

  /** Writes all of these, which are nobody else's, as one piece. */
  protected abstract void append(byte[] bytes) throws IOException;

  @Override
  public final int write(ByteBuffer source) throws IOException {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    append(bytes);
    written += bytes.length;
    return bytes.length;
  }

  @Override
  public final int read(ByteBuffer target) {
    throw new UnsupportedOperationException("only appended to");
  }

  @Override
  public final long position() {
    return written;
  }

  @Override
  public final SeekableByteChannel position(long newPosition) {
    throw new UnsupportedOperationException("only appended to");
  }

  @Override
  public final long size() {
    return written;
  }

  @Override
  public final SeekableByteChannel truncate(long size) {
    return this;
  }

  @Override
  public final boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
