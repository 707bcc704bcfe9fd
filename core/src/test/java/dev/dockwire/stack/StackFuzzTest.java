package dev.dockwire.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.InternetChecksum;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.TcpView;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mutated frames, with their checksums made right again most of the time, or nothing would get past
 * the first check. Whatever comes: no exception, all tables within their bounds, every frame in the
 * account, nothing sent that is not valid, and never an error about an error.
 */
class StackFuzzTest {

  private static final int FRAMES = 100_000;
  private static final String HOST = "10.0.0.1";

  private SplittableRandom random;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void survivesAnyFrame(long seed) {
    random = new SplittableRandom(seed);
    Wire wire = new Wire("10.0.0.1/16", seed);
    Wire.Segment far = wire.addSegment("eth1", "10.9.0.1/24", 576);
    wire.stack.forwarding(seed == 2);
    for (int i = 0; i < FRAMES; i++) {
      wire.send(frame());
      assertThat(wire.stack.ip().reassemblyBytes()).isLessThanOrEqualTo(4 << 20);
      assertThat(wire.stack.ip().reassemblyPackets()).isLessThanOrEqualTo(256);
      assertThat(wire.stack.neighbours().size()).isLessThanOrEqualTo(1_024);
      assertThat(wire.stack.neighbours().waiting()).isLessThanOrEqualTo(4_096);
      wire.drain().forEach(Tcpdump::line);
      far.frames().forEach(Tcpdump::line);
      far.frames().clear();
      if (i % 64 == 0) {
        wire.at(wire.now() / 1_000_000 + random.nextInt(2_000));
      }
    }
    HostStack stack = wire.stack;
    long fromPeer = wire.eth0.nic().counters().rxPackets();
    long fromSelf = wire.lo.nic().counters().rxPackets();
    assertThat(fromPeer).isEqualTo(FRAMES);
    assertThat(stack.received()).isEqualTo(fromPeer + fromSelf);
    assertThat(stack.accepted()).as("some of it made sense").isGreaterThan(FRAMES / 100);
    long lost = stack.drops().total() - stack.refused();
    assertThat(lost).isNotNegative();
    assertThat(stack.drops().toMap())
        .containsKeys(
            DropReason.ARP_BAD_OP,
            DropReason.IP_BAD_OPTION,
            DropReason.IP_FRAG_OVERLAP,
            DropReason.IP_FRAG_TIMEOUT,
            DropReason.UDP_NO_PORT,
            DropReason.TCP_NO_CONN,
            DropReason.ICMP_QUOTE_MISMATCH);
    wire.at(wire.now() / 1_000_000 + 60_000);
    assertThat(stack.ip().reassemblyBytes()).as("nothing is kept for ever").isZero();
  }

  private byte[] frame() {
    byte[] good =
        choose(this::arp, this::icmp, this::fragment, this::udp, this::tcp, this::options);
    int mutations = random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      good = mutate(good);
    }
    if (mutations > 0 && random.nextInt(8) != 0) {
      fixChecksums(good);
    }
    return good;
  }

  @SafeVarargs
  private byte[] choose(Supplier<byte[]>... kinds) {
    return kinds[random.nextInt(kinds.length)].get();
  }

  private String sender() {
    return "10.0." + random.nextInt(20) + "." + (2 + random.nextInt(250));
  }

  private byte[] arp() {
    String sender = sender();
    return random.nextBoolean()
        ? Frames.arpRequest(sender, HOST)
        : Frames.arpReply(sender, Frames.macOf(sender), HOST);
  }

  private byte[] ip(byte[] packet) {
    String from = Frames.macOf("10.0.0.2");
    return Frames.ethernet(Frames.macOf(HOST), from, EthernetView.TYPE_IPV4, packet);
  }

  private byte[] icmp() {
    int type = random.nextInt(20);
    byte[] quote = Frames.packet(HOST, sender(), 1, Frames.echoRequest(random.nextInt(20)));
    return ip(Frames.packet(sender(), HOST, 1, Frames.icmpError(type, 0, 0, quote)));
  }

  private byte[] fragment() {
    byte[] payload = new byte[8 * random.nextInt(1, 30)];
    int offset = 8 * random.nextInt(random.nextBoolean() ? 20 : 8_192);
    int id = random.nextInt(4);
    String from = random.nextBoolean() ? "10.0.0.2" : sender();
    boolean more = random.nextInt(3) != 0;
    return ip(Frames.fragment(from, HOST, id, 1, offset, more, payload));
  }

  private byte[] udp() {
    String from = sender();
    String to = random.nextInt(4) == 0 ? "10.9.0." + random.nextInt(256) : HOST;
    return ip(Frames.packet(from, to, 17, Frames.udp(from, to, random.nextInt(1_400))));
  }

  private byte[] tcp() {
    String from = sender();
    byte[] segment = new byte[20];
    int source = Frames.address(from);
    TcpView.emitHeader(segment, 0, 20, source, Frames.address(HOST), 1, 2, 3, 4, 20, 2, 100, 0);
    return ip(Frames.packet(from, HOST, 6, segment));
  }

  private byte[] options() {
    int[] options = new int[random.nextInt(1, 41)];
    int[] kinds = {0, 1, 7, 68, 131, 137, 148, 99};
    for (int i = 0; i < options.length; i++) {
      options[i] =
          random.nextInt(3) == 0 ? kinds[random.nextInt(kinds.length)] : random.nextInt(42);
    }
    byte[] packet = Frames.packet(sender(), HOST, 1, Frames.echoRequest(8));
    return ip(Frames.withOptions(packet, options));
  }

  private byte[] mutate(byte[] frame) {
    byte[] mutant = frame.clone();
    int interesting = Math.min(mutant.length, 80);
    int at = random.nextInt(interesting);
    switch (random.nextInt(5)) {
      case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> mutant[at] = (byte) random.nextInt();
      case 2 -> mutant[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
      case 3 -> mutant = Arrays.copyOf(mutant, 14 + random.nextInt(mutant.length - 13));
      default ->
          mutant = Arrays.copyOf(mutant, Math.min(1_514, mutant.length + random.nextInt(64)));
    }
    return mutant;
  }

  /** Makes the checksums right as far as the frame's own lengths allow. */
  private static void fixChecksums(byte[] frame) {
    if (frame.length < 34 || NetworkOrder.short16(frame, 12) != EthernetView.TYPE_IPV4) {
      return;
    }
    int header = (frame[14] & 0xf) << 2;
    int total = NetworkOrder.short16(frame, 16);
    if (header < 20 || 14 + header > frame.length) {
      return;
    }
    NetworkOrder.short16(frame, 24, 0);
    NetworkOrder.short16(frame, 24, InternetChecksum.compute(frame, 14, header));
    int payload = 14 + header;
    int length = total - header;
    if (length < 8 || payload + length > frame.length) {
      return;
    }
    int place =
        switch (frame[23]) {
          case 1 -> 2;
          case 6 -> length < 20 ? -1 : 16;
          case 17 -> 6;
          default -> -1;
        };
    if (place >= 0) {
      int pseudo =
          frame[23] == 1
              ? 0
              : InternetChecksum.pseudoHeader(
                  NetworkOrder.int32(frame, 26), NetworkOrder.int32(frame, 30), frame[23], length);
      NetworkOrder.short16(frame, payload + place, 0);
      int checksum = InternetChecksum.compute(frame, payload, length, pseudo);
      NetworkOrder.short16(frame, payload + place, checksum);
    }
  }
}
