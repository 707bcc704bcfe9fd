package dev.dockwire.edge;

import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;

/** Begins the virtual connection that belongs to a real one. */
@FunctionalInterface
public interface Connector {

  /** As {@link TcpSocket#connect}. */
  TcpSocket connect(TcpSocket.Handler handler, long now) throws IOException;
}
