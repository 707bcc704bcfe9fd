package dev.dockwire.tools.shell;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * The way out of the world to something of the real machine that may be slow: a thread of its own
 * writes what {@link #put} left there. Whoever puts never waits; who can wait, or do without, asks
 * {@link #hasRoom} before.
 */
final class Outlet {

  /** Writes one piece, as slowly as may be. */
  @FunctionalInterface
  interface Sink {
    void write(byte[] bytes) throws IOException;
  }

  private record Piece(Sink sink, byte[] bytes) {}

  private final int capacity;
  private final Runnable drained;
  private final Thread thread;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private boolean ended;
  private volatile long waiting;
  private volatile String problem;

  /**
   * @param capacity how many bytes may wait before there is no room for more
   * @param drained hears, on the outlet's thread, that there is room again, or the end has come
   */
  Outlet(String name, int capacity, Runnable drained) {
    this.capacity = capacity;
    this.drained = drained;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /** Leaves bytes, which are the outlet's from now on; after a failure they go nowhere. */
  synchronized void put(Sink sink, byte[] bytes) {
    if (problem == null && !ended) {
      pieces.add(new Piece(sink, bytes));
      waiting += bytes.length;
      notifyAll();
    }
  }

  /** Whether more should be put there. */
  boolean hasRoom() {
    return waiting < capacity;
  }

  /** Why nothing is written any more; null while all is well. */
  String problem() {
    return problem;
  }

  /** Has the thread end when all that waits is written. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Waits for the thread's end.
   *
   * @param millis for how long at most; 0 for as long as it takes
   */
  void join(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (Piece piece = next(); piece != null; piece = next()) {
        piece.sink().write(piece.bytes());
        written(piece);
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException _) {
      // Nobody does; the thread ends.
    } finally {
      drained.run();
    }
  }

  private synchronized Piece next() throws InterruptedException {
    while (pieces.isEmpty() && !ended) {
      wait();
    }
    return pieces.poll();
  }

  private void written(Piece piece) {
    boolean wasFull;
    synchronized (this) {
      wasFull = !hasRoom();
      waiting -= piece.bytes().length;
    }
    if (wasFull && hasRoom()) {
      drained.run();
    }
  }

  private synchronized void fail(IOException cause) {
    problem = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    pieces.clear();
    waiting = 0;
  }
}
