package dev.dockwire.stack.socket;

import static dev.dockwire.stack.Frames.address;
import static dev.dockwire.stack.Frames.icmpError;
import static dev.dockwire.stack.Frames.macOf;
import static dev.dockwire.stack.Frames.packet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.frame.DropReason;
import dev.dockwire.frame.EthernetView;
import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.UdpView;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.SendResult;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.icmp.IcmpError;
import dev.dockwire.stack.udp.UdpBinding;
import dev.dockwire.stack.udp.UdpTable;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UDP sockets on a host at 10.0.0.1 whose peer 10.0.0.2 does what the test says. */
class UdpSocketTest {

  private static final String HOST = "10.0.0.1";
  private static final String PEER = "10.0.0.2";
  private static final String PORT_UNREACHABLE = "10.0.0.1 > 10.0.0.2 unreachable 3";

  private final Wire wire = new Wire("10.0.0.1/24");

  @BeforeEach
  void knowThePeer() {
    wire.know(PEER, wire.eth0);
  }

  /** Writes down what it hears. */
  private static final class Ear implements UdpBinding.Receiver {

    private final List<String> heard = new ArrayList<>();
    private boolean full;

    @Override
    public boolean onDatagram(
        int source, int sourcePort, int to, byte[] bytes, int offset, int length, long now) {
      if (!full) {
        heard.add(
            Ipv4Address.toString(source)
                + ":"
                + sourcePort
                + " > "
                + Ipv4Address.toString(to)
                + " "
                + new String(bytes, offset, length, StandardCharsets.US_ASCII));
      }
      return !full;
    }

    @Override
    public void onError(IcmpError error, long now) {
      heard.add(
          "error "
              + error.type()
              + "/"
              + error.code()
              + (error.isHard() ? " hard" : " soft")
              + " from "
              + Ipv4Address.toString(error.reporter())
              + " to port "
              + error.destinationPort());
    }
  }

  private UdpSocket bound(Ear ear, String address, int udpPort) throws BindException {
    UdpSocket socket = UdpSocket.open(wire.stack, ear);
    socket.bind(address(address), udpPort);
    return socket;
  }

  private void hear(String from, int sourcePort, String to, int udpPort, String text) {
    wire.sendPacket(packet(from, to, 17, datagram(from, sourcePort, to, udpPort, text)));
  }

  private static byte[] datagram(String from, int sourcePort, String to, int udpPort, String text) {
    byte[] datagram = new byte[UdpView.HEADER_LENGTH + text.length()];
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(payload, 0, datagram, UdpView.HEADER_LENGTH, payload.length);
    UdpView.emitHeader(
        datagram, 0, datagram.length, address(from), address(to), sourcePort, udpPort);
    return datagram;
  }

  private SendResult send(UdpSocket socket, String to, int udpPort, String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    return socket.sendTo(address(to), udpPort, payload, 0, payload.length, wire.now());
  }

  /** The next frame of the host as a datagram: ports, payload; its checksum must be there. */
  private String nextDatagram() {
    byte[] frame = wire.next();
    UdpView view = new UdpView();
    assertThat(
            view.wrap(frame, 34, frame.length - 34, address(HOST), address(PEER))
                && view.checksum() != 0)
        .isTrue();
    return view.sourcePort()
        + " > "
        + view.destinationPort()
        + " "
        + new String(frame, view.payloadOffset(), view.payloadLength(), StandardCharsets.US_ASCII);
  }

  @Test
  void aDatagramGoesToWhoHasItsPortAndIsAnswered() throws BindException {
    Ear ear = new Ear();
    UdpSocket socket = bound(ear, "0.0.0.0", 7);
    hear(PEER, 5000, HOST, 7, "hello");
    assertThat(ear.heard).containsExactly("10.0.0.2:5000 > 10.0.0.1 hello");
    assertThat(send(socket, PEER, 5000, "hi")).isEqualTo(SendResult.SENT);
    assertThat(nextDatagram()).isEqualTo("7 > 5000 hi");
    socket.close();
    hear(PEER, 5000, HOST, 7, "hello");
    wire.expect(PORT_UNREACHABLE);
    assertThat(ear.heard).hasSize(1);
    assertThat(wire.stack.udp().table().size()).isZero();
  }

