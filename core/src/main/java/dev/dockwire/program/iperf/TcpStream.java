package dev.dockwire.program.iperf;

import dev.dockwire.host.WaitQueue;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.stack.tcp.TcpInfo;
import java.io.IOException;

/** A stream that is a TCP connection. */
final class TcpStream extends DataStream {

  private final StreamSocket socket;
  private final int window;

  /**
   * @param window how much may be under way; 0 for as much as TCP allows
   */
  TcpStream(StreamSocket socket, int socketNumber, int id, int window) {
    super(socketNumber, id);
    this.socket = socket;
    this.window = window;
  }

  @Override
  int send(byte[] block, int offset, int length, long now) throws IOException {
    int sent = socket.writeSome(block, offset, window == 0 ? length : Math.min(length, room()));
    count(sent);
    return sent;
  }

  private int room() {
    return Math.max(0, window - socket.unacknowledged());
  }

  @Override
  boolean receive(byte[] buffer, long now) throws IOException {
    if (!socket.isReadable()) {
      return false;
    }
    int count = socket.read(buffer, 0, buffer.length);
    count(Math.max(0, count));
    return count > 0;
  }

  @Override
  boolean canSend() {
    return socket.isWritable() && (window == 0 || room() > 0);
  }

  @Override
  boolean canReceive() {
    return socket.isReadable();
  }

  @Override
  WaitQueue changed() {
    return socket.changed();
  }

  @Override
  TcpInfo info() {
    return socket.info();
  }

  @Override
  void close() {
    socket.close();
  }

  @Override
  int localAddress() {
    return socket.localAddress();
  }

  @Override
  int localPort() {
    return socket.localPort();
  }

  @Override
  int remoteAddress() {
    return socket.remoteAddress();
  }

  @Override
  int remotePort() {
    return socket.remotePort();
  }
}
