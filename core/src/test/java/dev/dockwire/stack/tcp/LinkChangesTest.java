package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.Ipv4Address;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.stack.Frames;
import dev.dockwire.stack.Wire;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.script.TcpWire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection whose link goes down, whose address goes away, or whose peer gets another MAC. */
class LinkChangesTest {

  private final TcpWire peer = new TcpWire(80, 5000);
  private final Wire wire = peer.wire;
  private final List<String> events = new ArrayList<>();
  private TcpSocket socket;

  private final TcpSocket.Handler ear =
      new TcpSocket.Handler() {
        @Override
        public void onClosed(TcpSocket ended, IOException cause, long now) {
          events.add(cause.getMessage() + "@" + now / 1_000_000);
        }
      };

  private void accept() throws IOException {
    TcpListener listener = TcpListener.listen(wire.stack, 0, 80, 5, any -> {});
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.send(".", 1, 1);
    socket = listener.accept(ear);
  }

  private void write(int octets) {
    socket.write(new byte[octets], 0, octets, wire.now());
  }

  @Test
  void theLinkGoesDownAndComesBack() throws IOException {
    accept();
    write(5);
    peer.expect("P. 1:6(5) ack 1");
    wire.eth0.up(false, wire.now());
    peer.at(3_000);
    wire.expectNothing();
    assertThat(socket.state()).isEqualTo(TcpState.ESTABLISHED);
    wire.eth0.up(true, wire.now());
    wire.know(TcpWire.PEER, wire.eth0);
    peer.at(6_200);
    peer.expect("P. 1:6(5) ack 1");
    peer.send(".", 1, 6);
    write(5);
    peer.expect("P. 6:11(5) ack 1");
  }

  @Test
  void whatIsWrittenWhileTheLinkIsDownGoesOutLater() throws IOException {
    accept();
    wire.eth0.up(false, wire.now());
    write(5);
    peer.at(1_000);
    wire.expectNothing();
    wire.eth0.up(true, wire.now());
    wire.know(TcpWire.PEER, wire.eth0);
    peer.at(1_400);
    peer.expect("P. 1:6(5) ack 1");
  }

  @Test
  void aLinkThatStaysDownEndsItAfterFifteenAttempts() throws IOException {
    accept();
    write(5);
    peer.expect("P. 1:6(5) ack 1");
    wire.eth0.up(false, wire.now());
    peer.at(2_000_000);
    wire.expectNothing();
    assertThat(events).containsExactly("Connection timed out@924600");
  }

  @Test
  void theAddressGoesAwayAndComesBack() throws IOException {
    accept();
    wire.eth0.removeAddress(wire.now());
    write(5);
    peer.send("P.", 1, 1, "lost");
    peer.at(1_000);
    wire.expectNothing();
    assertThat(socket.available()).isZero();
    wire.eth0.address(Ipv4Prefix.parse(TcpWire.HOST + "/24"), wire.now());
    wire.know(TcpWire.PEER, wire.eth0);
    peer.at(1_400);
    peer.expect("P. 1:6(5) ack 1");
    peer.send("P.", 1, 6, "kept");
    peer.expect(". 6:6(0) ack 5");
  }

  @Test
  void anotherAddressDoesNotCarryTheConnectionOn() throws IOException {
    accept();
    wire.eth0.address(Ipv4Prefix.parse("10.0.0.3/24"), wire.now());
    wire.know(TcpWire.PEER, wire.eth0);
    write(5);
    peer.at(2_000_000);
    wire.expectNothing();
    assertThat(events).hasSize(1);
  }

  @Test
  void thePeerComesBackWithAnotherMac() throws IOException {
    accept();
    wire.stack.neighbours().delete(Ipv4Address.parse(TcpWire.PEER), wire.eth0);
    write(5);
    wire.expect("who-has 10.0.0.2 tell 10.0.0.1 [ff:ff:ff:ff:ff:ff]");
    wire.send(Frames.arpReply(TcpWire.PEER, "02:00:00:00:00:0a", TcpWire.HOST));
    assertThat(wire.next()).startsWith(2, 0, 0, 0, 0, 0x0a);

    peer.at(1_100);
    wire.send(Frames.arpReply(TcpWire.PEER, "02:00:00:00:00:0b", TcpWire.HOST));
    peer.at(2_000);
    byte[] again = wire.next();
    while (again[5] == 0x0a) {
      again = wire.next();
    }
    assertThat(again).startsWith(2, 0, 0, 0, 0, 0x0b);
    assertThat(socket.state()).isEqualTo(TcpState.ESTABLISHED);
  }
}
