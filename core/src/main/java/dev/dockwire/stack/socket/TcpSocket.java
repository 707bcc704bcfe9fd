package dev.dockwire.stack.socket;

import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.tcp.CloseReason;
import dev.dockwire.stack.tcp.HeldSyn;
import dev.dockwire.stack.tcp.SocketOptions;
import dev.dockwire.stack.tcp.TcpConnection;
import dev.dockwire.stack.tcp.TcpInfo;
import dev.dockwire.stack.tcp.TcpLayer;
import dev.dockwire.stack.tcp.TcpOwner;
import dev.dockwire.stack.tcp.TcpState;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** One TCP connection as its owner sees it, on the stack's thread. */
public final class TcpSocket {

  /** Hears what happens to a socket; does nothing unless overridden. */
  public interface Handler {

    default void onConnected(TcpSocket socket, long now) {}

    /** Octets, or the end of the stream, can be read. */
    default void onReadable(TcpSocket socket, long now) {}

    /** There is room again after a write that left none, or took less than it was given. */
    default void onWritable(TcpSocket socket, long now) {}

    /** The peer has acknowledged everything that was written, the FIN too if there was one. */
    default void onDrained(TcpSocket socket, long now) {}

    /**
     * Nothing more will happen.
     *
     * @param cause null for an orderly end of both directions
     */
    default void onClosed(TcpSocket socket, IOException cause, long now) {}
  }

  private final Handler handler;
  private TcpConnection connection;
  private IOException failure;

  private TcpSocket(Handler handler) {
    this.handler = handler;
  }

  /** As the full form, with the usual options. */
  public static TcpSocket connect(
      HostStack stack,
      int localAddress,
      int localPort,
      int address,
      int tcpPort,
      Handler handler,
      long now)
      throws IOException {
    return connect(
        stack, SocketOptions.DEFAULT, localAddress, localPort, address, tcpPort, handler, now);
  }

  /**
   * Begins a connection; {@code onConnected} or {@code onClosed} will say what became of it.
   *
   * @param localAddress 0 for the one that the route has
   * @param localPort 0 for any
   * @throws SocketException without a route, or when the host has as many sockets as it may
   * @throws BindException if the local address or port cannot be used
   */
  public static TcpSocket connect(
      HostStack stack,
      SocketOptions options,
      int localAddress,
      int localPort,
      int address,
      int tcpPort,
      Handler handler,
      long now)
      throws IOException {
    int routed = stack.ip().output().sourceTo(address);
    if (routed == 0 || stack.isBroadcast(address)) {
      throw new SocketException("Network is unreachable");
    }
    if (localAddress != 0 && !stack.isLocal(localAddress)) {
      throw new BindException("Cannot assign requested address");
    }
    if (!stack.tcp().hasRoom()) {
      throw new SocketException(TcpLayer.NO_ROOM);
    }
    int source = localAddress != 0 ? localAddress : routed;
    int chosen = choosePort(stack, options, source, localPort, address, tcpPort);
    TcpSocket socket = new TcpSocket(handler);
    socket.connection =
        stack.tcp().connect(source, chosen, address, tcpPort, options, socket.owner(), now);
    return socket;
  }

  private static int choosePort(
      HostStack stack, SocketOptions options, int source, int localPort, int address, int tcpPort)
      throws BindException {
    TcpLayer tcp = stack.tcp();
    if (localPort == 0) {
      int chosen =
          stack
              .ephemeralPorts()
              .choose(
                  source,
                  address,
                  tcpPort,
                  candidate -> tcp.isFree(source, candidate, address, tcpPort));
      if (chosen == EphemeralPorts.NONE) {
        throw new BindException("Cannot assign requested address");
      }
      return chosen;
    }
    if (!tcp.canListen(source, localPort, options)) {
      throw new BindException("Address already in use");
    }
    if (!tcp.isFree(source, localPort, address, tcpPort)) {
      throw new BindException("Cannot assign requested address");
    }
    return localPort;
  }

  /** A socket for a connection that was accepted. */
  static TcpSocket accepted(TcpConnection connection, Handler handler) {
    TcpSocket socket = new TcpSocket(handler);
    socket.connection = connection;
    connection.owner(socket.owner());
    return socket;
  }

