package dev.dockwire.bench;

import dev.dockwire.engine.Container;
import dev.dockwire.engine.Engine;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.host.World;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many requests a second does a web server's container answer, asked by 32 connections from
 * another container that each wait for the answer before they ask again, and begin anew when the
 * server has had enough of them? The server logs each request.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class HttpKeepAlive extends MeasuredAsProgram {

  private static final int CONNECTIONS = 32;
  private static final int BATCH = 256;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: web\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Param({"httpd", "nginx"})
  String image;

  private final World world = World.inRealTime(new Seed(1));
  private final Engine engine = new Engine(world);
  private final byte[] buffer = new byte[16 << 10];

  private HostStack client;
  private int address;
  private long answered;

  @Setup
  public void start() throws IOException {
    Container server = engine.create(ContainerSpec.of(image).withName("web"));
    Container asking = engine.create(ContainerSpec.of("alpine").withTerminal(true, true));
    engine.start(server);
    engine.start(asking);
    world.loop().runUntil(world.now() + TimeUnit.MILLISECONDS.toNanos(100));
    address = server.endpoints().getFirst().wire().orElseThrow().address().address().value();
    client = asking.host().orElseThrow().stack();
    for (int i = 0; i < CONNECTIONS; i++) {
      connect(world.now());
    }
  }

  @TearDown
  public void stop() {
    engine.close();
  }

  private void connect(long now) throws IOException {
    TcpSocket.connect(client, 0, 0, address, 80, new Asking(), now);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long requests() {
    long goal = answered + BATCH;
    world.loop().runUntil(() -> answered >= goal);
    return answered;
  }

  private final class Asking implements TcpSocket.Handler {

    @Override
    public void onConnected(TcpSocket socket, long now) {
      socket.write(REQUEST, 0, REQUEST.length, now);
    }

    /** An answer is one segment, whose last line is the end of the page. */
    @Override
    public void onReadable(TcpSocket socket, long now) {
      int octets = socket.read(buffer, 0, buffer.length, now);
      if (octets < 0) {
        socket.close(now);
        reconnect(now);
      } else if (octets > 1 && buffer[octets - 2] == '>') {
        answered++;
        socket.write(REQUEST, 0, REQUEST.length, now);
      }
    }

    private void reconnect(long now) {
      try {
        connect(now);
      } catch (IOException noRoute) {
        throw new UncheckedIOException(noRoute);
      }
    }
  }
}
