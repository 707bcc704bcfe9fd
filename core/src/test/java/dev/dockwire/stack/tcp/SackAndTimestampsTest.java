package dev.dockwire.stack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.script.TcpWire;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Selective acknowledgments, tail probes and timestamps of a host whose peer does as it is told.
 */
class SackAndTimestampsTest {

  private final TcpWire peer = new TcpWire(80, 5000);
  private TcpSocket socket;

  /** The peer connects; the round trip takes so many milliseconds. */
  private void accept(long roundTripMillis) throws IOException {
    TcpListener listener = TcpListener.listen(peer.wire.stack, 0, 80, 5, ready -> {});
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.at(roundTripMillis);
    peer.send(".", 1, 1);
    socket = listener.accept(new TcpSocket.Handler() {});
    peer.expectNothing();
  }

  private void write(int octets) {
    assertThat(socket.write(new byte[octets], 0, octets, peer.wire.now())).isEqualTo(octets);
  }

  @Test
  void blocksAreToldNewestFirstAndDuplicatesBeforeThem() throws IOException {
    peer.permitSack();
    accept(0);
    peer.send(".", 3, 1, "c");
    peer.expect(". 1:1(0) ack 1 <sack 3:4>");
    peer.send(".", 5, 1, "e");
    peer.expect(". 1:1(0) ack 1 <sack 5:6 3:4>");
    peer.send(".", 7, 1, "g");
    peer.send(".", 9, 1, "i");
    peer.expect(". 1:1(0) ack 1 <sack 7:8 5:6 3:4>");
    peer.expect(". 1:1(0) ack 1 <sack 9:10 7:8 5:6 3:4>");
    peer.send(".", 5, 1, "e");
    peer.expect(". 1:1(0) ack 1 <sack 5:6 5:6 9:10 7:8>");
    peer.send(".", 1, 1, "ab");
    peer.expect(". 1:1(0) ack 4 <sack 5:6 9:10 7:8>");
    peer.send(".", 2, 1, "b");
    peer.expect(". 1:1(0) ack 4 <sack 2:3 5:6 9:10 7:8>");
  }

  @Test
  void withTimestampsThreeBlocksFit() throws IOException {
    peer.permitSack().stamp(1000);
    accept(0);
    for (int i = 0; i < 4; i++) {
      peer.send(".", 3 + 2 * i, 1, "x");
    }
    peer.expect(". 1:1(0) ack 1 <sack 3:4>");
    peer.expect(". 1:1(0) ack 1 <sack 5:6 3:4>");
    peer.expect(". 1:1(0) ack 1 <sack 7:8 5:6 3:4>");
    peer.expect(". 1:1(0) ack 1 <sack 9:10 7:8 5:6>");
    write(2000);
    peer.expect(". 1:1421(1420) ack 1 <sack 9:10 7:8 5:6>");
  }

  @Test
  void whatOthersOvertookIsSentAgainAtOnce() throws IOException {
    peer.permitSack();
    accept(50);
    write(5 * 1460);
    for (int i = 0; i < 4; i++) {
      peer.expect(". " + (1 + 1460 * i) + ":" + (1461 + 1460 * i) + "(1460) ack 1");
    }
    peer.expect("P. 5841:7301(1460) ack 1");
    peer.at(99);
    peer.sack(1461, 5841).send(".", 1, 1);
    peer.expect(". 1:1461(1460) ack 1");
    peer.sack(7301, 9000).send(".", 1, 5841);
    peer.expectNothing();
    peer.wire.expectDrops(DropReason.TCP_BAD_SACK, 1);
  }

  @Test
  void aLostTailIsProbedAfterTwoRoundTrips() throws IOException {
    peer.permitSack();
    accept(50);
    write(3 * 1460);
    peer.expect(". 1:1461(1460) ack 1");
    peer.expect(". 1461:2921(1460) ack 1");
    peer.expect("P. 2921:4381(1460) ack 1");
    peer.at(149);
    peer.expectNothing();
    peer.at(150);
    peer.expect("P. 2921:4381(1460) ack 1");
    peer.at(349);
    peer.expectNothing();
    peer.at(350);
    peer.expect(". 1:1461(1460) ack 1");
  }

  @Test
  void threeDuplicatesDoWithoutSack() throws IOException {
    accept(50);
    write(5 * 1460);
    for (int i = 0; i < 5; i++) {
      peer.wire.next();
    }
    peer.send(".", 1, 1);
    peer.send(".", 1, 1);
    peer.expectNothing();
    peer.send(".", 1, 1);
    peer.expect(". 1:1461(1460) ack 1");
    peer.send(".", 1, 2921);
    peer.expect(". 2921:4381(1460) ack 1");
  }

  @Test
  void anOldStampIsAnsweredAndItsDataLeft() throws IOException {
    peer.stamp(1000);
    accept(0);
    peer.stamp(999).send(".", 1, 1, "old");
    peer.expect(". 1:1(0) ack 1");
    assertThat(socket.available()).isZero();
    peer.wire.expectDrops(DropReason.TCP_PAWS, 1);
    peer.stamp(1001).send(".", 1, 1, "new");
    peer.expect(". 1:1(0) ack 4");
    peer.stamp(1).send("R", 4, 0);
    assertThat(socket.state()).isEqualTo(TcpState.CLOSED);
  }

  @Test
  void aStampOfLongAgoProtectsNoMore() throws IOException {
    peer.stamp(1000);
    accept(0);
    peer.at(25L * 86_400_000);
    peer.stamp(5).send(".", 1, 1, "new");
    peer.expect(". 1:1(0) ack 4");
  }

  @Test
  void aMissingStampIsCountedAndTheDataTaken() throws IOException {
    peer.stamp(1000);
    accept(0);
    peer.noStamp().send(".", 1, 1, "bare");
    peer.expect(". 1:1(0) ack 5");
    peer.wire.expectDrops(DropReason.TCP_TS_MISSING, 1);
  }
}
