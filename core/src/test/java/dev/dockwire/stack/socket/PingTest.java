package dev.dockwire.stack.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.dockwire.bridge.Bridge;
import dev.dockwire.fabric.Fabric;
import dev.dockwire.fabric.FabricShape;
import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import dev.dockwire.link.Loopback;
import dev.dockwire.link.Nic;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.SendResult;
import dev.dockwire.time.Loop;
import dev.dockwire.time.Seed;
import dev.dockwire.time.Timers;
import dev.dockwire.time.VirtualClock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two hosts on a bridge ping each other. */
class PingTest {

  private static final int B = Ipv4Address.parse("10.0.0.2").value();

  private final Loop loop = new Loop(new VirtualClock());
  private final Timers timers = new Timers();
  private final Fabric fabric = new Fabric(FabricShape.DEFAULT.withWireNanos(30_000));
  private final Loopback loopback = new Loopback(0);
  private final Bridge bridge = new Bridge("br0");
  private final HostStack a = host("a", "10.0.0.1/24");
  private final HostStack b = host("b", "10.0.0.2/24");
  private final PingSocket ping = PingSocket.open(a).orElseThrow();
  private final List<String> heard = new ArrayList<>();
  private long replies;

  private HostStack host(String name, String address) {
    HostStack stack = new HostStack(name, timers, new Seed(1).generator(name));
    Nic lo = new Nic("lo", MacAddress.ZERO, Loopback.MTU, loopback);
    lo.connect(lo);
    stack.attach(lo).address(Ipv4Prefix.parse("127.0.0.1/8"), 0);
    Ipv4Prefix prefix = Ipv4Prefix.parse(address);
    Nic nic = new Nic("eth0", MacAddress.fromIpv4(prefix.address()), 1500, fabric);
    bridge.attach(name, nic);
    stack.attach(nic).address(prefix, 0);
    return stack;
  }

  PingTest() {
    loop.add(timers);
    loop.add(loopback);
    loop.add(fabric);
    ping.handler(
        (source, ttl, message, now) ->
            heard.add(
                Ipv4Address.toString(source)
                    + " seq "
                    + message.sequence()
                    + " ttl "
                    + ttl
                    + " length "
                    + message.payloadLength()));
  }

  private String ping(int to, int sequence, int length) {
    heard.clear();
    assertThat(ping.sendEcho(to, sequence, 64, new byte[length], length, loop.now()))
        .isEqualTo(SendResult.SENT);
    loop.runUntil(() -> !heard.isEmpty());
    return heard.getFirst();
  }

  @Test
  void everySizeThatFitsAPacketComesBack() {
    int sequence = 0;
    for (int length : new int[] {0, 1, 7, 56, 1471, 1472, 1473, 2952, 2953, 9000, 65_506, 65_507}) {
      sequence++;
      assertThat(ping(B, sequence, length))
          .isEqualTo("10.0.0.2 seq " + sequence + " ttl 64 length " + length);
    }
    assertThat(a.drops().total()).isZero();
    assertThat(b.drops().total()).isZero();
  }

  @Test
  void theFirstPingTakesTwoRoundTripsTheNextOne() {
    ping(B, 1, 56);
    assertThat(loop.now()).as("ARP there and back, echo there and back").isEqualTo(4 * 30_000);
    ping(B, 2, 56);
    assertThat(loop.now()).isEqualTo(6 * 30_000);
  }

  @Test
  void ownAddressesAreReachedByTheLoopback() {
    assertThat(ping(Ipv4Address.parse("10.0.0.1").value(), 1, 65_507))
        .isEqualTo("10.0.0.1 seq 1 ttl 64 length 65507");
    assertThat(ping(Ipv4Address.parse("127.0.0.1").value(), 2, 0))
        .isEqualTo("127.0.0.1 seq 2 ttl 64 length 0");
    assertThat(ping(Ipv4Address.parse("127.9.9.9").value(), 3, 8))
        .isEqualTo("127.9.9.9 seq 3 ttl 64 length 8");
    assertThat(a.findInterface("eth0").orElseThrow().nic().offered()).isZero();
  }

  @Test
  void errorsNameTheRequestTheyAreAbout() {
    List<String> errors = new ArrayList<>();
    ping.handler(
        new PingSocket.Handler() {
          @Override
          public void onMessage(int source, int ttl, IcmpView message, long now) {
            errors.add("a reply");
          }

          @Override
          public void onError(
              int source, int ttl, IcmpView error, int destination, int sequence, long now) {
            errors.add(
                Ipv4Address.toString(destination)
                    + " seq "
                    + sequence
                    + ": "
                    + error.type()
                    + "/"
                    + error.code());
          }
        });
    ping.sendEcho(Ipv4Address.parse("10.0.0.77").value(), 5, 64, new byte[56], 56, loop.now());
    loop.runUntil(() -> !errors.isEmpty());
    assertThat(errors).containsExactly("10.0.0.77 seq 5: 3/1");
  }

  @Test
  void whatCannotBeSentIsSaidAtOnce() {
    byte[] none = {};
    assertThat(ping.sendEcho(Ipv4Address.parse("8.8.8.8").value(), 1, 64, none, 0, 0))
        .isEqualTo(SendResult.NETWORK_UNREACHABLE);
    assertThat(ping.sendEcho(Ipv4Address.parse("10.0.0.255").value(), 1, 64, none, 0, 0))
        .isEqualTo(SendResult.PERMISSION_DENIED);
    ping.allowBroadcast(true);
    assertThat(ping.sendEcho(Ipv4Address.parse("10.0.0.255").value(), 1, 64, none, 0, 0))
        .isEqualTo(SendResult.SENT);
  }

  @Test
  void aClosedSocketHearsNothing() {
    ping.sendEcho(B, 1, 64, new byte[8], 8, loop.now());
    ping.close();
    loop.runUntil(() -> false);
    assertThat(heard).isEmpty();
    assertThat(a.drops().of(DropReason.ICMP_NO_SOCKET)).isEqualTo(1);
  }

  @Test
  void aSteadyPingAllocatesNothing() {
    byte[] payload = new byte[56];
    ping.handler(
        (source, ttl, message, now) -> {
          replies++;
          ping.sendEcho(source, (int) replies, 64, payload, payload.length, now);
        });
    ping.sendEcho(B, 0, 64, payload, payload.length, loop.now());
    turnUntilReplies(50_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 1; round <= 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      turnUntilReplies(50_000 + round * 10_000L);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes for 10,000 round trips").isLessThan(1_000);
  }

  private void turnUntilReplies(long count) {
    loop.runUntil(() -> replies >= count);
  }
}
