package dev.dockwire.nat;

import static dev.dockwire.nat.Router.A;
import static dev.dockwire.nat.Router.B;
import static dev.dockwire.nat.Router.GATEWAY;
import static dev.dockwire.nat.Router.HOST;
import static dev.dockwire.nat.Router.SERVER;
import static dev.dockwire.nat.Router.echo;
import static dev.dockwire.nat.Router.tcp;
import static dev.dockwire.nat.Router.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.NetworkOrder;
import dev.dockwire.frame.TcpView;
import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.Frames;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Rows N1 to N3 and N8 to N13 of the conformance table: what leaves, and under which name. */
class TranslationTest {

  private static final int SYN = TcpView.SYN;
  private static final int ACK = TcpView.ACK;
  private static final int RST = TcpView.RST;

  private final Router router = new Router();

  private void handshake(int port) {
    router.fromBridge(tcp(A, port, SERVER, 80, SYN, 100, 0));
    router.fromOutside(tcp(SERVER, 80, HOST, port, SYN | ACK, 500, 101));
    router.fromBridge(tcp(A, port, SERVER, 80, ACK, 101, 501));
    router.ignore();
  }

  @Test
  void anAnswerFindsItsWayBack() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    router.expectOutside("udp 10.0.2.15:5000 > 10.0.2.2:53");
    router.fromOutside(udp(SERVER, 53, HOST, 5000));
    router.expectBridge("udp 10.0.2.2:53 > 172.17.0.2:5000");
    router.expectNothing();
  }

  @Test
  void n1OneSourceHasOnePortTowardsAllServers() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    router.fromBridge(udp(B, 5000, SERVER, 53));
    router.expectOutside("udp 10.0.2.15:5000 > 10.0.2.2:53");
    String second = Router.describe(router.wire.next());
    String port = second.replaceAll("udp 10.0.2.15:(\\d+) > .*", "$1");
    assertThat(port).isNotEqualTo("5000");
    router.fromBridge(udp(B, 5000, "10.0.2.3", 53));
    router.expectOutside("udp 10.0.2.15:" + port + " > 10.0.2.3:53");
    router.fromBridge(udp(A, 5000, "10.0.2.4", 99));
    router.expectOutside("udp 10.0.2.15:5000 > 10.0.2.4:99");
    assertThat(router.netfilter.mappings().size()).isEqualTo(2);
  }

  @Test
  void n2APortThatIsTakenBecomesAnotherOfItsClass() {
    for (int inside : new int[] {123, 1023, 1024, 40_000}) {
      router.fromBridge(udp(A, inside, SERVER, 53));
      router.expectOutside("udp 10.0.2.15:" + inside + " > 10.0.2.2:53");
      router.fromBridge(udp(B, inside, SERVER, 53));
      byte[] frame = router.wire.next();
      int outside = NetworkOrder.short16(frame, 14 + 20);
      assertThat(outside).isNotEqualTo(inside);
      assertThat(outside < 1024).isEqualTo(inside < 1024);
    }
  }

  @Test
  void n2QueriesAreToldApartByTheirIdentifiers() {
    router.fromBridge(echo(A, SERVER, 8, 7));
    router.expectOutside("10.0.2.15 > 10.0.2.2 echo request id 7 seq 1 length 8");
    router.fromBridge(echo(B, SERVER, 8, 7));
    byte[] frame = router.wire.next();
    int identifier = NetworkOrder.short16(frame, 14 + 20 + 4);
    assertThat(identifier).isNotEqualTo(7);
    router.fromOutside(echo(SERVER, HOST, 0, identifier));
    router.expectBridge("10.0.2.2 > 172.17.0.3 echo reply id 7 seq 1 length 8");
    router.fromOutside(echo(SERVER, HOST, 0, 7));
    router.expectBridge("10.0.2.2 > 172.17.0.2 echo reply id 7 seq 1 length 8");
  }

  @Test
  void n3AStrangerCannotUseAMapping() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    router.ignore();
    router.fromOutside(udp(SERVER, 54, HOST, 5000));
    router.expectOutside("10.0.2.15 > 10.0.2.2 unreachable 3");
    router.fromOutside(udp("10.0.2.3", 53, HOST, 5000));
    router.expectOutside("10.0.2.15 > 10.0.2.3 unreachable 3");
    router.expectNothing();
  }

  @Test
  void aPublishedPortIsReachedFromOutsideWithItsRealClient() {
    router.publish("tcp", 8080, 80);
    router.fromOutside(tcp(SERVER, 40_000, HOST, 8080, SYN, 100, 0));
    router.expectBridge("tcp 10.0.2.2:40000 > 172.17.0.2:80 S");
    router.fromBridge(tcp(A, 80, SERVER, 40_000, SYN | ACK, 500, 101));
    router.expectOutside("tcp 10.0.2.15:8080 > 10.0.2.2:40000 S.");
    router.fromOutside(tcp(SERVER, 40_000, HOST, 8081, SYN, 100, 0));
    router.expectOutside("tcp 10.0.2.15:8081 > 10.0.2.2:40000 R.");
    router.expectNothing();
  }

  @Test
  void n8AContainerReachesItsOwnPublishedPortAndSeesItsGateway() {
    router.publish("tcp", 8080, 80);
    for (String address : new String[] {HOST, GATEWAY}) {
      int port = address.equals(HOST) ? 40_000 : 40_001;
      router.fromBridge(tcp(A, port, address, 8080, SYN, 100, 0));
      router.expectBridge("tcp 172.17.0.1:" + port + " > 172.17.0.2:80 S");
      router.fromBridge(tcp(A, 80, GATEWAY, port, SYN | ACK, 500, 101));
      router.expectBridge("tcp " + address + ":8080 > 172.17.0.2:" + port + " S.");
    }
    router.expectNothing();
  }

  @Test
  void n8HairpinTrafficDoesNotLoop() {
    router.publish("udp", 8080, 8080);
    router.fromBridge(udp(A, 8080, HOST, 8080));
    router.expectBridge("udp 172.17.0.1:8080 > 172.17.0.2:8080");
    router.fromBridge(udp(A, 8080, GATEWAY, 8080));
    router.expectBridge("udp 10.0.2.15:8080 > 172.17.0.2:8080");
    router.expectNothing();
  }

  @Test
  void n9AnErrorFromOutsideTellsTheInsideHostAboutItsOwnPacket() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    byte[] sent = packetOf(router.wire.next());
    router.fromOutside(error("10.0.2.3", HOST, 3, 1, sent));
    byte[] frame = router.bridge.frames().remove();
    assertThat(Router.describe(frame)).isEqualTo("10.0.2.3 > 172.17.0.2 unreachable 1");
    byte[] quote = Arrays.copyOfRange(frame, 14 + 28, frame.length);
    byte[] original = udp(A, 5000, SERVER, 53);
    // One hop less to live, and with it the header's checksum, is all that differs.
    original[8]--;
    assertThat(quote).isEqualTo(Frames.fixChecksum(original));
  }

  @Test
  void n9AnErrorFromInsideLeavesUnderTheNameOfTheHost() {
    router.publish("udp", 8080, 80);
    router.fromOutside(udp(SERVER, 4000, HOST, 8080));
    byte[] received = packetOf(router.bridge.frames().remove());
    router.fromBridge(error(A, SERVER, 3, 3, received));
    byte[] frame = router.wire.next();
    assertThat(Router.describe(frame)).isEqualTo("10.0.2.15 > 10.0.2.2 unreachable 3");
    byte[] quote = Arrays.copyOfRange(frame, 14 + 28, frame.length);
    byte[] original = udp(SERVER, 4000, HOST, 8080);
    original[8]--;
    assertThat(quote).isEqualTo(Frames.fixChecksum(original));
  }

  @Test
  void n9AnErrorAboutNoFlowOrWithADamagedOrShortQuoteIsDropped() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    byte[] sent = packetOf(router.wire.next());
    router.publish("udp", 8080, 80);
    router.fromOutside(udp(SERVER, 4000, HOST, 8080));
    byte[] received = packetOf(router.bridge.frames().remove());
    for (int octets = 0; octets < 24; octets++) {
      byte[] quote = Arrays.copyOf(received, octets);
      router.fromBridge(error(A, SERVER, 3, 3, quote));
    }
    byte[] damaged = received.clone();
    damaged[10] ^= 1;
    router.fromBridge(error(A, SERVER, 3, 3, damaged));
    router.fromBridge(error(A, SERVER, 3, 3, udp(SERVER, 4001, A, 80)));
    router.expectNothing();
    router.wire.expectDrops(DropReason.NAT_INVALID, 26);
    assertThat(sent).isNotEmpty();
  }

  @Test
  void n9ErrorsNeitherKeepNorEndAFlow() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    byte[] sent = packetOf(router.wire.next());
    router.afterSeconds(119);
    router.fromOutside(error("10.0.2.3", HOST, 11, 0, sent));
    router.expectBridge("10.0.2.3 > 172.17.0.2 time exceeded 0");
    assertThat(router.netfilter.flows()).isOne();
    router.afterSeconds(2);
    assertThat(router.netfilter.flows()).isZero();
  }

  @Test
  void n10WhatIsDamagedOrBelongsToNoFlowDoesNotLeave() {
    byte[] damaged = udp(A, 5000, SERVER, 53);
    damaged[damaged.length - 1] ^= 1;
    router.fromBridge(damaged);
    router.fromBridge(tcp(A, 4000, SERVER, 80, SYN | ACK, 1, 1));
    router.fromBridge(tcp(A, 4000, SERVER, 80, RST, 1, 0));
    router.fromBridge(tcp(A, 4000, SERVER, 80, RST | ACK, 1, 1));
    router.fromBridge(echo(A, SERVER, 0, 7));
    router.expectNothing();
    router.wire.expectDrops(DropReason.NAT_INVALID, 5);
    assertThat(router.netfilter.flows()).isZero();
  }

  @Test
  void n11AConnectionIsNotPickedUpInTheMiddle() {
    router.fromBridge(tcp(A, 4000, SERVER, 80, ACK, 100, 500));
    router.expectNothing();
    router.wire.expectDrops(DropReason.NAT_INVALID, 1);
    handshake(4000);
    router.fromBridge(tcp(A, 4000, SERVER, 80, ACK, 101, 501));
    router.expectOutside("tcp 10.0.2.15:4000 > 10.0.2.2:80 .");
  }

  @Test
  void n12FragmentsArePutTogetherTranslatedAndCutAgainInOrder() {
    byte[] whole = udp(A, 5000, SERVER, 53, 2_000);
    byte[] payload = Arrays.copyOfRange(whole, 20, whole.length);
    byte[] first = Arrays.copyOfRange(payload, 0, 1_480);
    byte[] rest = Arrays.copyOfRange(payload, 1_480, payload.length);
    router.fromBridge(Frames.fragment(A, SERVER, 9, 17, 1_480, false, rest));
    router.expectNothing();
    router.fromBridge(Frames.fragment(A, SERVER, 9, 17, 0, true, first));
    byte[] one = router.wire.next();
    byte[] two = router.wire.next();
    assertThat(Router.describe(one)).isEqualTo("10.0.2.15 > 10.0.2.2 frag 1480@0+");
    assertThat(Router.describe(two)).isEqualTo("10.0.2.15 > 10.0.2.2 frag 528@1480");
    byte[] together = new byte[2_008];
    System.arraycopy(one, 34, together, 0, 1_480);
    System.arraycopy(two, 34, together, 1_480, 528);
    UdpView udp = new UdpView();
    assertThat(udp.wrap(together, 0, 2_008, Frames.address(HOST), Frames.address(SERVER)))
        .as("UDP checksum")
        .isTrue();
  }

  @Test
  void n13ATranslatedPacketHasOneHopLessToLive() {
    router.fromBridge(udp(A, 5000, SERVER, 53));
    assertThat(router.wire.next()[14 + 8]).isEqualTo((byte) 63);
    router.fromBridge(Frames.withOctet(udp(A, 5000, SERVER, 53), 8, 1));
    router.expectBridge("172.17.0.1 > 172.17.0.2 time exceeded 0");
  }

  @Test
  void aUdpChecksumOfZeroStaysZero() {
    byte[] packet = udp(A, 5000, SERVER, 53);
    NetworkOrder.short16(packet, 20 + 6, 0);
    router.fromBridge(packet);
    byte[] frame = router.wire.next();
    assertThat(NetworkOrder.short16(frame, 14 + 20 + 6)).isZero();
    assertThat(Router.describe(frame)).isEqualTo("udp 10.0.2.15:5000 > 10.0.2.2:53");
  }

  @Test
  void whenNoPortIsLeftOnlyTheNewFlowIsDropped() {
    for (int port = 1; port < 1024; port++) {
      router.fromBridge(udp(A, port, SERVER, 53));
    }
    router.ignore();
    router.fromBridge(udp(B, 500, SERVER, 53));
    router.expectNothing();
    router.wire.expectDrops(DropReason.NAT_NO_PORT, 1);
    router.fromBridge(udp(A, 500, SERVER, 53));
    router.expectOutside("udp 10.0.2.15:500 > 10.0.2.2:53");
    router.fromBridge(udp(B, 5000, SERVER, 53));
    router.expectOutside("udp 10.0.2.15:5000 > 10.0.2.2:53");
  }

  @Test
  void forgottenFlowsOfAPublishedPortBelongToNobody() {
    router.publish("tcp", 8080, 80);
    router.fromOutside(tcp(SERVER, 40_000, HOST, 8080, SYN, 100, 0));
    router.fromBridge(tcp(A, 80, SERVER, 40_000, SYN | ACK, 500, 101));
    router.ignore();
    router.rule(
        "-t nat -D DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination"
            + " 172.17.0.2:80");
    router.netfilter.proxies().remove(new Proxies.Proxy(6, 0, 8080, Frames.address(A), 80));
    router.netfilter.forgetFlowsTo(Frames.address(A), 6, 80);
    router.fromOutside(tcp(SERVER, 40_000, HOST, 8080, ACK, 101, 501));
    router.expectOutside("tcp 10.0.2.15:8080 > 10.0.2.2:40000 R");
    router.expectNothing();
  }

  private static byte[] packetOf(byte[] frame) {
    return Arrays.copyOfRange(frame, 14, frame.length);
  }

  private static byte[] error(String from, String to, int type, int code, byte[] quote) {
    return Frames.packet(from, to, 1, Frames.icmpError(type, code, 0, quote));
  }
}
