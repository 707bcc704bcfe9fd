package dev.dockwire.edge;

import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;

/** Begins, or accepts, the virtual connection that belongs to a real one that stands. */
@FunctionalInterface
interface Connector {

  /** As {@link TcpSocket#connect}: {@code onConnected} or {@code onClosed} follow. */
  TcpSocket connect(TcpSocket.Handler handler, long now) throws IOException;
}
