package dev.dockwire.host.socket;

import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.stack.socket.TcpListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A listening port of a process. */
public final class ServerSocket implements AutoCloseable {

  private final Process process;
  private final WaitQueue changed = new WaitQueue();
  private TcpListener listener;
  private boolean closed;

  private ServerSocket(Process process) {
    this.process = process;
  }

  /**
   * Listens.
   *
   * @param address 0 for all of the host's
   * @param tcpPort 0 for any
   */
  public static ServerSocket bind(Process process, int address, int tcpPort, int backlog)
      throws BindException {
    ServerSocket bound = new ServerSocket(process);
    bound.listener =
        TcpListener.listen(
            process.host().stack(), address, tcpPort, backlog, any -> bound.changed.wakeAll());
    process.onEnd(bound::close);
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
      listener.close(process.now());
      changed.wakeAll();
    }
  }
}
