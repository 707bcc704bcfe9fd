package dev.dockwire.tools.live;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * The way out of the world to something of the real machine that may be slow: a thread of its own
 * writes what {@link #put} left there. Whoever puts never waits; who can wait, or do without, asks
 * {@link #hasRoom} before.
 */
public final class Outlet {

  /** Writes one piece, as slowly as may be. */
  @FunctionalInterface
  public interface Sink {
    void write(byte[] bytes) throws IOException;
  }

  /** What the thread does around the writing. */
  public interface Hooks {

    /** Makes ready what is written to; may wait. */
    default void open() throws IOException {}

    /** There is room again, or the end has come. */
    default void drained() {}

    /** Closes what is written to, also after a failure. */
    default void close() throws IOException {}
  }

  private record Piece(Sink sink, byte[] bytes) {}

  private final int capacity;
  private final Hooks hooks;
  private final Thread thread;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private boolean ended;
  private volatile long waiting;
  private volatile String problem;

  /**
   * @param capacity how many bytes may wait before there is no room for more
   */
  public Outlet(String name, int capacity, Hooks hooks) {
    this.capacity = capacity;
    this.hooks = hooks;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /** Leaves bytes, which are the outlet's from now on; after a failure they go nowhere. */
  public synchronized void put(Sink sink, byte[] bytes) {
    if (problem == null && !ended) {
      pieces.add(new Piece(sink, bytes));
      waiting += bytes.length;
      notifyAll();
    }
  }

  /** Whether more should be put there. */
  public boolean hasRoom() {
    return waiting < capacity;
  }

  /** Why nothing is written any more; null while all is well. */
  public String problem() {
    return problem;
  }

  /** Has the thread end when all that waits is written. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Waits for the thread's end.
   *
   * @param millis for how long at most; 0 for as long as it takes
   */
  public void join(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      hooks.open();
      for (Piece piece = next(); piece != null; piece = next()) {
        piece.sink().write(piece.bytes());
        written(piece);
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException _) {
      // Nobody does; the thread ends.
    } finally {
      close();
      hooks.drained();
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
      hooks.drained();
    }
  }

  private synchronized void fail(IOException cause) {
    problem = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    pieces.clear();
    waiting = 0;
  }

  private void close() {
    try {
      hooks.close();
    } catch (IOException e) {
      if (problem == null) {
        fail(e);
      }
    }
  }
}