  /** Accepts the connection that a SYN wants; {@code onConnected} follows. */
  public static TcpSocket accept(HeldSyn syn, Handler handler, long now) {
    TcpSocket socket = new TcpSocket(handler);
    socket.connection = syn.accept(socket.owner(), now);
    return socket;
  }

  private TcpOwner owner() {
    return new TcpOwner() {
      @Override
      public void onConnected(long now) {
        handler.onConnected(TcpSocket.this, now);
      }

      @Override
      public void onReadable(long now) {
        handler.onReadable(TcpSocket.this, now);
      }

      @Override
      public void onWritable(long now) {
        handler.onWritable(TcpSocket.this, now);
      }

      @Override
      public void onDrained(long now) {
        handler.onDrained(TcpSocket.this, now);
      }

      @Override
      public void onClosed(CloseReason reason, long now) {
        failure = exception(reason);
        handler.onClosed(TcpSocket.this, failure, now);
      }
    };
  }

  private static IOException exception(CloseReason reason) {
    return switch (reason) {
      case ORDERLY -> null;
      case ABORTED -> new SocketException("Socket closed");
      case REFUSED -> new ConnectException("Connection refused");
      case RESET -> new SocketException("Connection reset");
      case BROKEN -> new SocketException("Broken pipe");
      case TIMED_OUT -> new ConnectException("Connection timed out");
      case NETWORK_UNREACHABLE -> new SocketException("Network is unreachable");
      case HOST_UNREACHABLE -> new NoRouteToHostException("No route to host");
      case PROTOCOL_UNREACHABLE -> new ConnectException("Protocol not available");
    };
  }

  /** Reads octets that are there: how many, 0 for none yet, -1 at the end of the stream. */
  public int read(byte[] to, int offset, int length, long now) {
    return connection.read(to, offset, length, now);
  }

  /** As the other form, into the room that a buffer has. */
  public int read(ByteBuffer to, long now) {
    return connection.read(to, now);
  }

  /** Whether the peer has ended its stream, so that reading ends in order whatever follows. */
  public boolean isInputEnded() {
    return connection.isInputEnded();
  }

  /** Takes as many octets as there is room for and returns how many. */
  public int write(byte[] from, int offset, int length, long now) {
    return connection.write(from, offset, length, now);
  }

  /** As the other form, from a buffer's position on, which moves. */
  public int write(ByteBuffer from, long now) {
    return connection.write(from, now);
  }

  /** Sends the end of the stream behind all that was written. */
  public void shutdownOutput(long now) {
    connection.shutdownOutput(now);
  }

  /**
   * Lets go, without waiting: in order if everything was read, else, and without any lingering, by
   * a reset. Nothing is called back after.
   */
  public void close(long now) {
    connection.close(now);
  }

  /** Ends the connection by a reset. */
  public void abort(long now) {
    connection.abort(now);
  }

  /** Octets that can be read now. */
  public int available() {
    return connection.available();
  }

  /** Whether all is read and no more will come. */
  public boolean hasEnded() {
    return connection.hasEnded();
  }

  /** Octets that can be written now. */
  public int writable() {
    return connection.writable();
  }

  public TcpState state() {
    return connection.isOver() ? TcpState.CLOSED : connection.state();
  }

  /** How the connection is doing: TCP_INFO. */
  public TcpInfo info(long now) {
    return connection.info(now);
  }

  /** What ended the connection; null if nothing has, or both ends in order. */
  public IOException failure() {
    return failure;
  }

  /** TCP_NODELAY: sends small segments at once, from the next write on. */
  public void noDelay(boolean on) {
    connection.noDelay(on);
  }

  public SocketOptions options() {
    return connection.socketOptions();
  }

  /** Takes other options; what the old ones held back goes out. */
  public void options(SocketOptions changed, long now) {
    connection.socketOptions(changed, now);
  }

  /** Octets of sequence space that the peer has not acknowledged, sent or not. */
  public int unacknowledged() {
    return connection.unacknowledged();
  }

  public int localAddress() {
    return connection.localAddress();
  }

  public int localPort() {
    return connection.localPort();
  }

  public int remoteAddress() {
    return connection.remoteAddress();
  }

  public int remotePort() {
    return connection.remotePort();
  }
}
