package dev.dockwire.stack.tcp;

import static dev.dockwire.stack.Frames.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.frame.DropReason;
import dev.dockwire.stack.HostStack;
import dev.dockwire.stack.socket.TcpListener;
import dev.dockwire.stack.socket.TcpSocket;
import dev.dockwire.stack.tcp.script.TcpWire;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** 10.0.0.1 has closed a connection of its port 80 first, and 10.0.0.2 has closed it too. */
class TimeWaitTest {

  private static final int SECOND = 1_000;

  private final TcpWire peer = new TcpWire(80, 5000);
  private final TcpLayer tcp = peer.wire.stack.tcp();
  private TcpListener listener;
  private TcpSocket socket;

  /** The host's FIN has number 1, the peer's 1. */
  private void closeAConnection() throws IOException {
    listener = TcpListener.listen(peer.wire.stack, 0, 80, 5, any -> {});
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.send(".", 1, 1);
    socket = listener.accept(new TcpSocket.Handler() {});
    socket.shutdownOutput(peer.wire.now());
    peer.expect("F. 1:1(0) ack 1");
    peer.send(".", 1, 2);
    peer.send("F.", 1, 2);
    peer.expect(". 2:2(0) ack 2");
    assertThat(socket.state()).isEqualTo(TcpState.TIME_WAIT);
    assertThat(tcp.connections()).isEmpty();
    assertThat(tcp.timeWaits()).hasSize(1);
  }

  @Test
  void lastsAMinute() throws IOException {
    closeAConnection();
    peer.at(60 * SECOND - 1);
    assertThat(socket.state()).isEqualTo(TcpState.TIME_WAIT);
    peer.at(60 * SECOND);
    assertThat(socket.state()).isEqualTo(TcpState.CLOSED);
    assertThat(tcp.size()).isZero();
    assertThat(peer.wire.timers.armed()).isZero();
  }

  @Test
  void theFinAgainIsAcknowledgedAndBeginsTheMinuteAgain() throws IOException {
    closeAConnection();
    peer.at(50 * SECOND);
    peer.send("F.", 1, 2);
    peer.expect(". 2:2(0) ack 2");
    peer.at(110 * SECOND - 1);
    assertThat(tcp.size()).isOne();
    peer.at(110 * SECOND);
    assertThat(tcp.size()).isZero();
  }

  @Test
  void oldDataIsAcknowledgedEachTime() throws IOException {
    closeAConnection();
    for (int i = 0; i < 3; i++) {
      peer.send("P.", -4, 2, "data");
      peer.expect(". 2:2(0) ack 2");
    }
    peer.at(60 * SECOND);
    assertThat(tcp.size()).isZero();
  }

  @Test
  void theLastAcknowledgmentAgainIsNotAnswered() throws IOException {
    closeAConnection();
    peer.send(".", 2, 2);
    peer.expectNothing();
  }

  @Test
  void whatCannotBeIsAnsweredTwiceASecondAtMost() throws IOException {
    closeAConnection();
    peer.send(".", 700, 2);
    peer.expect(". 2:2(0) ack 2");
    peer.send(".", 700, 2);
    peer.expectNothing();
    peer.at(SECOND / 2);
    peer.send(".", 700, 2);
    peer.expect(". 2:2(0) ack 2");
  }

  @Test
  void aResetChangesNothing() throws IOException {
    closeAConnection();
    peer.send("R", 2, 0);
    peer.expectNothing();
    peer.wire.expectDrops(DropReason.TCP_RST_BAD_SEQ, 1);
    assertThat(tcp.size()).isOne();
  }

  @Test
  void aNewerSynBeginsANewConnectionWellBehindTheOld() throws IOException {
    closeAConnection();
    peer.send("S", 3, 0);
    peer.expect("S. 65539:65539(0) ack 4");
    peer.send(".", 4, 65_540);
    assertThat(listener.isAcceptable()).isTrue();
    assertThat(tcp.timeWaits()).isEmpty();
    peer.at(60 * SECOND);
    assertThat(tcp.size()).isOne();
  }

  @Test
  void anOlderSynIsOnlyAcknowledged() throws IOException {
    closeAConnection();
    peer.send("S", 1, 0);
    peer.expect(". 2:2(0) ack 2");
    assertThat(tcp.timeWaits()).hasSize(1);
  }

  @Test
  void whereNobodyListensANewerSynIsOnlyAcknowledged() throws IOException {
    closeAConnection();
    listener.close(peer.wire.now());
    peer.send("S", 3, 0);
    peer.expect(". 2:2(0) ack 2");
  }

  @Test
  void aNewerStampMakesASynNewer() throws IOException {
    peer.stamp(1_000);
    closeAConnection();
    peer.stamp(999).send("S", 500, 0);
    peer.expect(". 2:2(0) ack 2");
    peer.wire.expectDrops(DropReason.TCP_PAWS, 1);
    peer.stamp(1_001).send("S", 0, 0);
    peer.expect("S. 65539:65539(0) ack 1");
  }

  @Test
  void whatWasReceivedCanStillBeRead() throws IOException {
    listener = TcpListener.listen(peer.wire.stack, 0, 80, 5, any -> {});
    peer.send("S", 0, 0);
    peer.expect("S. 0:0(0) ack 1");
    peer.send(".", 1, 1);
    socket = listener.accept(new TcpSocket.Handler() {});
    socket.shutdownOutput(peer.wire.now());
    peer.expect("F. 1:1(0) ack 1");
    peer.send("FP.", 1, 2, "bye");
    peer.expect(". 2:2(0) ack 5");
    assertThat(socket.state()).isEqualTo(TcpState.TIME_WAIT);
    byte[] read = new byte[10];
    assertThat(socket.read(read, 0, 10, 0)).isEqualTo(3);
    assertThat(socket.read(read, 0, 10, 0)).isEqualTo(-1);
    socket.close(0);
    assertThat(tcp.timeWaits()).hasSize(1);
  }

  @Test
  void thePortIsNotFreeTowardsThatPeer() throws IOException {
    closeAConnection();
    listener.close(peer.wire.now());
    int host = address(TcpWire.HOST);
    assertThat(tcp.isFree(host, 80, address(TcpWire.PEER), 5000)).isFalse();
    assertThat(tcp.isFree(host, 80, address(TcpWire.PEER), 5001)).isTrue();
  }

  @Test
  void aHostKeepsSixteenThousandAndDropsTheOldest() {
    HostStack stack = peer.wire.stack;
    TimeWaitTable table = new TimeWaitTable(stack, tcp.output());
    for (int port = 1; port <= TimeWaitTable.LIMIT + 2; port++) {
      TcpConnection connection = new TcpConnection(stack, SocketOptions.DEFAULT, 1, port, 2, 80);
      table.add(new TimeWait(connection, 0, 0, 0, new Timestamps(0)), port);
    }
    assertThat(table.size()).isEqualTo(16_384);
    peer.wire.expectDrops(DropReason.TCP_TW_OVERFLOW, 2);
    assertThat(table.find(1, 2, 2, 80)).isNull();
    assertThat(table.find(1, 3, 2, 80)).isNotNull();
    assertThat(table.list().getFirst().localPort()).isEqualTo(3);

    peer.at(60 * SECOND);
    assertThat(table.size()).isEqualTo(16_384);
    peer.at(60 * SECOND + 1);
    assertThat(table.size()).isZero();
  }
}
