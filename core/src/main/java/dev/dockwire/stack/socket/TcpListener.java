package dev.dockwire.stack.socket;

import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.tcp.ListenQueue;
import dev.dockwire.stack.tcp.SocketOptions;
import dev.dockwire.stack.tcp.TcpConnection;
import dev.dockwire.stack.tcp.TcpLayer;
import java.net.BindException;

/** A port that listens, on the stack's thread. */
public final class TcpListener {

  /** Hears that a connection can be accepted. */
  @FunctionalInterface
  public interface AcceptHandler {
    void onAcceptable(TcpListener listener);
  }

  private ListenQueue queue;

  private TcpListener() {}

  /** As the full form, with the usual options. */
  public static TcpListener listen(
      HostStack stack, int address, int tcpPort, int backlog, AcceptHandler handler)
      throws BindException {
    return listen(stack, SocketOptions.DEFAULT, address, tcpPort, backlog, handler);
  }

  /**
   * Listens.
   *
   * @param options also of the connections that are accepted
   * @param address 0 for all of the host's
   * @param tcpPort 0 for any
   * @param backlog how many connections may wait, less one
   */
  public static TcpListener listen(
      HostStack stack,
      SocketOptions options,
      int address,
      int tcpPort,
      int backlog,
      AcceptHandler handler)
      throws BindException {
    if (address != 0 && !stack.isLocal(address)) {
      throw new BindException("Cannot assign requested address");
    }
    if (!stack.tcp().hasRoom()) {
      throw new BindException(TcpLayer.NO_ROOM);
    }
    int chosen = tcpPort;
    if (tcpPort == 0) {
      chosen =
          stack
              .ephemeralPorts()
              .choose(
                  address, 0, 0, candidate -> stack.tcp().canListen(address, candidate, options));
    }
    if (chosen == EphemeralPorts.NONE || !stack.tcp().canListen(address, chosen, options)) {
      throw new BindException("Address already in use");
    }
    TcpListener listener = new TcpListener();
    listener.queue =
        stack.tcp().listen(address, chosen, backlog, options, () -> handler.onAcceptable(listener));
    return listener;
  }

  /** The connection that has waited longest; null if none waits. */
  public TcpSocket accept(TcpSocket.Handler handler) {
    TcpConnection connection = queue.poll();
    return connection == null ? null : TcpSocket.accepted(connection, handler);
  }

  public boolean isAcceptable() {
    return !queue.isEmpty();
  }

  public int localAddress() {
    return queue.localAddress();
  }

  public int localPort() {
    return queue.localPort();
  }

  /** Listens no more and resets what nobody has accepted. */
  public void close(long now) {
    queue.close(now);
  }
}
