package dev.dockwire.edge;

import dev.dockwire.time.Clock;
import dev.dockwire.time.Sleeper;
import dev.dockwire.time.Worker;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Turns the real sockets: a worker of the loop while there is work, and where the loop sleeps when
 * there is none, so that a real socket wakes it as a timer does.
 *
 * <p>What virtual hosts send is passed on once a turn, not once a segment: {@link #ready}.
 */
public final class EdgeLoop implements Worker, Sleeper, AutoCloseable {

  private static final int SCRATCH = 64 * 1024;

  /** Asking the kernel costs as much as passing on a few segments; a sleeping loop asks anyway. */
  private static final int TURNS_PER_POLL = 8;

  private final OneSelector selectors = new OneSelector();
  private final ManualIoEventLoop netty =
      new ManualIoEventLoop(null, NioIoHandler.newFactory(selectors)) {
        @Override
        protected boolean canBlock() {
          return !woken;
        }
      };
  private final ArrayDeque<Relay> ready = new ArrayDeque<>();
  private final byte[] scratch = new byte[SCRATCH];
  private final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(SCRATCH);
  private final ReadBuffer readBuffer = new ReadBuffer();
  private boolean owned;
  private volatile boolean polling;
  private int turnsToPoll;
  private Throwable bug;
  private volatile boolean woken;

  @Override
  public int doWork(long now) {
    own();
    int relays = ready.size();
    for (int i = 0; i < relays; i++) {
      ready.remove().drain(now);
    }
    int done = relays;
    if (--turnsToPoll <= 0) {
      turnsToPoll = TURNS_PER_POLL;
      polling = true;
      done += netty.runNow();
      polling = false;
    }
    if (bug != null) {
      throw new IllegalStateException(bug);
    }
    return done;
  }

  /** Netty would swallow it: the loop stops with what went wrong in a handler. */
  public void fail(Throwable cause) {
    if (bug == null) {
      bug = cause;
    }
  }

  @Override
  public long nextDeadline() {
    return ready.isEmpty() ? Clock.NEVER : 0;
  }

  @Override
  public void sleep(long nanos) {
    own();
    turnsToPoll = TURNS_PER_POLL;
    polling = true;
    netty.run(nanos);
    polling = false;
    woken = false;
  }

  /** The thread that turns this first is the one that owns the sockets. */
  private void own() {
    if (!owned) {
      owned = true;
      netty.setOwningThread(Thread.currentThread());
    }
  }

  @Override
  public void wake() {
    woken = true;
    netty.wakeup();
  }

  /**
   * Closes all sockets, and what they are turned and read with; on the thread that has turned this,
   * which turns it no more.
   */
  @Override
  public void close() {
    if (netty.isShuttingDown()) {
      return;
    }
    own();
    polling = true;
    netty.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    while (!netty.isTerminated()) {
      netty.runNow();
    }
    readBuffer.close();
  }

  ManualIoEventLoop netty() {
    return netty;
  }

  /** Turns a socket from now on. */
  public void register(Channel channel) {
    channel.unsafe().register(netty, new DefaultChannelPromise(channel, netty));
  }

  /**
   * Closes a socket and gives its address back before this returns, if called by a program or by
   * the loop's other workers; else when the kernel is asked next.
   */
  void release(java.nio.channels.Channel socket) {
    try {
      socket.close();
      if (!polling) {
        selectors.forgetClosed();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has a relay pass on what has come for it, before the loop's next turn ends. */
  void ready(Relay relay) {
    ready.add(relay);
  }

  ReadBuffer readBuffer() {
    return readBuffer;
  }

  /** For what is written to a socket within one call. */
  ByteBuffer writeBuffer() {
    return writeBuffer;
  }

  /** For a copy within one call. */
  byte[] scratch() {
    return scratch;
  }
}
