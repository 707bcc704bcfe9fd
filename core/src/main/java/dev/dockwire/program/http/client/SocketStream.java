package dev.dockwire.program.http.client;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import dev.dockwire.host.socket.StreamSocket;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** A client's connection over the host's TCP. */
final class SocketStream implements ClientStream {

  private final Process self;
  private final StreamSocket socket;

  private SocketStream(Process self, StreamSocket socket) {
    this.self = self;
    this.socket = socket;
  }

  static ClientStream connect(Process self, Ipv4Address server, int tcpPort, long timeoutNanos)
      throws IOException {
    StreamSocket socket = StreamSocket.connect(self, server.value(), tcpPort, timeoutNanos);
    return new SocketStream(self, socket);
  }

  @Override
  public int read(byte[] buffer, int offset, int length, long deadline) throws IOException {
    long left = deadline == Clock.NEVER ? 0 : deadline - self.now();
    if (left <= 0 && deadline != Clock.NEVER && socket.available() == 0) {
      throw new SocketTimeoutException("Read timed out");
    }
    socket.soTimeout(Math.max(0, left));
    return socket.read(buffer, offset, length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    socket.write(bytes, offset, length);
  }

  @Override
  public void close() {
    socket.close();
  }
}
