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
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is one TCP stream between two hosts on a bridge, in frames of 1,500 bytes with checksums
 * made and verified, everything on one thread? And a round trip of one byte? Throughput in octets
 * per second; times eight for bits. With a capture, every frame is written to a file.
 */
@Warmup(iterations = 5, time = 1)
public class TcpStream extends Measured {

  private static final int PORT = 5_001;
  private static final int CHUNK = 1 << 20;

  /** Frames of a gigabyte or more for each iteration are written to the disk with it. */
  @Param({"off"})
  String capture;

  private final RealClock clock = new RealClock();
  private final BridgedHosts hosts = new BridgedHosts();
  private final FreshCapture running = new FreshCapture();
  private final byte[] sent = new byte[64 << 10];
  private final byte[] read = new byte[64 << 10];

  private TcpSocket client;
  private TcpSocket server;
  private boolean echoing;
  private long received;
  private long echoed;

  @Setup
  public void connect() throws IOException {
    HostStack serving = hosts.host("a1", Ipv4Prefix.parse("172.17.0.2/16"));
    HostStack asking = hosts.host("a2", Ipv4Prefix.parse("172.17.0.3/16"));
    TcpListener.listen(serving, 0, PORT, 16, this::accept);
    int address = Ipv4Prefix.parse("172.17.0.2/16").address().value();
    client = TcpSocket.connect(asking, 0, 0, address, PORT, new Asking(), clock.now());
    client.noDelay(true);
    turnUntilIdle();
    server.noDelay(true);
  }

  @Setup(Level.Iteration)
  public void startCapture() throws IOException {
    running.start(capture, hosts.fabric(), clock);
  }

  @TearDown(Level.Iteration)
  public void stopCapture() throws IOException {
    running.stop();
  }

  private void accept(TcpListener listener) {
    server = listener.accept(new Serving());
  }

  private final class Serving implements TcpSocket.Handler {
    @Override
    public void onReadable(TcpSocket socket, long now) {
      int octets;
      while ((octets = socket.read(read, 0, read.length, now)) > 0) {
        received += octets;
        if (echoing) {
          socket.write(read, 0, octets, now);
        }
      }
    }
  }

  private final class Asking implements TcpSocket.Handler {
    @Override
    public void onReadable(TcpSocket socket, long now) {
      echoed += Math.max(0, socket.read(read, 0, read.length, now));
    }
  }

  private void turnUntilIdle() {
    long now = clock.now();
    while (hosts.turn(now) > 0) {
      now = clock.now();
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @OperationsPerInvocation(CHUNK)
  public long stream() {
    echoing = false;
    long goal = received + CHUNK;
    int left = CHUNK;
    while (received < goal) {
      long now = clock.now();
      if (left > 0) {
        left -= client.write(sent, 0, Math.min(left, sent.length), now);
      }
      hosts.turn(now);
    }
    return received;
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public long roundTrip() {
    echoing = true;
    long goal = echoed + 1;
    long now = clock.now();
    client.write(sent, 0, 1, now);
    while (echoed < goal) {
      hosts.turn(now);
      now = clock.now();
    }
    return echoed;
  }
}
