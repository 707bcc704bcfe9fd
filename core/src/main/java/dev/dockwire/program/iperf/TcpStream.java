package dev.dockwire.program.iperf;

import dev.dockwire.host.WaitQueue;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.stack.tcp.TcpInfo;
import java.io.IOException;
import java.util.Optional;

/** A stream that is a TCP connection. */
final class TcpStream extends DataStream {

  private final StreamSocket socket;

  TcpStream(StreamSocket socket, int socketNumber, int id) {
    super(socketNumber, id);
    this.socket = socket;
  }

  @Override
  int send(byte[] block, int offset, int length, long now) throws IOException {
    int sent = socket.writeSome(block, offset, length);
    count(sent);
    return sent;
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
    return socket.isWritable();
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
  Optional<TcpInfo> info() {
    return Optional.of(socket.info());
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
