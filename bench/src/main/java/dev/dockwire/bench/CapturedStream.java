package dev.dockwire.bench;

import dev.dockwire.capture.Capture;
import dev.dockwire.capture.CaptureFilter;
import dev.dockwire.capture.CaptureFormat;
import dev.dockwire.capture.WriteBehind;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.time.RealClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a capture of every frame, in pcapng, take from the throughput of one TCP stream? As a
 * live capture does, a thread of its own writes the file; what it cannot keep up with is left out
 * and counted. In octets per second. Each iteration begins a new file, of up to 2 GB.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx256m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CapturedStream {

  private static final int PORT = 5_001;
  private static final int CHUNK = 1 << 20;

  /** Octets kept of each frame; 0 for all. */
  @Param({"off", "96", "0"})
  String snapLength;

  /** Where the file is; the temporary folder if this is empty. */
  @Param("")
  String folder;

  private final RealClock clock = new RealClock();
  private final BridgedHosts hosts = new BridgedHosts();
  private final byte[] sent = new byte[64 << 10];
  private final byte[] read = new byte[64 << 10];

  private TcpSocket client;
  private long received;
  private Path file;
  private WriteBehind output;
  private Capture running;

  /** How many frames the file has, and how many it should have, too. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Frames {
    public long recorded;
    public long leftOut;
  }

  @Setup
  public void connect() throws IOException {
    HostStack serving = hosts.host("a1", Ipv4Prefix.parse("172.17.0.2/16"));
    HostStack asking = hosts.host("a2", Ipv4Prefix.parse("172.17.0.3/16"));
    TcpListener.listen(serving, 0, PORT, 16, listener -> listener.accept(new Serving()));
    int address = Ipv4Prefix.parse("172.17.0.2/16").address().value();
    client = TcpSocket.connect(asking, 0, 0, address, PORT, new Asking(), clock.now());
    client.noDelay(true);
  }

  private final class Serving implements TcpSocket.Handler {
    @Override
    public void onReadable(TcpSocket socket, long now) {
      int octets;
      while ((octets = socket.read(read, 0, read.length, now)) > 0) {
        received += octets;
      }
    }
  }

  private static final class Asking implements TcpSocket.Handler {}

  @Setup(Level.Iteration)
  public void startCapture() throws IOException {
    if (snapLength.equals("off")) {
      return;
    }
    file =
        folder.isEmpty()
            ? Files.createTempFile("captured-stream", ".pcapng")
            : Files.createTempFile(Path.of(folder), "captured-stream", ".pcapng");
    output =
        new WriteBehind(
            () -> FileChannel.open(file, StandardOpenOption.WRITE),
            file.toString(),
            CaptureFormat.PCAPNG,
            64 << 20,
            () -> {});
    running =
        Capture.start(
            hosts.fabric(),
            CaptureFormat.PCAPNG.create(output, Integer.parseInt(snapLength)),
            CaptureFilter.all(),
            clock.epochNanos());
  }

  @TearDown(Level.Iteration)
  public void stopCapture(Frames frames) throws IOException {
    if (running == null) {
      return;
    }
    running.close();
    output.join(TimeUnit.SECONDS.toMillis(60));
    frames.recorded += running.recorded();
    frames.leftOut += running.missed();
    if (running.problem().isPresent()) {
      throw new IOException(running.problem().get());
    }
    running = null;
    Files.delete(file);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK)
  public long stream() {
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
}
