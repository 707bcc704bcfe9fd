package dev.dockwire.host.socket;

import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.tcp.SocketOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A listening port of a process. */
public final class ServerSocket implements AutoCloseable {

  private final Process process;
  private final Runnable onEnd = this::close;
  private final WaitQueue changed = new WaitQueue();
  private TcpListener listener;
  private boolean closed;

  private ServerSocket(Process process) {
    this.process = process;
  }

  /** As the full form; sharing an address with old connections, as the JDK does on Linux. */
  public static ServerSocket bind(Process process, int address, int tcpPort, int backlog)
      throws BindException {
    return bind(process, SocketOptions.DEFAULT.withReuseAddress(true), address, tcpPort, backlog);
  }

  /**
   * Listens.
   *
   * @param options also of the connections that are accepted
   * @param address 0 for all of the host's
   * @param tcpPort 0 for any
   */
  public static ServerSocket bind(
      Process process, SocketOptions options, int address, int tcpPort, int backlog)
      throws BindException {
    ServerSocket bound = new ServerSocket(process);
    bound.listener =
        TcpListener.listen(
            process.host().stack(),
            options,
            address,
            tcpPort,
            backlog,
            any -> bound.changed.wakeAll());
    process.onEnd(bound.onEnd);
    return bound;
  }

  /**
   * Waits for a connection.
   *
   * @param deadline when to give up, {@code Clock.NEVER} for never
   */
  public StreamSocket accept(long deadline) throws IOException {
    return accept(process, deadline);
  }

  /** Waits for a connection, which will be another process's: a child's that serves it. */
  public StreamSocket accept(Process owner, long deadline) throws IOException {
    if (!process.await(changed, () -> closed || listener.isAcceptable(), deadline)) {
      if (process.now() >= deadline) {
        throw new SocketTimeoutException("Accept timed out");
      }
      throw new InterruptedIOException("Interrupted system call");
    }
    if (closed) {
      throw new SocketException("Socket closed");
    }
    StreamSocket accepted = new StreamSocket(owner);
    accepted.adopt(listener.accept(accepted.events()));
    return accepted;
  }

  public int localAddress() {
    return listener.localAddress();
  }

  public int localPort() {
    return listener.localPort();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      process.forgetOnEnd(onEnd);
      listener.close(process.now());
      changed.wakeAll();
    }
  }
}
