package dev.dockwire.stack.tcp;

import java.util.ArrayDeque;
import java.util.List;

/**
 * A listening port: connections whose handshake is under way, at most {@code backlog}, and those
 * that wait to be accepted, at most one more than that, as in Linux.
 */
public final class ListenQueue {

  private final TcpLayer layer;
  private final int localAddress;
  private final int localPort;
  private final int backlog;
  private final SocketOptions options;
  private final Runnable onReady;
  private final ArrayDeque<TcpConnection> handshakes = new ArrayDeque<>(0);
  private final ArrayDeque<TcpConnection> ready = new ArrayDeque<>(0);

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
    this.backlog = backlog;
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

  boolean mayStart() {
    return handshakes.size() < Math.max(backlog, 1) && !isFull();
  }

  boolean isFull() {
    return ready.size() > backlog;
  }

  void started(TcpConnection connection) {
    handshakes.add(connection);
  }

  void established(TcpConnection connection) {
    handshakes.remove(connection);
    ready.add(connection);
    onReady.run();
  }

  void gone(TcpConnection connection) {
    handshakes.remove(connection);
    ready.remove(connection);
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
    for (TcpConnection each : List.copyOf(handshakes)) {
      each.abort(now);
    }
    for (TcpConnection each : List.copyOf(ready)) {
      each.abort(now);
    }
  }
}
