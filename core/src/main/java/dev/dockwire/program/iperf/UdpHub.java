package dev.dockwire.program.iperf;

import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.host.socket.Datagram;
import dev.dockwire.host.socket.DatagramSocket;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The UDP socket of a test with all streams on it: a server has one for all its streams, a client
 * one for each. A stream begins with a greeting of four octets each way.
 */
final class UdpHub {

  static final int HELLO = 0x36373839;
  static final int HELLO_BACK = 0x39383736;

  private final DatagramSocket socket;
  private final Map<Long, UdpStream> streams = new LinkedHashMap<>();

  UdpHub(DatagramSocket socket) {
    this.socket = socket;
  }

  /** Waits for a greeting of somebody who has none of the streams yet. */
  Datagram awaitGreeting(int greeting, long deadline) throws IOException {
    while (true) {
      Datagram datagram = socket.receive(deadline);
      boolean isNew = !streams.containsKey(key(datagram.source(), datagram.sourcePort()));
      byte[] payload = datagram.payload();
      boolean greets =
          payload.length == 4
              && (NetworkOrder.int32(payload, 0) == greeting
                  || NetworkOrder.int32(payload, 0) == Integer.reverseBytes(greeting));
      if (isNew && greets) {
        return datagram;
      }
    }
  }

  void greet(int address, int udpPort, int greeting) throws IOException {
    byte[] payload = new byte[4];
    NetworkOrder.int32(payload, 0, greeting);
    socket.sendTo(address, udpPort, payload, 0, payload.length);
  }

  void add(UdpStream stream) {
    streams.put(key(stream.remoteAddress(), stream.remotePort()), stream);
  }

  private static long key(int address, int udpPort) {
    return (long) address << 16 | udpPort;
  }

  /** Takes all that has arrived; whether there was anything. */
  boolean receive(long now) throws IOException {
    boolean any = false;
    while (socket.isReadable()) {
      Datagram datagram = socket.receive(Clock.NEVER);
      UdpStream stream = streams.get(key(datagram.source(), datagram.sourcePort()));
      if (stream != null) {
        stream.take(datagram.payload(), now);
        any = true;
      }
    }
    return any;
  }

  DatagramSocket socket() {
    return socket;
  }

  boolean canReceive() {
    return socket.isReadable();
  }

  WaitQueue changed() {
    return socket.changed();
  }

  void close() {
    socket.close();
  }
}
