package dev.dockwire.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.IcmpView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4View;
import dev.dockwire.frame.TcpView;
import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.Frames;
import dev.dockwire.time.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Rewritten packets have the very checksums that computing them anew would give. */
class RewriterTest {

  private final RandomGenerator random = new Seed(3).generator("packets");

  private static String address(int value) {
    return Ipv4Address.toString(value);
  }

  private byte[] payload(int header) {
    byte[] payload = new byte[header + random.nextInt(40)];
    if (random.nextInt(4) != 0) {
      random.nextBytes(payload);
    }
    return payload;
  }

  @Test
  void headersDatagramsAndSegments() {
    for (int round = 0; round < 20_000; round++) {
      int source = random.nextInt();
      int destination = random.nextInt();
      int from = random.nextInt();
      int to = random.nextInt();
      int sourcePort = random.nextInt(65_536);
      int destinationPort = random.nextInt(65_536);
      boolean tcp = round % 2 == 0;
      byte[] payload = payload(tcp ? 20 : 8);
      if (tcp) {
        TcpView.emitHeader(
            payload, 0, payload.length, source, destination, 1, 2, round, 4, 20, 16, 99, 0);
      } else {
        UdpView.emitHeader(payload, 0, payload.length, source, destination, 1, round & 0xffff);
      }
      byte[] packet = Frames.packet(address(source), address(destination), tcp ? 6 : 17, payload);
      Rewriter.rewrite(packet, 0, packet.length, from, to, sourcePort, destinationPort);

      byte[] expected = payload.clone();
      if (tcp) {
        TcpView.emitHeader(
            expected,
            0,
            expected.length,
            from,
            to,
            sourcePort,
            destinationPort,
            round,
            4,
            20,
            16,
            99,
            0);
      } else {
        UdpView.emitHeader(expected, 0, expected.length, from, to, sourcePort, destinationPort);
      }
      assertThat(packet)
          .isEqualTo(Frames.packet(address(from), address(to), tcp ? 6 : 17, expected));
    }
  }

  @Test
  void queriesEvenIfTheyAreAllZero() {
    for (int round = 0; round < 20_000; round++) {
      int type = round % 2 == 0 ? IcmpView.ECHO_REQUEST : IcmpView.ECHO_REPLY;
      int before = random.nextInt(4) == 0 ? 0 : random.nextInt(65_536);
      int after = random.nextInt(4) == 0 ? 0 : random.nextInt(65_536);
      byte[] payload = payload(8);
      IcmpView.emitHeader(payload, 0, payload.length, type, 0, before << 16);
      byte[] packet = Frames.packet("1.2.3.4", "5.6.7.8", Ipv4View.PROTOCOL_ICMP, payload);
      Rewriter.rewrite(
          packet, 0, packet.length, Frames.address("9.9.9.9"), Frames.address("8.8.8.8"), after, 0);
      byte[] expected = payload.clone();
      IcmpView.emitHeader(expected, 0, expected.length, type, 0, after << 16);
      assertThat(packet).isEqualTo(Frames.packet("9.9.9.9", "8.8.8.8", 1, expected));
    }
  }
}
