package dev.dockwire.host;

import java.util.List;

/**
 * A pipe: what is written at one end is read at the other, 64 KiB at most in between. The reader
 * meets the end when no writer holds it; a writer without a reader gets SIGPIPE and EPIPE.
 */
public final class Pipe {

  private static final int CAPACITY = 65_536;

  private final WaitQueue changed = new WaitQueue();
  private byte[] buffer = new byte[512];
  private int head;
  private int size;
  private int readers;
  private int writers;

  private final Input input = new ReadEnd();
  private final Output output = new WriteEnd();

  public Input input() {
    return input;
  }

  public Output output() {
    return output;
  }

  private void ensureRoom(int wanted) {
    if (size + wanted > buffer.length && buffer.length < CAPACITY) {
      byte[] larger = new byte[Math.min(CAPACITY, Integer.highestOneBit(size + wanted) * 2)];
      for (int i = 0; i < size; i++) {
        larger[i] = buffer[(head + i) % buffer.length];
      }
      buffer = larger;
      head = 0;
    }
  }

  private final class ReadEnd implements Input {

    @Override
    public int read(Process reader, byte[] bytes, int offset, int length) {
      if (!reader.await(changed, () -> size > 0 || writers == 0)) {
        return 0;
      }
      int count = Math.min(size, length);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = buffer[(head + i) % buffer.length];
      }
      head = (head + count) % buffer.length;
      size -= count;
      changed.wakeAll();
      return count == 0 ? -1 : count;
    }

    @Override
    public boolean isReadable() {
      return size > 0 || writers == 0;
    }

    @Override
    public List<WaitQueue> changes() {
      return List.of(changed);
    }

    @Override
    public void open() {
      readers++;
    }

    @Override
    public void close() {
      readers--;
      changed.wakeAll();
    }
  }

  private final class WriteEnd implements Output {

    @Override
    public void write(Process writer, byte[] bytes, int offset, int length) {
      int written = 0;
      while (written < length) {
        writer.await(changed, () -> size < CAPACITY || readers == 0);
        if (readers == 0) {
          writer.signal(Signal.PIPE);
          writer.checkSignals();
          throw new SystemCallException(Errno.EPIPE);
        }
        int count = Math.min(length - written, CAPACITY - size);
        ensureRoom(count);
        for (int i = 0; i < count; i++) {
          buffer[(head + size + i) % buffer.length] = bytes[offset + written + i];
        }
        size += count;
        written += count;
        changed.wakeAll();
      }
    }

    @Override
    public boolean isBroken() {
      return readers == 0;
    }

    @Override
    public void open() {
      writers++;
    }

    @Override
    public void close() {
      writers--;
      changed.wakeAll();
    }
  }
}
