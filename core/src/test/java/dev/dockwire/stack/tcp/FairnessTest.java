package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that share one slow link each get their share of it (Jain's index). */
class FairnessTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long BITS_PER_SECOND = 40_000_000;
  private static final byte[] OCTETS = new byte[65_536];

  /** Writes as long as it may. */
  private static final class Source implements TcpSocket.Handler {
    @Override
    public void onConnected(TcpSocket socket, long now) {
      onWritable(socket, now);
    }

    @Override
    public void onWritable(TcpSocket socket, long now) {
      while (socket.write(OCTETS, 0, OCTETS.length, now) > 0) {
        // Until the buffer is full.
      }
    }
  }

  /** Reads as it comes. */
  private static final class Sink implements TcpSocket.Handler {
    private long octets;

    @Override
    public void onReadable(TcpSocket socket, long now) {
      int count;
      while ((count = socket.read(OCTETS, 0, OCTETS.length, now)) > 0) {
        octets += count;
      }
    }
  }

  @ParameterizedTest(name = "{1} {0} streams")
  @CsvSource({"2, cubic, 60", "2, reno, 60", "32, cubic, 60"})
  void streamsShareABottleneck(int streams, String control, int seconds) throws IOException {
    Impairment path = Impairment.delay(10_000_000).withRate(BITS_PER_SECOND, 200_000);
    Transfer transfer = new Transfer(path, 1 << 20, 1).with(control);
    List<Sink> sinks = new ArrayList<>();
    TcpListener.listen(
        transfer.server,
        0,
        80,
        64,
        ready -> {
          sinks.add(new Sink());
          ready.accept(sinks.getLast());
        });
    for (int i = 0; i < streams; i++) {
      transfer.connect(new Source());
    }
    transfer.loop.runUntil(10 * SECOND);
    assertThat(sinks).hasSize(streams);
    long[] before = sinks.stream().mapToLong(sink -> sink.octets).toArray();
    transfer.loop.runUntil((10 + seconds) * SECOND);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < streams; i++) {
      double share = sinks.get(i).octets - before[i];
      assertThat(share).as("no stream starves").isPositive();
      sum += share;
      squares += share * share;
    }
    assertThat(sum * sum / (streams * squares)).as("Jain's index").isGreaterThan(0.95);
    assertThat(sum * 8 / seconds).as("bits per second").isGreaterThan(0.9 * BITS_PER_SECOND);
  }
}
