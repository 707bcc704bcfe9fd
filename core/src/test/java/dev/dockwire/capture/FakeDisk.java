package dev.dockwire.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A file on a disk with room for so many bytes: then a short write, then "no space". */
final class FakeDisk implements SeekableByteChannel {

  private final int room;
  private ByteArrayOutputStream content = new ByteArrayOutputStream();
  private boolean open = true;
  int writes;

  FakeDisk() {
    this(Integer.MAX_VALUE);
  }

  FakeDisk(int room) {
    this.room = room;
  }

  byte[] content() {
    return content.toByteArray();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    writes++;
    int length = Math.min(source.remaining(), room - content.size());
    if (length == 0) {
      throw new IOException("No space left on device");
    }
    byte[] bytes = new byte[length];
    source.get(bytes);
    content.write(bytes);
    return length;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    byte[] kept = Arrays.copyOf(content.toByteArray(), (int) size);
    content = new ByteArrayOutputStream();
    content.writeBytes(kept);
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

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size() {
    throw new UnsupportedOperationException();
  }
}
