package dev.dockwire.bench;

import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How much memory does an idle connection take at each of its ends, its owner's socket included? No
 * JMH: {@code java -cp bench/target/benchmarks.jar dev.dockwire.bench.IdleConnections}. Connects
 * 100,000 times between pairs of hosts on a bridge, sends an octet each way, waits in virtual time
 * and looks at the heap.
 */
public final class IdleConnections {

  private static final int CONNECTIONS = 100_000;
  private static final int PER_PAIR = 25_000;
  private static final int BACKLOG = 128;
  private static final int PORT = 80;
  private static final long SECOND = 1_000_000_000L;

  private final BridgedHosts hosts = new BridgedHosts();
  private final List<TcpSocket> sockets = new ArrayList<>(2 * CONNECTIONS);
  private final byte[] octet = new byte[1];
  private long now;

  private IdleConnections() {}

  public static void main(String[] args) throws IOException {
    new IdleConnections().measure();
  }

  private void measure() throws IOException {
    long before = heap();
    for (int pair = 0; pair < CONNECTIONS / PER_PAIR; pair++) {
      connect(pair);
      if (pair == 0) {
        print("just used", before);
      }
      now += 2 * SECOND;
      turnUntilIdle();
    }
    print("idle", before);
  }

  private void print(String what, long before) {
    long octets = (heap() - before) / sockets.size();
    System.out.printf("%d ends, %s: %d octets each%n", sockets.size(), what, octets);
  }

  private void connect(int pair) throws IOException {
    Ipv4Prefix server = Ipv4Prefix.parse("172.17.0." + (2 + 2 * pair) + "/16");
    Ipv4Prefix client = Ipv4Prefix.parse("172.17.0." + (3 + 2 * pair) + "/16");
    TcpListener.listen(hosts.host("s" + pair, server), 0, PORT, BACKLOG, this::accept);
    HostStack asking = hosts.host("c" + pair, client);
    for (int i = 0; i < PER_PAIR; i++) {
      TcpSocket socket =
          TcpSocket.connect(asking, 0, 0, server.address().value(), PORT, new Asking(), now);
      sockets.add(socket);
      turnUntilIdle();
    }
  }

  private void accept(TcpListener listener) {
    sockets.add(listener.accept(new Echo()));
  }

  private void turnUntilIdle() {
    while (hosts.turn(now) > 0) {
      // Until nothing is under way at this moment.
    }
  }

  /** The heap that is in use after the garbage is gone. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private final class Asking implements TcpSocket.Handler {
    @Override
    public void onConnected(TcpSocket socket, long at) {
      socket.write(octet, 0, 1, at);
    }

    @Override
    public void onReadable(TcpSocket socket, long at) {
      socket.read(octet, 0, 1, at);
    }
  }

  private final class Echo implements TcpSocket.Handler {
    @Override
    public void onReadable(TcpSocket socket, long at) {
      if (socket.read(octet, 0, 1, at) > 0) {
        socket.write(octet, 0, 1, at);
      }
    }
  }
}
