package dev.dockwire.stack.tcp;

import java.util.ArrayDeque;

/**
 * A listening port: how many handshakes are under way, and the connections that wait to be
 * accepted; of each there is at most one more than {@code backlog}, as in Linux.
 */
public final class ListenQueue {

  /** As Linux's net.core.somaxconn. */
  private static final int MAX_BACKLOG = 4_096;

  private final TcpLayer layer;
  private final int localAddress;
  private final int localPort;
  private final int backlog;
  private final SocketOptions options;
  private final Runnable onReady;
  private final ArrayDeque<TcpConnection> ready = new ArrayDeque<>(0);
  private int handshakes;

  ListenQueue(
      TcpLayer layer,
      int localAddress,
      int localPort,
      int backlog,
      SocketOptions options,
      Runnable onReady) {
    this.layer = layer;
    this.localAddress = localAddress;
    this.localPort = localPort;
    this.backlog = Math.clamp(backlog, 0, MAX_BACKLOG);
    this.options = options;
    this.onReady = onReady;
  }

  public int localAddress() {
    return localAddress;
  }

  public int localPort() {
    return localPort;
  }

  /** How many connections wait to be accepted. */
  public int waiting() {
    return ready.size();
  }

  public int backlog() {
    return backlog;
  }

  /** What connections accepted here begin with. */
  SocketOptions options() {
    return options;
  }

  /** Whether one more handshake may be under way. */
  boolean mayStart() {
    return handshakes <= backlog;
  }

  /** Whether no more connections may wait to be accepted. */
  boolean isFull() {
    return ready.size() > backlog;
  }

  void started() {
    handshakes++;
  }

  void established(TcpConnection connection) {
    handshakes--;
    ready.add(connection);
    onReady.run();
  }

  void gone(TcpConnection connection) {
    if (!ready.remove(connection)) {
      handshakes--;
    }
  }

  /** The connection that has waited longest; null if none waits. */
  public TcpConnection poll() {
    TcpConnection first = ready.poll();
    if (first != null) {
      first.leaveQueue();
    }
    return first;
  }

  public boolean isEmpty() {
    return ready.isEmpty();
  }

  /** Listens no more; connections that nobody accepted are reset. */
  public void close(long now) {
    layer.unlisten(this);
    for (TcpConnection each : layer.connections()) {
      if (each.queue() == this) {
        each.abort(now);
      }
    }
  }
}