  @Test
  void theBoundAddressIsHeardAndNoOther() throws BindException {
    Ear eth0 = new Ear();
    Ear lo = new Ear();
    Ear other = new Ear();
    UdpSocket sender = bound(eth0, HOST, 53);
    bound(lo, "127.0.0.11", 53);
    UdpSocket client = bound(other, "127.0.0.1", 54);
    hear(PEER, 5000, HOST, 53, "outside");
    send(client, "127.0.0.11", 53, "inside");
    send(sender, HOST, 53, "self");
    wire.at(1);
    assertThat(eth0.heard)
        .containsExactly("10.0.0.2:5000 > 10.0.0.1 outside", "10.0.0.1:53 > 10.0.0.1 self");
    assertThat(lo.heard).containsExactly("127.0.0.1:54 > 127.0.0.11 inside");
    assertThat(other.heard).isEmpty();
    send(client, "127.0.0.12", 53, "nobody");
    wire.at(2);
    assertThat(other.heard).containsExactly("error 3/3 hard from 127.0.0.12 to port 53");
  }

  @Test
  void addressesThatAreTakenOrForeignAreRefused() throws BindException {
    UdpSocket wildcard = bound(new Ear(), "0.0.0.0", 7);
    assertThatThrownBy(() -> bound(new Ear(), HOST, 7))
        .isInstanceOf(BindException.class)
        .hasMessage("Address already in use");
    wildcard.close();
    bound(new Ear(), HOST, 7);
    bound(new Ear(), "127.0.0.1", 7);
    assertThatThrownBy(() -> bound(new Ear(), "0.0.0.0", 7)).hasMessage("Address already in use");
    assertThatThrownBy(() -> bound(new Ear(), HOST, 7)).hasMessage("Address already in use");
    assertThatThrownBy(() -> bound(new Ear(), PEER, 7))
        .isInstanceOf(BindException.class)
        .hasMessage("Cannot assign requested address");
  }

  @Test
  void aConnectedSocketHearsItsPeerOnly() {
    Ear ear = new Ear();
    UdpSocket socket = UdpSocket.open(wire.stack, ear);
    assertThat(socket.connect(address(PEER), 9)).isEqualTo(SendResult.SENT);
    int own = socket.localPort();
    assertThat(own).isBetween(EphemeralPorts.FIRST, EphemeralPorts.LAST);
    hear(PEER, 9, HOST, own, "right");
    hear(PEER, 10, HOST, own, "wrong port");
    wire.expect(PORT_UNREACHABLE);
    wire.know("10.0.0.3", wire.eth0);
    hear("10.0.0.3", 9, HOST, own, "wrong host");
    wire.expect("10.0.0.1 > 10.0.0.3 unreachable 3");
    assertThat(ear.heard).containsExactly("10.0.0.2:9 > 10.0.0.1 right");
    assertThat(socket.send("x".getBytes(StandardCharsets.US_ASCII), 0, 1, wire.now()))
        .isEqualTo(SendResult.SENT);
    assertThat(nextDatagram()).isEqualTo(own + " > 9 x");
  }

