package dev.dockwire.bench;

import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.PingSocket;
import dev.dockwire.time.RealClock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How much work is a ping between two hosts on a bridge, request and reply, both stacks driven by
 * the frames that arrive?
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PingRoundTrip extends Measured {

  private static final int TTL = 64;

  @Param({"56", "1472"})
  int payloadLength;

  private final RealClock clock = new RealClock();
  private final BridgedHosts hosts = new BridgedHosts();
  private final Ipv4Prefix here = Ipv4Prefix.parse("172.17.0.2/16");
  private final Ipv4Prefix there = Ipv4Prefix.parse("172.17.0.3/16");
  private PingSocket ping;
  private byte[] payload;
  private int sequence;
  private long replies;

  @Setup
  public void buildNetwork() {
    HostStack pinging = hosts.host("a1", here);
    hosts.host("a2", there);
    ping = PingSocket.open(pinging).orElseThrow();
    ping.handler((_, _, _, _) -> replies++);
    payload = new byte[payloadLength];
    if (roundTrip() != 1) {
      throw new IllegalStateException("no reply");
    }
  }

  @Benchmark
  public long roundTrip() {
    long now = clock.now();
    ping.sendEcho(there.address().value(), sequence++ & 0xffff, TTL, payload, payloadLength, now);
    while (hosts.turn(now) > 0) {
      // Until the reply is there.
    }
    return replies;
  }
}
