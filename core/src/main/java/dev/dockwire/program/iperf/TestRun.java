package dev.dockwire.program.iperf;

import dev.dockwire.host.Process;
import dev.dockwire.host.WaitQueue;
import dev.dockwire.program.iperf.DataStream.Interval;
import dev.dockwire.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Moves the data of a test, all streams at once, from one side's point of view, until the client's
 * limit of time or octets is reached or the other side says something.
 *
 * <p>A sender looks at its rate every millisecond. UDP has nothing that would slow a sender down:
 * without a rate it keeps to 1 Gbit/s here.
 */
final class TestRun {

  /** Hears of each interval that is over. */
  @FunctionalInterface
  interface Listener {
    void intervalEnded(List<Interval> ofStreams);
  }

  private static final long PACING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long UDP_LIMIT = 1_000_000_000L;
  private static final int MAX_RECEIVES = 64;

  private final Process self;
  private final TestParameters parameters;
  private final ControlConnection control;
  private final List<DataStream> streams;
  private final boolean isClient;
  private final boolean sends;
  private final long rate;
  private final Listener listener;
  private final double intervalSeconds;
  private final byte[] block;
  private final byte[] buffer = new byte[1 << 17];
  private final int[] blockAt;
  private final long startedAt;
  private long nextInterval;

  TestRun(
      Process self,
      TestParameters parameters,
      ControlConnection control,
      List<DataStream> streams,
      boolean isClient,
      double intervalSeconds,
      Listener listener) {
    this.self = self;
    this.parameters = parameters;
    this.control = control;
    this.streams = streams;
    this.isClient = isClient;
    this.sends = isClient != parameters.reverse();
    this.rate =
        parameters.bitsPerSecond() > 0 || !parameters.udp()
            ? parameters.bitsPerSecond()
            : UDP_LIMIT;
    this.listener = listener;
    this.intervalSeconds = intervalSeconds;
    this.block = filling(parameters.blockSize());
    this.blockAt = new int[streams.size()];
    this.startedAt = self.now();
    this.nextInterval = startedAt;
    advanceInterval();
  }

  private static byte[] filling(int size) {
    byte[] block = new byte[size];
    for (int i = 0; i < size; i++) {
      block[i] = (byte) ('0' + i % 10);
    }
    return block;
  }

  private void advanceInterval() {
    nextInterval =
        intervalSeconds > 0 ? nextInterval + (long) (intervalSeconds * 1e9) : Clock.NEVER;
  }

  /** Runs until the test is over; what the other side says then is still to be read. */
  void run() throws IOException {
    long end =
        isClient && parameters.octets() == 0
            ? startedAt + TimeUnit.SECONDS.toNanos(parameters.seconds())
            : Clock.NEVER;
    while (!isOver(end)) {
      move();
      if (self.now() >= nextInterval) {
        listener.intervalEnded(cut());
        advanceInterval();
      }
      if (!isOver(end)) {
        await(end);
      }
    }
    if (!sends) {
      move();
    }
  }

  private boolean isOver(long end) {
    return control.socket().isReadable()
        || isClient && (self.now() >= end || parameters.octets() > 0 && hasMovedAll());
  }

  private boolean hasMovedAll() {
    return moved() >= parameters.octets() && (!sends || noneIsInABlock());
  }

  private boolean noneIsInABlock() {
    for (int at : blockAt) {
      if (at > 0) {
        return false;
      }
    }
    return true;
  }

  private long moved() {
    return streams.stream().mapToLong(DataStream::octets).sum();
  }

  private void await(long end) {
    List<WaitQueue> changes = new ArrayList<>();
    changes.add(control.socket().changed());
    streams.forEach(stream -> changes.add(stream.changed()));
    long tick = sends && rate > 0 ? self.now() + PACING_NANOS : Clock.NEVER;
    self.await(
        changes,
        () -> canMove() || control.socket().isReadable(),
        Math.min(tick, Math.min(end, nextInterval)));
  }

  private boolean canMove() {
    for (int i = 0; i < streams.size(); i++) {
      if (sends ? maySend(i) && streams.get(i).canSend() : streams.get(i).canReceive()) {
        return true;
      }
    }
    return false;
  }

  /** Whether limits let a stream send: a block that was begun is always finished. */
  private boolean maySend(int stream) {
    if (blockAt[stream] > 0) {
      return true;
    }
    if (parameters.octets() > 0 && moved() >= parameters.octets()) {
      return false;
    }
    double due = (self.now() - startedAt) / 1e9 * rate;
    return rate == 0 || streams.get(stream).octets() * 8.0 <= due;
  }

  private void move() throws IOException {
    for (int i = 0; i < streams.size(); i++) {
      if (sends) {
        send(i);
      } else {
        int times = 0;
        while (times < MAX_RECEIVES && streams.get(i).receive(buffer, self.now())) {
          times++;
        }
      }
    }
  }

  private void send(int stream) throws IOException {
    DataStream to = streams.get(stream);
    while (maySend(stream) && to.canSend()) {
      int at = blockAt[stream];
      int sent = to.send(block, at, block.length - at, self.now());
      if (sent == 0) {
        return;
      }
      blockAt[stream] = (at + sent) % block.length;
    }
  }

  /** Ends the interval under way, if there is anything to say of it. */
  void finish() {
    double seconds = seconds();
    if (streams.stream().anyMatch(each -> each.hasMore(seconds, 0.1 * intervalSeconds))) {
      listener.intervalEnded(cut());
    }
    streams.forEach(stream -> stream.endAt(seconds));
  }

  private List<Interval> cut() {
    double seconds = seconds();
    return streams.stream().map(stream -> stream.cut(seconds)).toList();
  }

  private double seconds() {
    return TimeUnit.NANOSECONDS.toMicros(self.now() - startedAt) / 1e6;
  }

  /** What this side has to tell the other. */
  ExchangedResults results() {
    boolean knowsResends = sends && !parameters.udp();
    return new ExchangedResults(
        Summary.of(streams, knowsResends),
        knowsResends,
        control.socket().info().congestionControl());
  }
}
