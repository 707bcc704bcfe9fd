package dev.dockwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Blocks are gathered in one batch, which the gathering thread itself writes to the file. It waits
 * for the disk, so nothing is ever left out: right for virtual time, where waiting costs no time.
 */
final class WriteThrough implements BlockOutput {

  /** Larger than any block, and enough that a write's own cost is lost among its frames. */
  private static final int BATCH_LENGTH = 256 * 1024;

  private final CaptureFile file;
  private final ByteBuffer batch =
      ByteBuffer.allocateDirect(BATCH_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

  WriteThrough(CaptureFile file) {
    this.file = file;
  }

  @Override
  public void begin() throws IOException {
    flush();
    file.check();
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public ByteBuffer room(int maxLength) {
    if (batch.remaining() < maxLength) {
      flush();
    }
    return batch;
  }

  @Override
  public void flush() {
    file.append(batch.flip());
    batch.clear();
  }

  @Override
  public boolean isStopped() {
    return file.isStopped();
  }

  @Override
  public Optional<String> problem() {
    return file.problem();
  }

  @Override
  public void close() {
    flush();
    file.close();
  }
}
