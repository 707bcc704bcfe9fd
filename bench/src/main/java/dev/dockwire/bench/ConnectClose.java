package dev.dockwire.bench;

import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.RealClock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many times a second can a client connect to a server on the same bridge, send it an octet, be
 * sent one, and close, everything on one thread? The client closes first and keeps the TIME-WAIT.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
public class ConnectClose extends Measured {

  private static final int PORT = 80;
  private static final String SERVER = "172.17.0.2/16";

  private final RealClock clock = new RealClock();
  private final BridgedHosts hosts = new BridgedHosts();
  private final int address = Ipv4Prefix.parse(SERVER).address().value();
  private final byte[] octet = new byte[1];
  private final Serving serving = new Serving();
  private final Asking asking = new Asking();

  private HostStack client;
  private long ended;

  @Setup
  public void listen() throws IOException {
    HostStack server = hosts.host("a1", Ipv4Prefix.parse(SERVER));
    client = hosts.host("a2", Ipv4Prefix.parse("172.17.0.3/16"));
    TcpListener.listen(server, 0, PORT, 128, listener -> listener.accept(serving));
  }

  @Benchmark
  public long connectAndClose() throws IOException {
    long goal = ended + 2;
    TcpSocket.connect(client, 0, 0, address, PORT, asking, clock.now());
    while (ended < goal) {
      hosts.turn(clock.now());
    }
    return ended;
  }

  private final class Asking implements TcpSocket.Handler {
    @Override
    public void onConnected(TcpSocket socket, long now) {
      socket.write(octet, 0, 1, now);
    }

    @Override
    public void onReadable(TcpSocket socket, long now) {
      if (socket.read(octet, 0, 1, now) > 0) {
        socket.shutdownOutput(now);
      }
    }

    @Override
    public void onClosed(TcpSocket socket, IOException cause, long now) {
      ended++;
    }
  }

  private final class Serving implements TcpSocket.Handler {
    @Override
    public void onReadable(TcpSocket socket, long now) {
      int octets = socket.read(octet, 0, 1, now);
      if (octets > 0) {
        socket.write(octet, 0, 1, now);
      } else if (octets < 0) {
        socket.shutdownOutput(now);
      }
    }

    @Override
    public void onClosed(TcpSocket socket, IOException cause, long now) {
      ended++;
    }
  }
}
