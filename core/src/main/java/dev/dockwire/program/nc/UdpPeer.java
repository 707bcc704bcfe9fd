package dev.dockwire.program.nc;

import dev.dockwire.host.WaitQueue;
import dev.dockwire.host.socket.Datagram;
import dev.dockwire.host.socket.DatagramSocket;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.util.Optional;

/**
 * A peer that sends and receives datagrams, by a socket that is connected to it. A stream of
 * datagrams has no end; an empty one means nothing.
 */
final class UdpPeer implements Peer {

  private final DatagramSocket socket;
  private Optional<byte[]> first;

  /**
   * @param first what the peer has already sent
   */
  UdpPeer(DatagramSocket socket, Optional<byte[]> first) {
    this.socket = socket;
    this.first = first;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (first.isEmpty() && !socket.isReadable()) {
      return 0;
    }
    byte[] payload = first.isPresent() ? first.get() : receive();
    first = Optional.empty();
    int count = Math.min(length, payload.length);
    System.arraycopy(payload, 0, buffer, offset, count);
    return count;
  }

  private byte[] receive() throws IOException {
    Datagram received = socket.receive(Clock.NEVER);
    return received.payload();
  }

  @Override
  public int write(byte[] bytes, int offset, int length) throws IOException {
    socket.send(bytes, offset, length);
    return length;
  }

  @Override
  public boolean isReadable() {
    return first.isPresent() || socket.isReadable();
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public WaitQueue changed() {
    return socket.changed();
  }

  @Override
  public void shutdownOutput() {
    // The peer cannot be told.
  }

  @Override
  public void close() {
    socket.close();
  }
}
