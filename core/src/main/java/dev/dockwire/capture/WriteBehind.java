package dev.dockwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Blocks are gathered in chunks, which a thread of its own writes to the file: {@code room -> Chunk
 * -> this thread -> CaptureFile}. Whoever gathers never waits. A slow disk, or a pipe that nobody
 * reads, uses the chunks up; then there is no room for frames until one is written.
 *
 * <p>The chunks form a queue with one thread at either end. A frame costs one copy and no
 * synchronization: how far a chunk is filled is told to the writing thread once it is full, and at
 * each {@link #flush}. Chunks are made as they are needed and used again, the one written longest
 * ago first and not before there are many: memory that another processor has just read is slow to
 * write to, and cost six times as much for each frame when the one written last came first.
 */
public final class WriteBehind implements BlockOutput {

  private static final int CHUNK_LENGTH = 128 * 1024;

  /** Chunks that take turns, if so many may wait: 16 MiB, of which the writing has let go. */
  private static final int ROTATION = 128;

  /** More than a frame's block takes with its longest comment. */
  private static final int MAX_FRAME_BLOCK = 68 * 1024;

  /** How long the writing thread lets what comes in drops come together to one write. */
  private static final long GATHER_MILLIS = 2;

  /** Opens what is written to, on the writing thread; may wait. */
  @FunctionalInterface
  public interface Opening {
    SeekableByteChannel open() throws IOException;
  }

  /** A stretch of the capture: whole blocks, filled by one thread, written by the other. */
  private static final class Chunk {

    final ByteBuffer filling =
        ByteBuffer.allocateDirect(CHUNK_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    final ByteBuffer writing = filling.duplicate().order(ByteOrder.LITTLE_ENDIAN);

    /** How far it may be written. */
    volatile int published;

    /** What follows it, once nothing more is put into it. */
    volatile Chunk next;
  }

  private final Opening opening;
  private final String name;
  private final CaptureFile.BlockLength blockLength;
  private int maxChunks;
  private final Runnable onEnd;
  private final Thread thread;
  private final Queue<Chunk> free = new ConcurrentLinkedQueue<>();

  private Chunk current = new Chunk();

  /** What the current one is followed by, once it is known; else null. */
  private Chunk spare;

  private int chunks = 1;

  private volatile boolean ended;
  private volatile boolean resting;
  private volatile String stopReason;

  /** The writing thread's: the chunk it is at. */
  private Chunk oldest = current;

  /**
   * @param name what messages call the file
   * @param format the format that will be written
   * @param capacity about how many bytes may wait to be written
   * @param onEnd runs on the writing thread when nothing more will be written
   */
  public WriteBehind(
      Opening opening, String name, CaptureFormat format, int capacity, Runnable onEnd) {
    this.opening = opening;
    this.name = name;
    this.blockLength = format.blockLength();
    this.maxChunks = Math.max(2, capacity / CHUNK_LENGTH);
    this.onEnd = onEnd;
    this.thread = Thread.ofPlatform().daemon().name("capture " + name).unstarted(this::run);
  }

  /** Starts the thread; the header has a chunk of its own. */
  @Override
  public void begin() {
    advance();
    thread.start();
  }

  @Override
  public boolean hasRoom() {
    return current.filling.remaining() >= MAX_FRAME_BLOCK || findSpare();
  }

  private boolean findSpare() {
    if (spare == null && chunks < ROTATION) {
      makeSpare();
    }
    if (spare == null) {
      spare = free.poll();
    }
    if (spare == null) {
      makeSpare();
    }
    return spare != null;
  }

  /** Where the machine has no more memory there is no more room, and the network goes on. */
  private void makeSpare() {
    if (chunks >= maxChunks) {
      return;
    }
    try {
      spare = new Chunk();
      chunks++;
    } catch (OutOfMemoryError _) {
      maxChunks = chunks;
    }
  }

  @Override
  public ByteBuffer room(int maxLength) {
    if (current.filling.remaining() < maxLength) {
      advance();
    }
    return current.filling;
  }

  private void advance() {
    Chunk full = current;
    if (!findSpare()) {
      spare = new Chunk();
      chunks++;
    }
    full.published = full.filling.position();
    full.next = spare;
    current = spare;
    spare = null;
    wake();
  }

  @Override
  public void flush() {
    current.published = current.filling.position();
    if (resting) {
      wake();
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  @Override
  public boolean isStopped() {
    return stopReason != null;
  }

  /** Why nothing is written any more; null while all is well. */
  public String stopReason() {
    return stopReason;
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(stopReason).map(reason -> CaptureFile.problem(name, reason));
  }

  @Override
  public void close() {
    flush();
    ended = true;
    wake();
  }

  /** Waits for the thread to write what it has and end. */
  public void join(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      CaptureFile file = new CaptureFile(opening.open(), name, blockLength);
      try (file) {
        while (!file.isStopped() && writeOrRest(file)) {
          // Until the end, or nothing more can be written.
        }
      }
      stopReason = file.stopReason();
    } catch (IOException e) {
      stopReason = CaptureFile.reason(e);
    } catch (InterruptedException _) {
      stopReason = "interrupted";
    } catch (RuntimeException | Error e) {
      stopReason = e.toString();
      throw e;
    } finally {
      onEnd.run();
    }
  }

  /** Returns whether there may be more. */
  private boolean writeOrRest(CaptureFile file) throws InterruptedException {
    boolean last = ended;
    Chunk next = oldest.next;
    ByteBuffer writing = oldest.writing.limit(oldest.published);
    if (writing.hasRemaining()) {
      file.append(writing);
    } else if (next != null) {
      release(oldest);
      oldest = next;
    } else if (last) {
      return false;
    } else {
      rest();
    }
    return true;
  }

  private void release(Chunk chunk) {
    chunk.filling.clear();
    chunk.writing.clear();
    chunk.published = 0;
    chunk.next = null;
    free.add(chunk);
  }

  /** Waits until there is something, then a moment longer unless a whole chunk is full. */
  private synchronized void rest() throws InterruptedException {
    resting = true;
    while (!isFilled() && !isFull() && !ended) {
      wait();
    }
    resting = false;
    if (!isFull() && !ended) {
      wait(GATHER_MILLIS);
    }
  }

  private boolean isFilled() {
    return oldest.published > oldest.writing.position();
  }

  private boolean isFull() {
    return oldest.next != null;
  }
}