  @Test
  void aClosedPortIsToldToTheSocketThatAsked() {
    Ear ear = new Ear();
    UdpSocket socket = UdpSocket.open(wire.stack, ear);
    socket.connect(address(PEER), 9);
    socket.send(new byte[4], 0, 4, wire.now());
    byte[] frame = wire.next();
    byte[] sent = Arrays.copyOfRange(frame, 14, frame.length);
    byte[] firstOctets = Arrays.copyOf(sent, 28);
    wire.sendPacket(packet(PEER, HOST, 1, icmpError(3, 3, 0, firstOctets)));
    wire.sendPacket(packet("10.0.0.9", HOST, 1, icmpError(11, 0, 0, sent)));
    assertThat(ear.heard)
        .containsExactly(
            "error 3/3 hard from 10.0.0.2 to port 9", "error 11/0 soft from 10.0.0.9 to port 9");
    for (int cut = 0; cut < 28; cut++) {
      wire.sendPacket(packet(PEER, HOST, 1, icmpError(3, 3, 0, Arrays.copyOf(sent, cut))));
    }
    byte[] otherPeer = packet(HOST, "10.0.0.3", 17, Arrays.copyOfRange(sent, 20, 32));
    wire.sendPacket(packet(PEER, HOST, 1, icmpError(3, 3, 0, otherPeer)));
    socket.close();
    wire.sendPacket(packet(PEER, HOST, 1, icmpError(3, 3, 0, sent)));
    assertThat(ear.heard).hasSize(2);
    wire.expectDrops(DropReason.ICMP_QUOTE_MISMATCH, 30);
  }

  @Test
  void whatCannotBeSentIsSaidAtOnce() {
    UdpSocket socket = UdpSocket.open(wire.stack, new Ear());
    assertThat(socket.connect(address("8.8.8.8"), 53)).isEqualTo(SendResult.NETWORK_UNREACHABLE);
    assertThat(send(socket, "8.8.8.8", 53, "")).isEqualTo(SendResult.NETWORK_UNREACHABLE);
    byte[] tooLong = new byte[65_508];
    assertThat(socket.sendTo(address(PEER), 9, tooLong, 0, tooLong.length, 0))
        .isEqualTo(SendResult.MESSAGE_TOO_LONG);
    assertThat(send(socket, "10.0.0.255", 9, "all")).isEqualTo(SendResult.PERMISSION_DENIED);
    assertThat(socket.connect(address("10.0.0.255"), 9)).isEqualTo(SendResult.PERMISSION_DENIED);
    socket.allowBroadcast(true);
    assertThat(send(socket, "10.0.0.255", 9, "all")).isEqualTo(SendResult.SENT);
    assertThat(Arrays.copyOf(wire.next(), 6)).containsOnly(0xff);
  }

  @Test
  void broadcastsAreHeardByWildcardSocketsAndNeverRefused() throws BindException {
    Ear ear = new Ear();
    bound(ear, "0.0.0.0", 67);
    bound(new Ear(), HOST, 68);
    for (int udpPort : new int[] {67, 68, 69}) {
      byte[] packet =
          packet(PEER, "10.0.0.255", 17, datagram(PEER, 68, "10.0.0.255", udpPort, "who"));
      wire.send(Frames.ethernet(Frames.BROADCAST, macOf(PEER), EthernetView.TYPE_IPV4, packet));
    }
    assertThat(ear.heard).containsExactly("10.0.0.2:68 > 10.0.0.255 who");
    wire.expectDrops(DropReason.UDP_NO_PORT, 2);
    wire.expectNothing();
  }

  @Test
  void aFullReceiverIsCounted() throws BindException {
    Ear ear = new Ear();
    ear.full = true;
    bound(ear, "0.0.0.0", 7);
    hear(PEER, 5000, HOST, 7, "x");
    wire.expectDrops(DropReason.UDP_QUEUE_FULL, 1);
    wire.expectNothing();
  }

  @Test
  void everyEphemeralPortIsUsedBeforeTheyRunOut() throws BindException {
    Set<Integer> seen = new HashSet<>();
    UdpSocket last = null;
    for (int i = EphemeralPorts.FIRST; i <= EphemeralPorts.LAST; i++) {
      last = bound(new Ear(), "0.0.0.0", 0);
      assertThat(seen.add(last.localPort())).isTrue();
    }
    UdpTable table = wire.stack.udp().table();
    assertThat(table.size()).isEqualTo(28_232);
    assertThat(table.list().getLast().localPort()).isEqualTo(60_999);
    assertThatThrownBy(() -> bound(new Ear(), "0.0.0.0", 0)).isInstanceOf(BindException.class);
    int given = last.localPort();
    last.close();
    assertThat(bound(new Ear(), "0.0.0.0", 0).localPort()).isEqualTo(given);
  }
}
