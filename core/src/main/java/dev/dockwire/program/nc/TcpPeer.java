package dev.dockwire.program.nc;

import dev.dockwire.host.WaitQueue;
import dev.dockwire.host.socket.StreamSocket;
import java.io.IOException;

/** A peer at the other end of a TCP connection. */
record TcpPeer(StreamSocket socket) implements Peer {

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return socket.isReadable() ? socket.read(buffer, offset, length) : 0;
  }

  @Override
  public int write(byte[] bytes, int offset, int length) throws IOException {
    return socket.writeSome(bytes, offset, length);
  }

  @Override
  public boolean isReadable() {
    return socket.isReadable();
  }

  @Override
  public boolean isWritable() {
    return socket.isWritable();
  }

  @Override
  public WaitQueue changed() {
    return socket.changed();
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    socket.close();
  }
}
