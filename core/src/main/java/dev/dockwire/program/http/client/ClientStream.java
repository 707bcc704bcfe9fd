package dev.dockwire.program.http.client;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.host.Process;
import java.io.IOException;

/** A client's connection: what it needs of a socket. Calls wait; times are in nanoseconds. */
interface ClientStream {

  /** Opens connections. */
  interface Connector {

    /**
     * Connects to a server.
     *
     * @throws java.net.ConnectException if it refuses
     * @throws java.net.SocketTimeoutException if it does not answer in time
     */
    ClientStream connect(Process self, Ipv4Address server, int tcpPort, long timeoutNanos)
        throws IOException;
  }

  /**
   * Reads what is there, at least one byte.
   *
   * @return how many bytes; -1 at the end
   * @throws java.net.SocketTimeoutException if nothing has come by the deadline
   */
  int read(byte[] buffer, int offset, int length, long deadline) throws IOException;

  void write(byte[] bytes, int offset, int length) throws IOException;

  void close();
}
