package dev.dockwire.tools.shell;

import dev.dockwire.host.Input;
import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.time.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A stream of the real machine as the input of a process. A thread of its own waits for bytes; it
 * reads the next ones when these have been taken.
 */
final class StandardInput implements Input {

  private static final int PIECE = 8_192;

  private final WaitQueue changed = new WaitQueue();
  private final Semaphore taken = new Semaphore(0);
  private byte[] piece = new byte[0];
  private int position;
  private boolean ended;

  StandardInput(Loop loop, InputStream stream) {
    Thread.ofPlatform().daemon().name("input").start(() -> pass(loop, stream));
  }

  private void pass(Loop loop, InputStream stream) {
    byte[] buffer = new byte[PIECE];
    try {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, count);
        loop.execute(() -> offer(bytes));
        taken.acquire();
      }
    } catch (IOException | InterruptedException _) {
      // Nothing more can be read: the end, too.
    }
    loop.execute(this::end);
  }

  private void offer(byte[] bytes) {
    piece = bytes;
    position = 0;
    changed.wakeAll();
    if (bytes.length == 0) {
      taken.release();
    }
  }

  private void end() {
    ended = true;
    changed.wakeAll();
  }

  @Override
  public int read(Process reader, byte[] buffer, int offset, int length) {
    if (!reader.await(changed, this::isReadable)) {
      return 0;
    }
    int count = Math.min(length, piece.length - position);
    if (count == 0) {
      return -1;
    }
    System.arraycopy(piece, position, buffer, offset, count);
    position += count;
    if (position == piece.length) {
      taken.release();
    }
    return count;
  }

  @Override
  public boolean isReadable() {
    return position < piece.length || ended;
  }

  @Override
  public List<WaitQueue> changes() {
    return List.of(changed);
  }
}
