package dev.dockwire.program.iperf;

import dev.dockwire.host.WaitQueue;
import dev.dockwire.stack.tcp.TcpInfo;
import java.io.IOException;
import java.util.Optional;

/** One stream of a test, of which this side is the sender or the receiver. No call waits. */
abstract class DataStream {

  /** What a stream has carried in some time. */
  record Interval(
      double start,
      double end,
      long octets,
      int resends,
      long packets,
      long lost,
      double jitterMillis,
      int congestionWindow,
      long rttNanos,
      long rttVarianceNanos) {

    double seconds() {
      return end - start;
    }

    double bitsPerSecond() {
      return end > start ? octets * 8 / (end - start) : 0;
    }
  }

  private final int socketNumber;
  private final int id;
  private long octets;
  private long octetsBefore;
  private int resendsBefore;
  private double intervalStart;
  private double end;
  private int largestWindow;
  private long packetsBefore;
  private long lostBefore;
  private long rttSum;
  private int rttCount;
  private int rttMin = Integer.MAX_VALUE;
  private int rttMax;

  /**
   * @param socketNumber what this side shows it as
   * @param id what both sides know it as
   */
  DataStream(int socketNumber, int id) {
    this.socketNumber = socketNumber;
    this.id = id;
  }

  /** Sends a part of a block, as much as there is room for, and returns how much that was. */
  abstract int send(byte[] block, int offset, int length, long now) throws IOException;

  /** Receives what is there; whether there was anything. */
  abstract boolean receive(byte[] buffer, long now) throws IOException;

  abstract boolean canSend();

  abstract boolean canReceive();

  abstract WaitQueue changed();

  abstract void close();

  abstract int localPort();

  abstract int localAddress();

  abstract int remoteAddress();

  abstract int remotePort();

  /** How its connection is doing, if it has one. */
  Optional<TcpInfo> info() {
    return Optional.empty();
  }

  long packets() {
    return 0;
  }

  long lost() {
    return 0;
  }

  double jitterSeconds() {
    return 0;
  }

  void count(int moved) {
    octets += moved;
  }

  long octets() {
    return octets;
  }

  int socketNumber() {
    return socketNumber;
  }

  int id() {
    return id;
  }

  double end() {
    return end;
  }

  int resends() {
    return info().map(TcpInfo::resent).orElse(0);
  }

  int largestWindow() {
    return largestWindow;
  }

  int rttMin() {
    return rttCount == 0 ? 0 : rttMin;
  }

  int rttMax() {
    return rttMax;
  }

  int rttMean() {
    return rttCount == 0 ? 0 : (int) (rttSum / rttCount);
  }

  /** Whether there is something to say of the time since the last interval. */
  boolean hasMore(double seconds, double least) {
    return octets != octetsBefore || seconds - intervalStart >= least;
  }

  /** Ends the interval that is under way. */
  Interval cut(double seconds) {
    int resends = resends();
    int window = info().map(info -> info.cwnd() * info.sndMss()).orElse(0);
    long rttNanos = info().map(TcpInfo::srttNanos).orElse(0L);
    Interval interval =
        new Interval(
            intervalStart,
            seconds,
            octets - octetsBefore,
            resends - resendsBefore,
            packets() - packetsBefore,
            lost() - lostBefore,
            jitterSeconds() * 1_000,
            window,
            rttNanos,
            info().map(TcpInfo::rttvarNanos).orElse(0L));
    intervalStart = seconds;
    octetsBefore = octets;
    resendsBefore = resends;
    packetsBefore = packets();
    lostBefore = lost();
    end = seconds;
    largestWindow = Math.max(largestWindow, window);
    int rtt = (int) (rttNanos / 1_000);
    rttSum += rtt;
    rttCount++;
    rttMin = Math.min(rttMin, rtt);
    rttMax = Math.max(rttMax, rtt);
    return interval;
  }

  void endAt(double seconds) {
    end = seconds;
  }
}
