package dev.dockwire.nat;

import static dev.dockwire.nat.Router.A;
import static dev.dockwire.nat.Router.B;
import static dev.dockwire.nat.Router.GATEWAY;
import static dev.dockwire.nat.Router.HOST;
import static dev.dockwire.nat.Router.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.TcpView;
import dev.dockwire.stack.Frames;
import dev.dockwire.time.Seed;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row N10 as a law: whatever comes from either side, no packet leaves to the outside under an
 * inside address, not even within an error's quote; all that leaves has right checksums; and tables
 * stay within their bounds.
 */
class NatFuzzTest {

  private static final int FRAMES = 30_000;
  private static final int MAX_FLOWS = 200;
  private static final int INSIDE = Frames.address("172.17.0.0") >>> 16;

  private final Router router = new Router(MAX_FLOWS);
  private final Deque<byte[]> seen = new ArrayDeque<>();
  private RandomGenerator random;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingLeavesUntranslated(long seed) {
    random = new Seed(seed).generator("packets");
    router.publish("tcp", 8080, 80);
    router.rule("-t raw -A PREROUTING -d 172.17.0.0/16 ! -i docker0 -j DROP");
    long left = 0;
    for (int i = 0; i < FRAMES; i++) {
      boolean fromInside = random.nextBoolean();
      byte[] packet = packet(fromInside);
      for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
        packet[20 + random.nextInt(packet.length - 20)] ^= (byte) (1 << random.nextInt(8));
      }
      if (fromInside) {
        router.fromBridge(packet);
      } else {
        router.fromOutside(packet);
      }
      left += checkOutside();
      checkBridge();
      assertThat(router.netfilter.flows()).isLessThanOrEqualTo(MAX_FLOWS);
      assertThat(router.netfilter.mappings().size()).isLessThanOrEqualTo(MAX_FLOWS);
      if (random.nextInt(500) == 0) {
        router.afterSeconds(random.nextInt(100));
      }
    }
    assertThat(left).as("packets that left").isGreaterThan(FRAMES / 20);
    assertThat(router.wire.stack.drops().of(DropReason.NAT_INVALID)).isGreaterThan(FRAMES / 50);
    router.afterSeconds(500_000);
    assertThat(router.netfilter.flows()).isZero();
    assertThat(router.netfilter.mappings().size()).isZero();
  }

  private int checkOutside() {
    int count = 0;
    for (byte[] frame : router.wire.drain()) {
      if (NetworkOrder.short16(frame, 12) == 0x0800) {
        count++;
        String line = Router.describe(frame);
        assertThat(NetworkOrder.short16(frame, 26)).as(line).isNotEqualTo(INSIDE);
        if (frame[23] == 1 && frame.length >= 62 && (frame[34] == 3 || frame[34] == 11)) {
          int quotedSource = NetworkOrder.short16(frame, 42 + 12);
          int quotedDestination = NetworkOrder.short16(frame, 42 + 16);
          assertThat(quotedSource).as("quoted source: " + line).isNotEqualTo(INSIDE);
          assertThat(quotedDestination).as("quoted destination: " + line).isNotEqualTo(INSIDE);
        }
        remember(frame);
      }
    }
    return count;
  }

  private void checkBridge() {
    router.bridge.frames().forEach(this::remember);
    router.bridge.frames().clear();
  }

  private void remember(byte[] frame) {
    if (NetworkOrder.short16(frame, 12) == 0x0800) {
      Router.describe(frame);
      seen.add(Arrays.copyOfRange(frame, 14, frame.length));
      if (seen.size() > 20) {
        seen.remove();
      }
    }
  }

  /** A packet of few hosts and ports, so that many meet a flow. */
  private byte[] packet(boolean fromInside) {
    String from = fromInside ? random.nextBoolean() ? A : B : SERVER;
    String to =
        fromInside ? choose(SERVER, SERVER, "10.0.2.3", HOST, GATEWAY) : choose(HOST, HOST, A);
    int low = 5_000 + random.nextInt(4);
    int high = random.nextBoolean() ? 80 : 8_080;
    int sourcePort = fromInside == random.nextBoolean() ? low : high;
    int destinationPort = sourcePort == low ? high : low;
    return switch (random.nextInt(6)) {
      case 0, 1 -> Router.udp(from, sourcePort, to, destinationPort, random.nextInt(100));
      case 2 -> Router.echo(from, to, random.nextInt(16), random.nextInt(3));
      case 3 -> error(from, to);
      default -> {
        int flags = random.nextInt(3) == 0 ? TcpView.SYN : random.nextInt(0x20);
        yield Router.tcp(
            from,
            sourcePort,
            to,
            destinationPort,
            flags,
            random.nextInt(3),
            random.nextInt(3),
            random.nextInt(1_000),
            random.nextInt(10));
      }
    };
  }

  private byte[] error(String from, String to) {
    byte[] quote = seen.isEmpty() ? new byte[0] : choose(seen.toArray(byte[][]::new));
    quote = Arrays.copyOf(quote, random.nextInt(quote.length + 1));
    int type = random.nextBoolean() ? 3 : 11;
    String target =
        quote.length >= 16 && random.nextBoolean()
            ? Ipv4Address.toString(NetworkOrder.int32(quote, 12))
            : to;
    return Frames.packet(from, target, 1, Frames.icmpError(type, random.nextInt(5), 0, quote));
  }

  @SafeVarargs
  private <T> T choose(T... among) {
    return among[random.nextInt(among.length)];
  }
}
